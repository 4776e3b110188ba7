"""Ask a service for a page: patiently, within bounds, and tell plainly what it said."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from probes.errors import Refused, Unintelligible, Unreachable
from probes.mail.charset import clean
from probes.stores.rest.service import Login, Request, Service
from probes.web import Answer, Question, ask

MOST_BYTES = 16 * 1024 * 1024
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers after which asking again may help."""

REFUSALS: Mapping[int, str] = {
    401: "does not accept our key.",
    402: "wants another plan for this.",
    403: "does not let us read the submissions.",
    404: "knows no such form.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a service is asked the same again, and how long it may keep us."""

    tries: int = 4
    first_pause: float = 2.0
    """Seconds; each next pause is twice as long, unless the service says how long."""
    longest_pause: float = 60.0
    seconds: float = 30.0
    """Within which a page must have come."""


async def asked(
    service: Service,
    address: str,
    request: Request,
    *,
    login: Login,
    ca: Path | None,
    patience: Patience,
) -> object:
    """Return the JSON that a service answers, or raise `ProbeError`.

    Credentials go to the service's own address alone: redirects are not followed.
    """
    _check(address)
    query = urlencode(request.query)
    question = Question(
        method="GET",
        url=f"{address.rstrip('/')}{request.path}?{query}",
        headers={"Accept": "application/json", **login.headers},
        login=login.basic,
    )
    pause = patience.first_pause
    for left in reversed(range(patience.tries)):
        answer = await ask(
            question, ca=ca, seconds=patience.seconds, most=MOST_BYTES + 1
        )
        if answer.status not in BUSY or not left:
            break
        wanted = _wanted_pause(answer)
        if wanted is not None and wanted > patience.longest_pause:
            break
        await asyncio.sleep(pause if wanted is None else wanted)
        pause = min(2 * pause, patience.longest_pause)
    return _understood(service, answer)


def _check(address: str) -> None:
    """Raise `Refused` where anybody on the way could read the key."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise Refused(
            f"Our key for {parts.hostname} must not be readable on the way:"
            " its address must begin with https://."
        )


def _wanted_pause(answer: Answer) -> float | None:
    """Return for how many seconds we are asked to wait (RFC 9110 10.2.3)."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return max(
            0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        )
    except (ValueError, TypeError):
        return None


def _understood(service: Service, answer: Answer) -> object:
    if not answer.is_yes:
        raise _no(service, answer)
    if len(answer.body) > MOST_BYTES:
        raise Unintelligible(f"{service.name} answered with far too much.")
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise Unintelligible(
            f"{service.name} answered with something else than JSON."
        ) from None


def _no(service: Service, answer: Answer) -> Refused | Unreachable:
    """Return what an answer that is no yes means, and what the owner can do."""
    name, status = service.name, answer.status
    hint = service.hints.get(status, "")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Refused(f"{name} wants to be asked less often.", permanent=False)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        words = f"{name} is in trouble: it answered {status}."
        return Unreachable(words, answered=True)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        place = clean(urlsplit(answer.headers.get("location", "")).netloc)[:100]
        words = f"{name} sends us elsewhere ({place or 'another page'})"
        return Refused(f"{words}, where we do not take the key. Is the address right?")
    sentence = REFUSALS.get(status, "refused our question: it answered {status}.")
    words = f"{name} {sentence.format(status=status)} {hint}"
    return Refused(words.strip())
