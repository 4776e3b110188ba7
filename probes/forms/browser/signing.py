"""Signing what carries the message out of a page: for its own site, and nobody else.

By Chromium's own protocol, since Playwright takes a header of ours along wherever a
request is redirected to; here each step of its way is asked about anew.
https://chromedevtools.github.io/devtools-protocol/tot/Fetch/
https://playwright.dev/python/docs/api/class-route#route-continue
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from probes.forms.browser.driver import foreign, said
from probes.forms.browser.traffic import Traffic
from probes.forms.errors import Unequipped
from probes.forms.exemption import Exemption

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

CARRIERS = ("Document", "XHR", "Fetch")
"""The kinds of requests by which a form is sent, and a nonce asked for."""
READING = ("GET", "HEAD", "OPTIONS")


@dataclass  # without slots: Playwright keeps its own beside our methods
class Signing:
    """What signs the message, and what a page's script asks before it is sent."""

    exemption: Exemption
    traffic: Traffic
    signed: set[str] = field(default_factory=set)
    """The addresses of what was signed."""
    _strayed: set[str] = field(default_factory=set)
    """What has been sent on to another site: it is not signed again."""
    _line: "CDPSession | None" = None

    async def begin(self, page: "Page") -> None:
        """Sign from now on; raise `Unequipped` where the browser does not let us."""
        try:
            self._line = await page.context.new_cdp_session(page)
            self._line.on("Fetch.requestPaused", self._paused)
            kinds = [{"urlPattern": "*", "resourceType": kind} for kind in CARRIERS]
            await self._line.send("Fetch.enable", {"patterns": kinds})
        except foreign() as error:
            raise Unequipped(f"The browser broke down: {said(error)}") from error

    @property
    def has_signed_message(self) -> bool:
        """Whether what carried the message was signed, as far as was seen."""
        return any(post.url in self.signed for post in self.traffic.message())

    async def _paused(self, event: dict[str, Any]) -> None:
        """Let a request go on, signed where it should be."""
        asked = {"requestId": event["requestId"]}
        way = event.get("networkId", event["requestId"])
        more = self._headers(way, event["request"])
        if more:
            headers = {**event["request"]["headers"], **more}
            asked["headers"] = [{"name": k, "value": v} for k, v in headers.items()]
        if self._line:
            with suppress(foreign()):  # it was given up meanwhile
                await self._line.send("Fetch.continueRequest", asked)

    def _headers(self, way: str, request: dict[str, Any]) -> dict[str, str]:
        """Return what a step on the way of a request carries.

        Chromium leaves out in the next step what was put into the one before.
        """
        method, url = request["method"], request["url"]
        signed = dict(self.exemption.headers(method, url))
        if not signed:
            self._strayed.add(way)
        carries = method not in READING or self.traffic.carries(url)
        if not carries or way in self._strayed:
            return {}
        self.signed.add(url)
        return signed
