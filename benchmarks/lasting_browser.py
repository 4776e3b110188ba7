"""A browser's life: many checks leave no zombie, and its memory stays flat."""

import time
from collections.abc import Sequence

from benchmarks.browser import worker
from benchmarks.measure import Measure, tell
from benchmarks.visitor import MANY
from benchmarks.world import World

CHECKS, MINUTES = 10_000, 30.0
"""As many checks as this time allows."""
FLAT = 1.2
"""What memory may grow to; looked at after each visit, when no page is open."""


async def measure(
    _world: World, *, count: int = CHECKS, minutes: float = MINUTES
) -> Sequence[Measure]:
    """Do many checks in one process, some at once, and look at what is left."""
    end, done = time.monotonic() + minutes * 60, 0
    async with worker("drawn") as site:
        url = f"{await site.line()}/drawn"
        async with worker("visitor", "lasting", url) as lasting:
            while done < count and time.monotonic() < end:
                tell(f"lasting-browser: {done} of {count}")
                await lasting.visit()
                done += MANY
            held = list(lasting.costs("memory"))
            zombies = max(lasting.costs("zombies"))
            left = await lasting.left()
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
