"""A browser's life: many checks leave no zombie, and its memory stays flat."""

import time
from collections.abc import Sequence

from benchmarks.browser import worker
from benchmarks.measure import Measure, tell
from benchmarks.visitor import TOGETHER
from benchmarks.world import World

CHECKS, MINUTES = 10_000, 30.0
"""As many checks as this time allows."""
FLAT = 1.2
SKIPPED = 10
"""Visits before memory is looked at: caches fill."""


async def measure(
    _world: World, *, count: int = CHECKS, minutes: float = MINUTES
) -> Sequence[Measure]:
    """Do many checks in one process, two at once, and look at what is left."""
    end, done = time.monotonic() + minutes * 60, 0
    async with worker("drawn") as site:
        url = f"{await site.line()}/drawn"
        async with worker("visitor", "shared", url) as shared:
            while done < count and time.monotonic() < end:
                tell(f"lasting-browser: {done} of {count}")
                await shared.visit()
                done += TOGETHER
            held = list(shared.costs("memory"))[SKIPPED:]
            zombies = max(shared.costs("zombies"))
            left = await shared.left()
    quarter = max(len(held) // 4, 1)
    return [
        Measure(
            claim=f"memory in the last quarter of {done} checks, beside the first",
            unit="MB",
            ours=held[-quarter:],
            beside=held[:quarter],
            budget=FLAT,
        ),
        Measure(
            claim=f"zombies during {done} checks, processes left after them",
            unit="",
            ours=[zombies, left],
            budget=0,
        ),
    ]
