"""What goes wrong in a page while it is visited: its scripts' errors, lost requests."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from probes.forms.labels import clean

if TYPE_CHECKING:
    from playwright.async_api import (
        BrowserContext,
        ConsoleMessage,
        Request,
        Response,
        WebError,
    )

MOST_NOTED = 20
"""Of each; the newest, since what the click has set off comes last."""
MOST_HEARD = 500
"""Lines of the console, after which it is not listened to: a page can say ten
thousand a second, and to hear them takes all our time."""
MOST_WORDS = 200
MOST_PATH = 100
REFUSAL = 400

REASON = re.compile(r"(?:net::)?ERR_(\w+)")
HIDDEN = (
    (re.compile(r"\b(\w+://)[^\s/?#@]*@"), r"\1"),
    (re.compile(r"\b(\w+://[^\s?#]*)[?#][^\s)\"']*"), r"\1"),
    (re.compile(r"[?&#][\w.\[\]-]+=[^\s)\"']*"), ""),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+"), "…"),
    (re.compile(r"\b(bearer|basic)\s+\S+", re.IGNORECASE), r"\1 …"),
    (re.compile(r"\beyJ[\w-]+\.[\w.-]+"), "…"),
    (
        re.compile(
            r"\b(\w*?(?:passw|secret|token|key|nonce|session)\w*)"
            r"([\"']?\s*[=:]\s*[\"']?)[^\s\"',;)}]+",
            re.IGNORECASE,
        ),
        r"\1\2…",
    ),
)
"""What is nobody's business, and what is shown of it; a word is begun but once."""

OURS = ("net::ERR_ABORTED", "net::ERR_BLOCKED_BY_CLIENT")
"""What a page gave up when it went on to another, and what we have blocked."""

TOLD_ALREADY = "Failed to load resource"
"""Chromium says so in the console of every request that fails."""


@dataclass  # without slots: Playwright keeps its own beside our methods
class Notes:
    """What was noticed, each once; bounded."""

    errors: dict[str, None] = field(default_factory=dict)
    failures: dict[str, None] = field(default_factory=dict)
    heard: int = 0

    def listen(self, context: "BrowserContext") -> None:
        """Note what happens in every page of the visit from now on."""
        context.on("console", self._said)
        context.on("weberror", self._broke)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _said(self, message: "ConsoleMessage") -> None:
        self.heard += 1
        if self.heard == MOST_HEARD and message.page:
            message.page.context.remove_listener("console", self._said)
        if self.heard > MOST_HEARD:
            return  # was on its way already
        if message.type == "error" and not message.text.startswith(TOLD_ALREADY):
            _note(self.errors, _shown(message.text))

    def _broke(self, error: "WebError") -> None:
        _note(self.errors, _shown(str(error.error)))

    def _failed(self, request: "Request") -> None:
        reason = request.failure or "failed"
        if not reason.startswith(OURS):
            found = REASON.search(reason)
            words = found[1].lower().replace("_", " ") if found else reason
            self._note_failure(request, words)

    def _answered(self, response: "Response") -> None:
        if response.status >= REFUSAL:
            self._note_failure(response.request, f"HTTP {response.status}")

    def _note_failure(self, request: "Request", why: str) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https"):
            where = f"{url.hostname}{url.path[:MOST_PATH]}"
            _note(self.failures, f"{request.method} {where}: {why}")


def _shown(words: str) -> str:
    """Return what may be shown of a script's words."""
    words = words[: 5 * MOST_WORDS]
    for secret, shown in HIDDEN:
        words = secret.sub(shown, words)
    return words


def _note(noted: dict[str, None], words: str) -> None:
    noted[clean(words, MOST_WORDS)] = None
    if len(noted) > MOST_NOTED:
        del noted[next(iter(noted))]
