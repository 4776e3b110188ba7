"""How many inquiries were probably missed, where nothing keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import exp, lgamma, log

WEEK = timedelta(days=7)

MOST_WEEKS = 12
"""How far back habits are told: before that, business was another."""

FEWEST_WEEKS = 2
"""One week may have been any week."""

TAIL = 0.05
"""How probable it is that there were fewer than the range says; as for more."""

PRIOR = 0.5
"""Jeffreys' prior of a Poisson rate: knows as little beforehand as one can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How many inquiries a stretch of time would have brought."""

    likely: float
    """What the same hours brought before, on average."""
    least: int
    most: int
    """Nine times of ten it is between these."""
    weeks: int
    """From how many earlier weeks we know."""


def estimate(
    arrivals: Sequence[datetime],
    *,
    known_from: datetime,
    begin: datetime,
    end: datetime,
    zone: tzinfo,
) -> Estimate | None:
    """Return how many inquiries came between `begin` and `end`, as far as one can tell.

    By the `arrivals` in the same hours of the weeks before, on the clocks of
    `zone`: shops sleep at night and on Sundays.  Of a stretch longer than a week,
    by as many weeks before.  None if we know of less than two such stretches, as
    arrivals were seen only since `known_from`.

    The range is of the Poisson process that brought those arrivals, its rate being
    known only by them: a negative binomial distribution (Gelman and others,
    "Bayesian Data Analysis", section 2.6).
    """
    if end <= begin:
        return Estimate(likely=0, least=0, most=0, weeks=0)
    step = WEEK * -((begin - end) // WEEK)
    stretches = [
        (first, _earlier(end, back * step, zone))
        for back in range(1, MOST_WEEKS // (step // WEEK) + 1)
        if (first := _earlier(begin, back * step, zone)) >= known_from
    ]
    if len(stretches) < FEWEST_WEEKS:
        return None
    came = sum(
        first <= arrived_at < last
        for first, last in stretches
        for arrived_at in arrivals
    )
    least, most = _range(came, len(stretches))
    return Estimate(
        likely=came / len(stretches),
        least=least,
        most=most,
        weeks=len(stretches) * (step // WEEK),
    )


def _earlier(moment: datetime, span: timedelta, zone: tzinfo) -> datetime:
    """Return the moment at which clocks showed the same, so many weeks before."""
    return moment.astimezone(zone) - span


def _range(came: int, stretches: int) -> tuple[int, int]:
    """Return how many another stretch brings at least and at most, but for tails."""
    least = most = 0
    below = _chance(0, came, stretches)
    while below < 1 - TAIL:
        most += 1
        if below < TAIL:
            least = most
        below += _chance(most, came, stretches)
    return least, most


def _chance(number: int, came: int, stretches: int) -> float:
    """Return how probable it is that another stretch brings so many."""
    shape = came + PRIOR
    ways = lgamma(number + shape) - lgamma(shape) - lgamma(number + 1)
    known, unknown = log(stretches / (stretches + 1)), log(1 / (stretches + 1))
    return exp(ways + shape * known + number * unknown)
