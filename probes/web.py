"""The door to web APIs: one question, one answer; bounded, verified, no redirects.

Forms have a door of their own (`forms.exchange`): there a visitor is played, with
cookies and redirects, and it matters how far a question came.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

import httpx2

from probes.errors import Refused, Unintelligible
from probes.forms.trouble import unreachable
from probes.trust import web_trust

SECONDS = 20.0
MOST_BYTES = 256 * 1024
TEMPORARY = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
)

# At its info level, httpx2 logs each address: a secret may be part of it.
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request; `url` and `headers` may hold secrets, so they are never shown."""

    method: str
    url: str
    form: Mapping[str, str] | None = None
    text: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    login: tuple[str, str] | None = None
    """User and password (Basic)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: any status, and the body up to a bound."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""

    @property
    def is_yes(self) -> bool:
        """Whether they did as asked; a redirect is no such thing."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_final(self) -> bool:
        """Whether asking again would be answered the same."""
        passing = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return not (passing or self.status in TEMPORARY)


async def ask(
    question: Question,
    *,
    ca: Path | None = None,
    seconds: float = SECONDS,
    most: int = MOST_BYTES,
) -> Answer:
    """Return the answer to `question`, or raise `ProbeError`.

    `seconds` bound the whole exchange, `most` the bytes of the body that are read.
    After an error, the question may have been taken all the same.
    """
    try:
        url = httpx2.URL(question.url)
    except httpx2.InvalidURL:
        raise Unintelligible("A web address in the settings is not valid.") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise Refused("A web address in the settings must begin with https://.")
    try:
        async with (
            asyncio.timeout(seconds),
            _client(ca) as client,
            client.stream(
                question.method,
                url,
                data=question.form,
                content=question.text,
                headers=question.headers,
                auth=question.login,
            ) as response,
        ):
            return Answer(
                status=response.status_code,
                body=await _read(response, most),
                headers={name.lower(): text for name, text in response.headers.items()},
            )
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise unreachable(error, url.host, connected=False) from error


def _client(ca: Path | None) -> httpx2.AsyncClient:
    release = version("contact-form-watchdog")
    return httpx2.AsyncClient(
        verify=web_trust(ca),
        timeout=None,  # the exchange as a whole has one
        headers={"User-Agent": f"contact-form-watchdog/{release}"},
    )


async def _read(response: httpx2.Response, most: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > most:
            break
    return bytes(body[:most])
