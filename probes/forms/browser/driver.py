"""The browser itself: the only door to Playwright.

One browser serves many checks, each in a context of its own, so that no cookie
and no script of one is there for another.  It is started when it is first wanted,
begun anew when it has died, and from time to time, since browsers grow.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from probes.forms.browser.counters import COUNTERS, is_counter
from probes.forms.browser.flags import FLAGS
from probes.forms.browser.memory import memory_of
from probes.forms.browser.program import program
from probes.forms.errors import Unequipped
from probes.forms.labels import clean

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Page, Playwright, Request, Route

AT_ONCE = 2
"""Pages open at the same time: each takes about a hundred megabytes."""
MOST_WAITING = 20
"""Who waits for a page; where there are more, nobody else should without need."""
SECONDS = 30.0
"""For anything that a page is waited for."""

UNLOCKED = (
    "this machine does not let it lock pages in. Allow user namespaces, or start us"
    " without what forbids them (a container, systemd's RestrictNamespaces)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """After how much the browser is begun anew: it grows with its visits."""

    visits: int = 200
    memory: int = 800_000_000
    """Bytes that it holds when a visit is over; a fresh one takes some 100 MB."""


WEAR = Wear()


class Browser:
    """A browser that is there when it is wanted, while this is entered."""

    def __init__(
        self,
        named: Path | None = None,
        *,
        wear: Wear = WEAR,
        at_once: int = AT_ONCE,
    ) -> None:
        self._named = named
        self._wear = wear
        self._most = at_once + MOST_WAITING
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._visits = 0
        self._wanted = 0
        self._open = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._starting = asyncio.Lock()
        self._room = asyncio.Semaphore(at_once)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stop()

    @property
    def is_crowded(self) -> bool:
        """Whether as many wait for a page as should."""
        return self._wanted >= self._most

    @asynccontextmanager
    async def visit(self) -> "AsyncIterator[Page]":
        """Give a new page, of a visitor without a past; raise `ProbeError` without."""
        self._wanted += 1
        try:
            async with self._room, self._visit() as page:
                yield page
        finally:
            self._wanted -= 1

    @asynccontextmanager
    async def _visit(self) -> "AsyncIterator[Page]":
        context = await self._context()
        try:
            yield await _page(context)
        finally:
            if not await _closed(context) or await self._has_grown():
                self._visits = self._wear.visits  # what hangs is begun anew as well
            self._left()

    async def _context(self) -> "BrowserContext":
        async with self._starting:
            if self._visits >= self._wear.visits:
                # Whoever is busy in it is waited for, and nobody let in.
                await self._idle.wait()
                await self._stop()
            was_there = self._chromium is not None
            try:
                context = await self._new_context()
            except Unequipped:
                if not was_there:
                    raise
                context = await self._new_context()  # nobody had noticed its death
            self._visits += 1
            self._open += 1
            self._idle.clear()
            return context

    async def _new_context(self) -> "BrowserContext":
        if self._chromium is None or not self._chromium.is_connected():
            await self._stop()
            await self._start()
        try:
            async with asyncio.timeout(SECONDS):
                return await self._started().new_context(
                    user_agent=self._agent(),
                    locale="en",
                    service_workers="block",
                    accept_downloads=False,
                )
        except (foreign(), TimeoutError) as error:
            await self._stop()
            raise Unequipped(f"The browser broke down: {said(error)}") from error

    async def _has_grown(self) -> bool:
        if self._chromium is None:
            return False
        with suppress(foreign(), TimeoutError):  # it died: that is seen elsewhere
            async with asyncio.timeout(SECONDS):
                return await memory_of(self._chromium) > self._wear.memory
        return False

    def _left(self) -> None:
        self._open -= 1
        if not self._open:
            self._idle.set()

    def _started(self) -> "Chromium":
        if self._chromium is None:
            raise Unequipped("The browser is gone.")
        return self._chromium

    async def _start(self) -> None:
        path = program(self._named)
        from playwright.async_api import async_playwright  # noqa: PLC0415

        self._playwright = await async_playwright().start()
        try:
            self._chromium = await self._playwright.chromium.launch(
                executable_path=path,
                args=FLAGS,
                timeout=SECONDS * 1000,
                # Hostile pages stay locked in; Chromium cannot do that for root.
                chromium_sandbox=os.geteuid() != 0,
            )
        except foreign() as error:
            await self._stop()
            why = UNLOCKED if "sandbox" in str(error) else said(error)
            raise Unequipped(f"The browser does not start: {why}") from error
        self._visits = 0

    def _agent(self) -> str:
        """Return the browser's own name, and ours after it, so that we are known."""
        release = version("contact-form-watchdog")
        major = self._started().version.partition(".")[0]
        return (
            f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            f" Chrome/{major}.0.0.0 Safari/537.36 contact-form-watchdog/{release}"
            " (+automatic delivery test)"
        )

    async def _stop(self) -> None:
        """End the browser and its driver; whatever of them is there."""
        if self._playwright is None:
            return
        chromium, playwright = self._chromium, self._playwright
        self._chromium = self._playwright = None
        if chromium is not None and chromium.is_connected():
            with suppress(foreign(), TimeoutError):  # the end of its driver is its own
                async with asyncio.timeout(SECONDS):
                    await chromium.close()
        await playwright.stop()


@cache
def foreign() -> type[Exception]:
    """Return what Playwright raises over the world's faults; it is an extra."""
    from playwright.async_api import Error  # noqa: PLC0415  heavy, and may be missing

    return Error


def said(error: Exception) -> str:
    """Return what Playwright says of a trouble: its first line, without its name."""
    first = str(error).strip().partition("\n")[0]
    return clean(re.sub(r"^\w+\.\w+: ", "", first), 200)


async def _refuse(route: "Route", request: "Request") -> None:
    """Block what counts visitors, and says so: else it would look like a fault."""
    if is_counter(request.url, request.post_data_buffer or b""):
        await route.abort("blockedbyclient")
    else:
        await route.continue_()


async def _page(context: "BrowserContext") -> "Page":
    try:
        await context.route(COUNTERS, _refuse)
        return await context.new_page()
    except foreign() as error:
        raise Unequipped(f"The browser broke down: {said(error)}") from error


async def _closed(context: "BrowserContext") -> bool:
    """Close all that belongs to a visit; tell whether that could be done in time."""
    with suppress(foreign()):  # it died before us: there is nothing left to close
        try:
            async with asyncio.timeout(SECONDS):
                await context.close()
        except TimeoutError:
            return False
    return True
