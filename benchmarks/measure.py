"""One claim about cost: what was measured, beside what, and against which budget."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median

Sample = Callable[[], Awaitable[float]]
"""Does the thing once, and returns what it cost."""


class NotMeasured(Exception):
    """A measurement could not be made; says why.  A missed budget is no such thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One claim.  Beside nothing, the budget is of our own median."""

    claim: str
    unit: str
    ours: Sequence[float]
    beside: Sequence[float] = ()
    """What the same costs the rival or the floor, or us at a small size."""
    budget: float
    """The highest ratio of the medians, or the highest median in `unit`."""

    @property
    def value(self) -> float:
        """The ratio of the medians, or the median: what the budget is about."""
        if self.beside:
            return median(self.ours) / median(self.beside)
        return median(self.ours)

    @property
    def kept(self) -> bool:
        """Whether the budget was kept this time; timing is no test."""
        return self.value <= self.budget


async def by_turns(what: str, rounds: int, *samples: Sample) -> list[list[float]]:
    """Return `rounds` costs of each sample, taken A B A B on the same machine.

    One more of each comes before, to fill all caches, and does not count.
    """
    taken: list[list[float]] = [[] for _ in samples]
    for number in range(rounds + 1):
        tell(f"{what}: {number} of {rounds}")
        for sample, costs in zip(samples, taken, strict=True):
            cost = await sample()
            if number:
                costs.append(cost)
    return taken


def tell(words: str) -> None:
    """Show on a terminal what is going on, in place of what was shown before."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
