"""What a page asks for from its beginning on, and what becomes of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import (
        BrowserContext,
        ConsoleMessage,
        Request,
        Response,
        WebError,
    )

MOST_NOTED = 300
MOST_SAID = 500
REFUSAL = 400


@dataclass  # without slots: Playwright keeps its own beside our methods
class Loading:
    """Addresses and what the console says, in their order; bounded."""

    asked: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    heard: int = 0

    def listen(self, context: "BrowserContext") -> None:
        """Note what happens in every page of the visit from now on."""
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", self._broke)

    def _asked(self, request: "Request") -> None:
        self._note(self.asked, request.url)

    def _failed(self, request: "Request") -> None:
        if len(self.failed) < MOST_NOTED:
            self.failed.setdefault(request.url, request.failure or "failed")

    def _answered(self, response: "Response") -> None:
        if response.status >= REFUSAL and len(self.failed) < MOST_NOTED:
            self.failed[response.url] = f"HTTP {response.status}"

    def _said(self, message: "ConsoleMessage") -> None:
        self.heard += 1
        if self.heard == MOST_NOTED and message.page:  # to hear all takes all our time
            message.page.context.remove_listener("console", self._said)
        self._note(self.said, message.text)

    def _broke(self, error: "WebError") -> None:
        self._note(self.said, str(error.error))

    def _note(self, noted: list[str], words: str) -> None:
        if len(noted) < MOST_NOTED:
            noted.append(words[:MOST_SAID])
