"""Forms: what a check of the form costs, in a browser and without one.

One browser for all checks stands beside one launched for each, two at once in both;
the way over HTTP beside a client that knows all beforehand, and only asks and posts.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from benchmarks.measure import Measure, NotMeasured, by_turns
from benchmarks.visitor import TOGETHER
from benchmarks.world import World

ROUNDS = 6
HTTP_ROUNDS = 40
SHARED_BUDGET = 0.7
HTTP_BUDGET = 2.0


@dataclass
class Worker:
    """A process that does something when asked, and tells what it has cost."""

    process: asyncio.subprocess.Process
    told: list[dict[str, float]] = field(default_factory=list)

    async def visit(self) -> float:
        """Let it put its messages through the form; return the CPU time, in ms."""
        assert self.process.stdin is not None  # asked for below
        self.process.stdin.write(b"visit\n")
        told = json.loads(await self.line())
        self.told.append(told)
        return float(told["own_cpu"])

    async def left(self) -> float:
        """Let it end; return how many processes of its own it leaves."""
        assert self.process.stdin is not None  # asked for below
        self.process.stdin.close()
        return float(json.loads(await self.line())["left"])

    async def line(self) -> str:
        """Return what it says next."""
        assert self.process.stdout is not None  # asked for below
        line = await self.process.stdout.readline()
        if not line:
            raise NotMeasured("A process of the benchmark has ended.")
        return line.decode().strip()

    def costs(self, cost: str) -> Sequence[float]:
        """Return one cost of each check; what came first was to warm up."""
        return [told[cost] for told in self.told[1:]]


@asynccontextmanager
async def worker(module: str, *arguments: str) -> AsyncIterator[Worker]:
    """Run a module of the benchmarks until the end of the block."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"benchmarks.{module}", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Worker(process)
    finally:
        assert process.stdin is not None  # asked for above
        process.stdin.close()
        await process.wait()


async def measure(_world: World) -> Sequence[Measure]:
    """Measure both kinds of checks, by turns with what each stands beside."""
    async with AsyncExitStack() as stack:
        site = await (await stack.enter_async_context(worker("drawn"))).line()
        drawn, plain = f"{site}/drawn", f"{site}/plain"
        shared, launched, http, bare = [
            await stack.enter_async_context(worker("visitor", way, url))
            for way, url in (
                ("shared", drawn),
                ("launched", drawn),
                ("http", plain),
                ("bare", plain),
            )
        ]
        await by_turns("browser", ROUNDS, shared.visit, launched.visit)
        await by_turns("http", HTTP_ROUNDS, http.visit, bare.visit)
    return [
        _beside(shared, launched, "cpu", called="CPU", unit="ms"),
        _beside(shared, launched, "seconds", called="time", unit="s"),
        _beside(shared, launched, "memory", called="memory", unit="MB"),
        Measure(
            claim="CPU of a form sent over HTTP, beside a bare client's two requests",
            unit="ms",
            ours=http.costs("own_cpu"),
            beside=bare.costs("own_cpu"),
            budget=HTTP_BUDGET,
        ),
    ]


def _beside(
    ours: Worker, theirs: Worker, cost: str, *, called: str, unit: str
) -> Measure:
    return Measure(
        claim=f"{called} of {TOGETHER} checks at once in one browser, beside one each",
        unit=unit,
        ours=ours.costs(cost),
        beside=theirs.costs(cost),
        budget=SHARED_BUDGET,
    )
