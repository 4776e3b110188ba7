"""Work side by side, but one piece at a time to each host."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Work = Callable[[], Awaitable[None]]

WIDTH = 20
"""Hosts that are written to at the same time, unless it is said otherwise."""


@dataclass(kw_only=True)
class Lanes:
    """What is under way, by name; one lane to each host, so many at once."""

    width: int = WIDTH
    """How many hosts are written to at the same time."""
    room: asyncio.Semaphore = field(init=False)
    hosts: dict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.room = asyncio.Semaphore(self.width)

    def start(self, name: str, host: str, work: Work) -> None:
        """Begin, or line up for the host; nothing if `name` is under way already."""
        if name not in self.tasks:
            self.tasks[name] = asyncio.create_task(self._run(host, work))

    def clear(self) -> None:
        """Forget what has ended, and raise what broke: a bug, or a failed ledger."""
        ended = {name: task for name, task in self.tasks.items() if task.done()}
        for name in ended:
            del self.tasks[name]
        broken = [
            error
            for task in ended.values()
            if not task.cancelled() and (error := task.exception())
        ]
        if broken:
            raise BaseExceptionGroup("on the way", broken)

    async def finish(self) -> None:
        """Wait until all has ended; if cancelled, cancel all, and wait for that."""
        try:
            if self.tasks:
                await asyncio.wait(self.tasks.values())
        finally:
            for task in self.tasks.values():
                task.cancel()
            await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        self.clear()

    async def _run(self, host: str, work: Work) -> None:
        async with self.hosts[host], self.room:
            await work()
