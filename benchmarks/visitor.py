"""A process that puts messages through forms, in one of five ways, when asked.

    python -m benchmarks.visitor WAY URL

For each line of its standard input it does so once, and tells what that has cost.
"""

import asyncio
import json
import os
import ssl
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx2

from benchmarks import tree
from probes.forms import http
from probes.forms.browser.driver import Browser
from probes.forms.browser.memory import private_bytes
from probes.forms.browser.send import ready
from probes.forms.exchange import Bounds
from probes.forms.form import Answer, Visitor
from probes.settings import FormSettings

VISITOR = Visitor(
    name="Delivery Test",
    email="it+cwbenchmark0000@example.test",
    phone="+44 20 7946 0123",
    subject="Delivery test",
    message="cwbenchmark0000\nThis is an automatic delivery test.",
)
TOGETHER = 2
"""Checks at once in a browser, as in the daemon."""
CROWD, MANY = 7, 100
"""Checks at once, and in all, of one visit in a browser's long life."""
NO_LINGER = Bounds(linger=0.0)

Visit = Callable[[], Awaitable[float]]
"""Does it once; returns the memory that it took in MB, where that is measured."""


@asynccontextmanager
async def _shared(url: str) -> AsyncIterator[Visit]:
    async with Browser() as browser:
        yield lambda: _together(url, browser, browser)


@asynccontextmanager
async def _lasting(url: str) -> AsyncIterator[Visit]:
    settings = FormSettings(url=url, how="browser")

    async def check(browser: Browser) -> None:
        async with ready(browser, settings, VISITOR) as form:
            receipt = await form.send()
        assert receipt.answer is Answer.ACCEPTED, receipt

    async def visit() -> float:
        async with asyncio.TaskGroup() as group:
            for _ in range(MANY):
                group.create_task(check(browser))
        return tree.memory() + private_bytes(os.getpid()) / 1e6

    async with Browser(at_once=CROWD) as browser:
        yield visit


@asynccontextmanager
async def _launched(url: str) -> AsyncIterator[Visit]:
    async def visit() -> float:
        async with Browser() as one, Browser() as other:
            return await _together(url, one, other)

    yield visit


async def _together(url: str, *browsers: Browser) -> float:
    """Send in each browser; return what both held when all was filled in."""
    all_filled, held = asyncio.Barrier(TOGETHER), [0.0]

    async def check(browser: Browser) -> None:
        settings = FormSettings(url=url, how="browser")
        async with ready(browser, settings, VISITOR) as form:
            if await all_filled.wait() == 0:
                held[0] = tree.memory()
            await all_filled.wait()
            receipt = await form.send()
        assert receipt.answer is Answer.ACCEPTED, receipt

    async with asyncio.TaskGroup() as group:
        for browser in browsers:
            group.create_task(check(browser))
    return held[0]


@asynccontextmanager
async def _http(url: str) -> AsyncIterator[Visit]:
    async def visit() -> float:
        settings = FormSettings(url=url, how="http")
        async with http.ready(settings, VISITOR, bounds=NO_LINGER) as form:
            receipt = await form.send()
        assert receipt.answer is Answer.ACCEPTED, receipt
        return 0.0

    yield visit


@asynccontextmanager
async def _bare(url: str) -> AsyncIterator[Visit]:
    """Know all beforehand, and only ask and post: nothing can cost less."""
    authorities = ssl.create_default_context()  # made once, as ours are
    entries = {
        "name": VISITOR.name,
        "email": VISITOR.email,
        "message": VISITOR.message,
    }

    async def visit() -> float:
        async with httpx2.AsyncClient(verify=authorities) as client:
            (await client.get(url)).raise_for_status()
            (await client.post(url, data=entries)).raise_for_status()
        return 0.0

    yield visit


WAYS: Mapping[str, Callable[[str], AbstractAsyncContextManager[Visit]]] = {
    "shared": _shared,
    "launched": _launched,
    "lasting": _lasting,
    "http": _http,
    "bare": _bare,
}


async def _live(way: str, url: str) -> None:
    tree.adopt()
    ended: set[int] = set()
    async with WAYS[way](url) as visit:
        while await asyncio.to_thread(sys.stdin.readline):
            cpu, own, begun = tree.cpu(), time.process_time(), time.monotonic()
            memory = await visit()
            seconds = time.monotonic() - begun
            tree.bury(tree.zombies())
            before, ended = ended, set(tree.zombies())
            _tell(
                cpu=tree.cpu() - cpu,
                own_cpu=(time.process_time() - own) * tree.MS,
                seconds=seconds,
                memory=memory,
                zombies=len(before & ended),  # who has just ended is none yet
            )
    await _dispersed()
    _tell(left=tree.count())


async def _dispersed() -> None:
    """Return when nobody is left, or has had ten seconds to leave."""
    for _ in range(100):
        tree.bury(tree.zombies())
        if not tree.count():
            return
        await asyncio.sleep(0.1)


def _tell(**costs: float) -> None:
    print(json.dumps(costs), flush=True)


if __name__ == "__main__":
    asyncio.run(_live(*sys.argv[1:]))
