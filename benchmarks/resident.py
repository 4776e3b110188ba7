"""The product as its daemon drives it: one process for ever, and a check when asked.

In a process of its own, so that its CPU time is that of nobody else.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import NotMeasured
from watchdog.config import Check, load
from watchdog.ledger import open_ledger
from watchdog.model import Marker, Outcome, Verdict
from watchdog.once import Round
from watchdog.stages.incidents import advance
from watchdog.stages.judge import judge

PACE = 60.0
"""Seconds between looks while nothing comes: those are no part of a check."""

MS = 1000


@dataclass(kw_only=True)
class Resident(Round):
    """A round without end: its mailbox stays open, and is watched between checks."""

    reached: dict[Marker, Verdict] = field(default_factory=dict)

    @asynccontextmanager
    async def watching(self, check: Check) -> AsyncIterator[None]:
        """Watch the check's mailbox until the end of the block."""
        watcher = self._watcher(check.mailbox)
        watcher.pace = PACE
        watching = asyncio.create_task(watcher.run(self._pass))
        try:
            await watcher.has_looked.wait()
            async with self._forms():
                yield
        finally:
            watching.cancel()
            await asyncio.wait([watching])

    async def check(self, check: Check) -> Verdict:
        """Return what became of one submission."""
        submission = await self._submit(check)
        async with self.looked:
            await self.looked.wait_for(lambda: submission.marker in self.reached)
        return self.reached.pop(submission.marker)

    async def _pass(self) -> None:
        """Do after a look what a daemon does: judge, and let incidents take note."""
        if reached := await judge(self.config, self.ledger, clock=self.clock):
            await advance(self.config, self.ledger, now=self.clock())
        async with self.looked:
            self.reached |= {verdict.marker: verdict for verdict in reached}
            self.looked.notify_all()


@dataclass
class Household:
    """A resident's process, as seen from outside."""

    process: asyncio.subprocess.Process
    used: float = 0.0
    """CPU time of all its life until the latest check, in ms."""

    async def check(self) -> float:
        """Let it do a whole check; return the CPU time since the one before, in ms."""
        assert self.process.stdin is not None  # asked for below
        assert self.process.stdout is not None
        self.process.stdin.write(b"check\n")
        line = await self.process.stdout.readline()
        if not line:
            raise NotMeasured("The product's process has ended.")
        told = json.loads(line)
        if told["outcome"] != Outcome.DELIVERED:
            raise NotMeasured(f"A check ended with {told}")
        before, self.used = self.used, told["cpu"]
        return self.used - before


@asynccontextmanager
async def resident(config: Path) -> AsyncIterator[Household]:
    """Run a resident until the end of the block."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.resident", str(config)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Household(process)
    finally:
        assert process.stdin is not None  # asked for above
        process.stdin.close()
        await process.wait()


async def _live(path: Path) -> None:
    config = load(path)
    (check,) = config.check
    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        resident = Resident(
            config=config,
            ledger=ledger,
            clock=lambda: datetime.now(UTC),
            tell=lambda _check, _words: None,
        )
        async with resident.watching(check):
            while await asyncio.to_thread(sys.stdin.readline):
                verdict = await resident.check(check)
                told = {"outcome": verdict.outcome, "cpu": time.process_time() * MS}
                if verdict.outcome is not Outcome.DELIVERED:
                    told |= {"cause": verdict.cause, "evidence": verdict.evidence}
                print(json.dumps(told), flush=True)


if __name__ == "__main__":
    from watchdog import log

    log.configure("error")
    asyncio.run(_live(Path(sys.argv[1])))
