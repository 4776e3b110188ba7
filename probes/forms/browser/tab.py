"""One visit in the browser: what is shown, what is pressed, what goes out by it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from probes.errors import Unintelligible, Unreachable
from probes.forms.browser.driver import SECONDS, Browser, said
from probes.forms.browser.shot import Control, Shot, read_shot, script
from probes.forms.labels import clean
from probes.forms.rehearsal import gone

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page, Request, Response

QUIET = 5.0
"""Seconds that a page may take, after it is there, until its scripts have drawn."""
PATIENCE = 5.0
"""Seconds for one field or button."""
MOST_FRAMES = 10
MOST_TOLD = 20
MOST_BODY = 500_000
OK, REFUSAL = 200, 300

GONE = (
    "net::ERR_NAME_NOT_RESOLVED",
    "net::ERR_CONNECTION",
    "net::ERR_ADDRESS",
    "net::ERR_INTERNET",
    "net::ERR_TIMED_OUT",
    "net::ERR_CERT",
    "net::ERR_SSL",
    "net::ERR_EMPTY",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Something that the page has sent, and what came back."""

    url: str
    status: int
    content_type: str
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """A frame, and what it shows."""

    frame: "Frame"
    shot: Shot


@dataclass  # without slots: Playwright keeps its own beside our methods
class Tab:
    """A page that is open, and what was noticed of it."""

    page: "Page"
    posts: list[Posted] = field(default_factory=list)
    """What was sent and answered since `listen`, in the order of the answers."""
    pending: int = 0
    """What was sent since `listen` and is not answered yet."""
    sent: int = 0
    troubles: list[str] = field(default_factory=list)
    """Errors of scripts and failed requests, as evidence; bounded."""

    async def open(self, url: str) -> None:
        """Go to a page, and wait until it has drawn itself; raise `ProbeError`."""
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        self.page.on("pageerror", lambda error: self._notice(str(error)))
        self.page.on(
            "requestfailed", lambda one: self._notice(f"{one.url}: {one.failure}")
        )
        try:
            response = await self.page.goto(
                url, wait_until="domcontentloaded", timeout=SECONDS * 1000
            )
        except Error as error:
            raise _unreachable(url, error) from error
        if response is not None and not OK <= response.status < REFUSAL:
            raise gone(response.status)
        await self.settle()

    async def settle(self) -> None:
        """Return when the page asks for nothing more, or has had its time."""
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        with suppress(Error):
            await self.page.wait_for_load_state("networkidle", timeout=QUIET * 1000)

    async def views(self) -> Sequence[View]:
        """Return what each frame shows that can be read; raise if none can."""
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        views: list[View] = []
        trouble: Exception | None = None
        for frame in self.page.frames[:MOST_FRAMES]:
            try:
                taken: Any = await frame.evaluate(script())
                views.append(View(frame, read_shot(taken, url=frame.url)))
            except (Error, Unintelligible) as error:  # gone meanwhile, or unreadable
                trouble = error
        if not views:
            words = said(trouble) if trouble else "it shows nothing"
            raise Unintelligible(f"The page cannot be read in the browser: {words}")
        return views

    async def put(self, frame: "Frame", control: Control, value: str) -> None:
        """Write a value into a control, or choose it; raise `Unintelligible` if not."""
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        at = frame.locator(f'[data-watched="{control.number}"]')
        patience = PATIENCE * 1000
        try:
            if control.kind == "select":
                await at.select_option(value=value, timeout=patience)
            elif control.kind in ("checkbox", "radio"):
                if not await at.is_checked(timeout=patience):
                    # By its own event: themes lay another box over the real one.
                    await at.evaluate("element => element.click()")
            else:
                await at.fill(value, timeout=patience)
        except Error as error:
            name = clean(control.name, 60)
            raise Unintelligible(
                f'The field "{name}" cannot be filled in: {said(error)}'
            ) from error

    async def press(self, frame: "Frame", number: int) -> None:
        """Press a button as a person does, or where something lies over it, anyhow."""
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        at = frame.locator(f'[data-watched="{number}"]')
        try:
            await at.click(timeout=PATIENCE * 1000, no_wait_after=True)
        except Error:
            with suppress(Error):  # it went away when it was pressed
                await at.evaluate("element => element.click()")

    def listen(self) -> None:
        """Note from now on what the page sends."""
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._lost)

    async def html(self, frame: "Frame") -> str:
        """Return what a frame shows now; empty if it is gone."""
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        try:
            content: str = await frame.content()
        except Error:
            return ""
        return content

    def _asked(self, request: "Request") -> None:
        if _carries(request):
            self.sent += 1
            self.pending += 1

    def _lost(self, request: "Request") -> None:
        if _carries(request):
            self.pending -= 1

    async def _answered(self, response: "Response") -> None:
        from playwright.async_api import Error  # noqa: PLC0415  only with the extra

        if not _carries(response.request):
            return
        text = ""
        with suppress(Error):  # a redirect has no body
            async with asyncio.timeout(PATIENCE):
                text = (await response.text())[:MOST_BODY]
        kind = response.headers.get("content-type", "")
        self.posts.append(
            Posted(
                url=response.url, status=response.status, content_type=kind, text=text
            )
        )
        self.pending -= 1

    def _notice(self, words: str) -> None:
        if len(self.troubles) < MOST_TOLD:
            self.troubles.append(clean(words, 200))


@asynccontextmanager
async def opened(browser: Browser, url: str) -> AsyncIterator[Tab]:
    """Open a page as a visitor without a past; raise `ProbeError`."""
    async with browser.visit() as page:
        tab = Tab(page)
        await tab.open(url)
        yield tab


def _carries(request: "Request") -> bool:
    """Tell whether a request may carry what was written: not by GET, and not a ping."""
    return request.method not in ("GET", "HEAD", "OPTIONS") and (
        request.resource_type != "ping"
    )


def _unreachable(url: str, error: Exception) -> Unreachable | Unintelligible:
    words = said(error)
    if any(mark in words for mark in GONE) or "Timeout" in words:
        answered = "REFUSED" in words or "CERT" in words
        message = f"The browser cannot reach {clean(url)}: {words}"
        return Unreachable(message, answered=answered)
    return Unintelligible(f"The browser cannot show {clean(url)}: {words}")
