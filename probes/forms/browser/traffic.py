"""What a page sends from the last click on, and what it is answered."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probes.forms.browser.driver import foreign
from probes.forms.form import Visitor

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Request, Response, WebSocket

PATIENCE = 5.0
"""Seconds for one answer's body."""
MOST_BODY = 500_000
MOST_NOTED = 100
WORD = re.compile(r"[a-z0-9]{10,}")
"""Long enough to be ours, and written alike in every encoding of a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Something that carried our words, and what came back."""

    weight: int
    """How many of our words it carried."""
    url: str
    status: int
    content_type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Something that carried our words, and nobody answered."""

    url: str
    why: str
    """In Chromium's own words."""


@dataclass  # without slots: Playwright keeps its own beside our methods
class Traffic:
    """What carries the message out of a page, told from all else that it sends.

    A page also sends heartbeats, figures about its visitors, and an address to be
    tried: what carries most of our words is the message, and its answer counts.
    """

    visitor: Visitor
    answers: list[Posted] = field(default_factory=list)
    """In the order in which they came; bounded."""
    heaviest: int = 0
    """The most of our words that left in one piece; 0 while none has left."""
    lost: Lost | None = None
    """What carried most of our words, and was given up; the newest."""
    _open: dict["Request", int] = field(default_factory=dict)

    @property
    def is_out(self) -> bool:
        """Whether something with our words in it has left the page."""
        return self.heaviest > 0

    @property
    def is_pending(self) -> bool:
        """Whether something is not answered yet: of ours, if any of it is."""
        weights = list(self._open.values())
        return any(weights) if self.is_out else bool(weights)

    def listen(self, context: "BrowserContext") -> None:
        """Note what every page of the visit sends from now on, new ones too."""
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._lost)

    def listen_to(self, page: "Page") -> None:
        """Hear what the page says over its own lines, from its beginning on."""
        page.on("websocket", self._connected)

    def carries(self, said: str) -> bool:
        """Tell whether any of our words are in it."""
        return self._weight(said) > 0

    def message(self) -> list[Posted]:
        """Return what the message itself was answered, the last answer first."""
        return [one for one in reversed(self.answers) if one.weight == self.heaviest]

    def _connected(self, line: "WebSocket") -> None:
        line.on("framesent", lambda said: self._noted(self._weight(said)))

    def _asked(self, request: "Request") -> None:
        weight = self._weight_of(request)
        if weight or _posts(request):
            self._open[request] = weight
            self._noted(weight)

    def _noted(self, weight: int) -> None:
        self.heaviest = max(self.heaviest, weight)

    def _lost(self, request: "Request") -> None:
        if self._open.pop(request, 0) == self.heaviest > 0:
            self.lost = Lost(url=request.url, why=request.failure or "")

    async def _answered(self, response: "Response") -> None:
        request = response.request
        weight = self._open.get(request, 0)
        if weight and len(self.answers) < MOST_NOTED:
            text = ""
            with suppress(foreign(), TimeoutError):  # a redirect has no body
                async with asyncio.timeout(PATIENCE):
                    text = (await response.text())[:MOST_BODY]
            kind = response.headers.get("content-type", "")
            self.answers.append(
                Posted(
                    weight=weight,
                    url=response.url,
                    status=response.status,
                    content_type=kind,
                    text=text,
                )
            )
        self._open.pop(request, None)

    def _weight_of(self, request: "Request") -> int:
        """Return a request's weight; where it was redirected, that of its first."""
        if request.resource_type == "ping":
            return 0
        before = request
        while before.redirected_from is not None:
            before = before.redirected_from
        body = before.post_data_buffer or b""
        return self._weight(before.url) + self._weight(body)

    def _weight(self, said: str | bytes) -> int:
        text = said if isinstance(said, str) else said.decode("utf-8", "replace")
        text = text[:MOST_BODY].lower()
        return sum(text.count(word) for word in self._words())

    def _words(self) -> set[str]:
        email = set(WORD.findall(self.visitor.email.lower()))
        text = set(WORD.findall(self.visitor.message.lower()))
        return email & text or email | text


def _posts(request: "Request") -> bool:
    return (
        request.method not in ("GET", "HEAD", "OPTIONS")
        and request.resource_type != "ping"
    )
