"""The processes of a browser: killed for true, and awaited until they are gone."""

import asyncio
import os
import signal
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from probes.forms.browser.driver import Browser

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium


def chromium_of(browser: Browser) -> "Chromium":
    chromium = browser._chromium  # noqa: SLF001  to see which it is
    assert chromium is not None
    return chromium


async def processes_of(browser: Browser, *, only: str = "") -> list[int]:
    """Return the numbers of its processes, the browser's own first."""
    line = await chromium_of(browser).new_browser_cdp_session()
    told = await line.send("SystemInfo.getProcessInfo")
    await line.detach()
    return [one["id"] for one in told["processInfo"] if one["type"].startswith(only)]


async def kill(browser: Browser) -> None:
    """Kill the browser, as a machine does that runs out of memory."""
    (pid,) = await processes_of(browser, only="browser")
    fd = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    await _ended(fd)


async def gone(pids: Collection[int]) -> None:
    """Return when all of these processes have ended."""
    for pid in pids:
        with suppress(ProcessLookupError):
            await _ended(os.pidfd_open(pid))


def children() -> Iterator[tuple[int, str]]:
    """Yield the number and the state of each process that we have started."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended meanwhile
            _, _, rest = path.read_text().rpartition(") ")
            state, parent, *_ = rest.split()
            if int(parent) == os.getpid():
                yield int(path.parent.name), state


async def _ended(fd: int) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(fd, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(fd)
        os.close(fd)
