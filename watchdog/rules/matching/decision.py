"""Whether a claim is good enough, so long after the inquiry, and how sure we are."""

from watchdog.model import Certainty
from watchdog.rules.matching.claim import ALIKE, Claim

SAME = 0.85
LONG = 6
"""Words that hardly come together by chance."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
SKEW = 10 * MINUTE
"""So far the clocks of a site and of a mail host may be apart."""
ZONE_SKEW = 5 * MINUTE
MOST_ZONES = 14 * HOUR
"""Zones go from twelve hours behind UTC to fourteen before it."""
LATEST = 14 * DAY
"""Mail hosts try for five days; sites' own queues may stand still for longer."""


def certainty_of(claim: Claim, after: float) -> Certainty | None:
    """Return how sure it is that this is the message; None if it is not enough.

    `after` is how many seconds after the inquiry the mail came.
    """
    if not -MOST_ZONES <= after <= LATEST:
        return None
    certainty = _certainty(claim, after)
    if certainty is None or after >= -SKEW:
        return certainty
    # A mail before its inquiry: only clocks can be wrong, by whole hours.
    is_zone = abs((-after + HOUR / 2) % HOUR - HOUR / 2) < ZONE_SKEW
    is_same = claim.likeness >= SAME and claim.shared >= LONG
    return Certainty.LIKELY if is_zone and is_same and claim.is_known else None


def is_told(claim: Claim) -> bool:
    """Return whether the owner knew by then that the inquiry was missed."""
    told_at = claim.sought.told_at
    return told_at is not None and claim.piece.at >= told_at - SKEW


def _certainty(claim: Claim, after: float) -> Certainty | None:
    if claim.is_his_copy or (claim.is_foreign and not claim.has_address):
        return None
    has_words = len(claim.sought.words) > 0
    says_nothing_else = claim.says_little or not has_words
    tells_of_it = claim.likeness >= ALIKE or (claim.in_subject and claim.is_notice)
    if claim.has_number and (tells_of_it or says_nothing_else):
        return _by_number(claim, after)
    if claim.is_from and not claim.answers_to:
        return _by_himself(claim)
    if claim.is_known:
        return _by_address(claim, after, says_nothing_else=says_nothing_else)
    if claim.has_phone or claim.has_name:
        return _by_person(claim, after, says_nothing_else=says_nothing_else)
    return _by_words(claim, after)


def _by_number(claim: Claim, after: float) -> Certainty | None:
    if claim.likeness >= ALIKE or claim.is_known:
        return Certainty.CERTAIN
    return Certainty.LIKELY if after <= 2 * DAY else None


def _by_himself(claim: Claim) -> Certainty | None:
    """Judge a mail from the person: some sites write in his name, and he may, too."""
    if claim.likeness < ALIKE:
        return None
    if claim.shared >= LONG:
        return Certainty.CERTAIN if claim.likeness >= SAME else Certainty.LIKELY
    is_bare = claim.strange <= claim.shared
    return Certainty.LIKELY if is_bare or claim.is_notice else None


def _by_address(
    claim: Claim, after: float, *, says_nothing_else: bool
) -> Certainty | None:
    if claim.likeness >= ALIKE:
        is_same = claim.likeness >= SAME
        is_plain = claim.answers_to or claim.shared >= LONG
        return Certainty.CERTAIN if is_same and is_plain else Certainty.LIKELY
    if says_nothing_else and after <= DAY:
        return Certainty.LIKELY if claim.answers_to else Certainty.POSSIBLE
    return None


def _by_person(
    claim: Claim, after: float, *, says_nothing_else: bool
) -> Certainty | None:
    needed = SAME if claim.sought.address and not claim.has_phone else ALIKE
    if claim.likeness >= needed and (claim.has_phone or claim.shared >= LONG):
        is_same = claim.likeness >= SAME and claim.has_phone and claim.has_name
        return Certainty.CERTAIN if is_same else Certainty.LIKELY
    if (says_nothing_else or claim.likeness >= SAME) and after <= DAY:
        return Certainty.POSSIBLE
    return None


def _by_words(claim: Claim, after: float) -> Certainty | None:
    """Judge words alone: nothing else in the mail points to the person."""
    if claim.likeness < SAME:
        return None
    if claim.shared >= LONG:
        return Certainty.LIKELY
    is_bare = claim.says_little and not claim.sought.pointers
    return Certainty.POSSIBLE if is_bare and after <= 2 * HOUR else None
