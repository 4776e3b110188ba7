"""Is a site's clock off?  By how much its messages seem to come too early or late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from watchdog.model import Certainty, CheckName
from watchdog.rules.matching.claim import Claim
from watchdog.rules.matching.decision import HOUR, MINUTE, certainty_of

FEWEST = 3
"""Pairs beyond doubt, before we believe in a clock that is off."""
MOST_OF_THEM = 0.6
STEP = HOUR / 4
"""There are zones at quarters of an hour; nobody's queue is that punctual."""
NEAR = 5 * MINUTE


def shifts(claims: Sequence[Claim]) -> Mapping[CheckName, float]:
    """Return by how many seconds each check's clock is behind the mail host's.

    A store whose zone is set wrongly is off by whole quarters of an hour, for
    all its messages alike.  Checks that are not named keep time, or too little
    is known of them.
    """
    nearest: dict[int, float] = {}
    for claim in claims:
        after = claim.piece.at - claim.sought.at
        if _is_beyond_doubt(claim):
            known = nearest.get(id(claim.sought), after)
            nearest[id(claim.sought)] = min(known, after, key=abs)
    delays: dict[CheckName, list[float]] = defaultdict(list)
    for claim in claims:
        if id(claim.sought) in nearest:
            after = nearest.pop(id(claim.sought))
            delays[claim.sought.inquiry.check].append(after)
    found = {check: _shift(seconds) for check, seconds in delays.items()}
    return {check: shift for check, shift in found.items() if shift}


def _is_beyond_doubt(claim: Claim) -> bool:
    return claim.is_known and certainty_of(claim, 0.0) is Certainty.CERTAIN


def _shift(delays: Sequence[float]) -> float:
    if len(delays) < FEWEST:
        return 0.0
    middle = median(delays)
    shift = round((middle - MINUTE) / STEP) * STEP
    near = sum(-NEAR <= delay - shift <= 2 * NEAR for delay in delays)
    is_steady = near >= MOST_OF_THEM * len(delays)
    return shift if is_steady and abs(middle - shift) <= NEAR else 0.0
