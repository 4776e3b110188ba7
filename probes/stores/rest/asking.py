"""Ask a service for a page: patiently, within bounds, and tell plainly what it said."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from probes.errors import Refused, Unintelligible, Unreachable
from probes.mail.charset import clean
from probes.stores.rest.service import Login, Page, Request, Service
from probes.trust import is_loopback
from probes.web import Answer, Question, ask

MOST_BYTES = 8 * 1024 * 1024
BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers after which asking again may help."""

BY_THE_CLOCK = 1e9
"""So many seconds are no pause, but a time since 1970."""
MOST_DIGITS = 12
REFUSALS: Mapping[int, str] = {
    401: "does not accept our key.",
    402: "wants another plan for this.",
    403: "does not let us read the submissions.",
    404: "knows no such form or address.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a service is asked, and how long it may keep us."""

    tries: int = 4
    """For one page."""
    first_pause: float = 2.0
    """Seconds; each next pause is twice as long, unless the service says how long."""
    longest_pause: float = 60.0
    seconds: float = 30.0
    """Within which a page must have come."""
    pages: int = 400
    """That are read of one list."""
    seconds_in_all: float = 900.0
    """Within which all that is new must have come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks one service, under our login."""

    service: Service
    address: str
    login: Login
    ca: Path | None
    patience: Patience

    async def page(self, request: Request) -> Page:
        """Return the page that `request` asks for, or raise `ProbeError`."""
        body = _understood(self.service, await self._answer(request))
        try:
            return self.service.page(body, request)
        except Unintelligible as error:
            words = f"{self.service.name}'s answer {error}."
            raise Unintelligible(words) from error

    async def _answer(self, request: Request) -> Answer:
        """Ask until the service is no more busy, or we have no more patience.

        Credentials go to its own address alone: redirects are not followed.
        """
        _check(self.address)
        patience, pause = self.patience, self.patience.first_pause
        for left in reversed(range(patience.tries)):
            answer = await ask(
                self._question(request),
                ca=self.ca,
                seconds=patience.seconds,
                most=MOST_BYTES + 1,
            )
            if answer.status not in BUSY or not left:
                break
            wanted = _wanted_pause(answer)
            if wanted is not None and wanted > patience.longest_pause:
                break
            await asyncio.sleep(pause if wanted is None else wanted)
            pause = min(2 * pause, patience.longest_pause)
        return answer

    def _question(self, request: Request) -> Question:
        login, url = self.login, f"{self.address.rstrip('/')}{request.path}"
        headers, query = {"Accept": "application/json", **login.headers}, request.query
        if login.exemption:
            # A cache that keeps the answer all the same tells it to nobody else.
            query = {**query, "once": secrets.token_hex(16)}
            headers |= login.exemption.headers("GET", url)
        return Question(
            method="GET",
            url=f"{url}?{urlencode(query)}",
            headers=headers,
            login=login.basic,
        )


def _check(address: str) -> None:
    """Raise `Refused` where anybody on the way could read the key."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise Refused(
            f"Our key for {parts.hostname} must not be readable on the way:"
            " its address must begin with https://."
        )


def _wanted_pause(answer: Answer) -> float | None:
    """Return for how many seconds we are asked to wait (RFC 9110 10.2.3).

    Services without that field may say when their limit ends: by the clock, or in
    how many seconds.
    """
    headers = answer.headers
    said = headers.get("retry-after") or headers.get("x-ratelimit-reset", "")
    now = datetime.now(UTC)
    try:
        if not (said.isascii() and said.isdigit()):
            return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
        seconds = float(said[:MOST_DIGITS])
    except (ValueError, TypeError):
        return None
    return seconds if seconds < BY_THE_CLOCK else max(0.0, seconds - now.timestamp())


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
        words = f"{name} is in trouble: it answered {status}. {hint}"
        return Unreachable(words.strip(), answered=True)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        place = clean(urlsplit(answer.headers.get("location", "")).netloc)[:100]
        words = f"{name} sends us elsewhere ({place or 'another page'})"
        return Refused(f"{words}, where we do not take the key. Is the address right?")
    sentence = REFUSALS.get(status, "refused our question: it answered {status}.")
    words = f"{name} {sentence.format(status=status)} {hint}"
    return Refused(words.strip())
