"""One visit in the browser: what is shown, what is pressed, what goes out by it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from probes.errors import ProbeError, Unintelligible
from probes.forms.browser.driver import SECONDS, Browser, foreign, said
from probes.forms.browser.home import home_of
from probes.forms.browser.notes import Notes
from probes.forms.browser.shot import Control, Shot, read_shot, script
from probes.forms.browser.traffic import Traffic
from probes.forms.browser.trouble import not_shown
from probes.forms.errors import NotFillable, Unequipped
from probes.forms.fetched import challenged, gone, refuse_walls
from probes.forms.form import Visitor
from probes.forms.labels import clean
from probes.forms.walls import announced
from probes.seen import Seen

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Dialog, Frame, Page

QUIET = 5.0
"""Seconds that a page may take, after it is there, until its scripts have drawn."""
PATIENCE = 5.0
"""Seconds for one field or button."""
MOST_FRAMES = 10
MOST_TOLD = 20
OK, REFUSAL = 200, 300

QUALITIES = (50, 20)
"""Of a screenshot, by which text can still be read, from 100; the first that fits."""
MOST_IMAGE = 200_000

WANTED = "The configuration asks for a browser."
CLOSED = "has been closed"
"""In what Playwright says where its browser, or the page in it, is gone."""
DIED = "The browser broke down while it showed the page; that says nothing of the site."


@dataclass(frozen=True, slots=True)
class View:
    """A frame, and what it shows."""

    frame: "Frame"
    shot: Shot


@dataclass  # without slots: Playwright keeps its own beside our methods
class Tab:
    """A page that is open, and what was noticed of it."""

    page: "Page"
    traffic: Traffic
    why: str
    """Why it takes a browser."""
    notes: Notes = field(default_factory=Notes)
    told: list[str] = field(default_factory=list)
    """What the page has told in windows of its own (`alert`); bounded."""
    home: str = ""
    """The address of whoever showed us the page."""
    has_crashed: bool = False
    deaf: set["Frame"] = field(default_factory=set)
    """Frames that never came, or never rest: they are not waited for twice."""

    @property
    def is_dead(self) -> bool:
        """Whether the browser, or the page in it, is gone: not by the site's wish."""
        browser = self.page.context.browser
        is_gone = browser is None or not browser.is_connected()
        return self.has_crashed or is_gone or self.page.is_closed()

    async def open(self, url: str) -> None:
        """Go to a page, and wait until it has drawn itself; raise `ProbeError`."""
        self.traffic.listen_to(self.page)
        self.notes.listen(self.page.context)
        self.page.on("crash", self._crashed)
        try:
            response = await self.page.goto(
                url, wait_until="domcontentloaded", timeout=SECONDS * 1000
            )
            self.home = await home_of(response) if response else ""
        except foreign() as error:
            self.check_alive(error)
            raise not_shown(url, error) from error
        if response is not None and (wall := announced(response.headers)):
            raise challenged(wall)
        if response is not None and not OK <= response.status < REFUSAL:
            await self._refuse_walls()
            raise gone(response.status)
        await self.settle()

    def check_alive(self, error: Exception | None = None) -> None:
        """Raise `Unequipped` where it was the browser that broke, and no site."""
        if self.is_dead or CLOSED in str(error):
            raise Unequipped(DIED) from error

    async def settle(self) -> None:
        """Return when the page asks for nothing more, or has had its time."""
        with suppress(foreign()):
            await self.page.wait_for_load_state("networkidle", timeout=QUIET * 1000)

    async def views(self) -> Sequence[View]:
        """Return what each frame shows that can be read; raise if none can.

        A page that goes on to another while it is read is read once more.
        """
        views, trouble = await self._views()
        if not views:
            await self.settle()
            views, trouble = await self._views()
        if not views:
            self.check_alive(trouble)
            raise Unintelligible(f"The page cannot be read in the browser: {trouble}")
        return views

    async def _views(self) -> tuple[Sequence[View], Exception | None]:
        views: list[View] = []
        trouble: Exception | None = None
        for frame in self.page.frames[:MOST_FRAMES]:
            if frame in self.deaf:
                continue
            try:
                async with asyncio.timeout(PATIENCE):
                    taken: Any = await frame.evaluate(script())
                views.append(View(frame, read_shot(taken, url=frame.url)))
            except TimeoutError:
                trouble = Unintelligible("its scripts never come to an end")
                if frame is not self.page.main_frame:
                    self.deaf.add(frame)
            except Unintelligible as error:
                trouble = error
            except foreign() as error:  # gone meanwhile
                self.check_alive(error)
                trouble = Unintelligible(said(error))
        return views, trouble

    async def put(self, frame: "Frame", control: Control, value: str) -> None:
        """Write a value into a control, or choose it; raise `NotFillable` if not.

        A choice has no value but its own; without one it is taken back.
        """
        at = frame.locator(f'[data-watched="{control.number}"]')
        patience = PATIENCE * 1000
        try:
            async with asyncio.timeout(2 * PATIENCE):
                if control.kind == "select":
                    # Also one over which a script has drawn its own.
                    await at.select_option(value=value, timeout=patience, force=True)
                elif control.kind in ("checkbox", "radio"):
                    if await at.is_checked(timeout=patience) is not bool(value):
                        # By its own event: themes lay another box over the real one.
                        await at.evaluate("element => element.click()")
                else:
                    # Also one that only a calendar, drawn by a script, writes into.
                    await at.fill(value, timeout=patience, force=True)
        except (foreign(), TimeoutError) as error:
            self.check_alive(error)
            name = clean(control.name, 60)
            raise NotFillable(
                f'The field "{name}" cannot be filled in: {said(error)}'
            ) from error

    async def leave(self, frame: "Frame") -> None:
        """Leave the field that was written last: many are tried only then."""
        with suppress(foreign(), TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await frame.evaluate("() => document.activeElement?.blur()")

    async def press(self, frame: "Frame", number: int) -> None:
        """Press a button as a person does, or where something lies over it, anyhow.

        Never twice, whatever comes of it: a page that is busy with the first press
        looks to the browser as if it had not been pressed.
        """
        at = frame.locator(f'[data-watched="{number}"]')
        patience = PATIENCE * 1000
        try:
            await at.click(trial=True, timeout=patience)
            is_free = True
        except foreign():
            is_free = False
        with suppress(foreign(), TimeoutError):  # it went away when it was pressed
            async with asyncio.timeout(2 * PATIENCE):
                if is_free:
                    await at.click(force=True, timeout=patience, no_wait_after=True)
                else:
                    await at.evaluate("element => element.click()", timeout=patience)

    def listen(self) -> None:
        """Note from now on what is sent; say yes to what the page asks us."""
        self.traffic.listen(self.page.context)
        self.page.context.on("dialog", self._asked)

    async def html(self, frame: "Frame") -> str:
        """Return what a frame shows now; empty if it is gone."""
        content = ""
        with suppress(foreign(), TimeoutError):
            async with asyncio.timeout(PATIENCE):
                content = await frame.content()
        return content

    async def seen(self) -> Seen:
        """Return what was seen so far, also of a page that is gone by now."""
        return Seen(
            why=self.why,
            console_errors=tuple(self.notes.errors),
            failed_requests=tuple(self.notes.failures),
            screenshot=b"" if self.is_dead else await self._screenshot(),
        )

    async def _screenshot(self) -> bytes:
        """Return what a visitor sees now; nothing where no page ever came."""
        if not self.page.url.startswith("http"):
            return b""
        with suppress(foreign(), TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for quality in QUALITIES:
                    image = await self.page.screenshot(type="jpeg", quality=quality)
                    if len(image) <= MOST_IMAGE:
                        return image
        return b""

    async def _asked(self, dialog: "Dialog") -> None:
        if len(self.told) < MOST_TOLD and dialog.type == "alert":
            self.told.append(clean(dialog.message, 300))
        with suppress(foreign()):
            await dialog.accept()

    async def _refuse_walls(self) -> None:
        """Raise `Guarded` where a firewall's challenge came instead of the page."""
        with suppress(Unintelligible):
            for view in (await self.views())[:1]:
                refuse_walls(view.shot.page)

    def _crashed(self, _: "Page") -> None:
        self.has_crashed = True


@asynccontextmanager
async def opened(
    browser: Browser,
    url: str,
    visitor: Visitor,
    *,
    why: str = WANTED,
    listen: "Callable[[BrowserContext], None] | None" = None,
) -> AsyncIterator[Tab]:
    """Open a page as a visitor without a past; raise `ProbeError`.

    What is raised until the end of the block carries what was seen by then.  Whoever
    wants to hear more of it is given its context to `listen` to first.
    """
    async with browser.visit() as page:
        tab = Tab(page, Traffic(visitor), why)
        if listen:
            listen(page.context)
        try:
            await tab.open(url)
            yield tab
        except ProbeError as error:
            error.seen = await tab.seen()
            raise
