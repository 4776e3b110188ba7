"""Who gets which mail: one each, the strongest claim first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from watchdog.model import Certainty
from watchdog.rules.matching.claim import Claim

EARLY = 4
"""Clocks are seldom apart: a mail that is early counts as so many times as far."""
EQUAL = 0.3
"""Claims whose strengths differ by less are equals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim that holds: how sure, and how many seconds after the inquiry."""

    claim: Claim
    certainty: Certainty
    after: float

    @property
    def order(self) -> tuple[float, float, object, object]:
        """By which claims are granted: strength, nearness, and then age."""
        away = self.after if self.after >= 0 else -EARLY * self.after
        return -self.claim.strength, away, self.claim.sought.key, self.claim.piece.key

    @property
    def inquiry(self) -> int:
        """What one inquiry is known by here."""
        return id(self.claim.sought)

    @property
    def mail(self) -> int:
        """What one piece of mail is known by here."""
        return id(self.claim.piece)


def assign(claims: Iterable[Held]) -> Mapping[int, Held]:
    """Return at most one claim for each inquiry and for each piece of mail.

    The strongest is granted first, among equals the one nearest in time.  An
    inquiry that got nothing may still take a mail whose holder has another one
    that is as good.
    """
    ordered = sorted(claims, key=lambda held: held.order)
    granted: dict[int, Held] = {}
    holders: dict[int, Held] = {}
    for held in ordered:
        if held.inquiry not in granted and held.mail not in holders:
            granted[held.inquiry] = holders[held.mail] = held
    _make_room(ordered, granted, holders)
    return granted


def _make_room(
    ordered: Sequence[Held], granted: dict[int, Held], holders: dict[int, Held]
) -> None:
    choices: dict[int, list[Held]] = defaultdict(list)
    for held in ordered:
        choices[held.inquiry].append(held)
    for wish in ordered:
        if wish.inquiry in granted:
            continue
        holder = holders[wish.mail]
        for other in choices[holder.inquiry]:
            is_as_good = other.claim.strength > holder.claim.strength - EQUAL
            if other.mail not in holders and is_as_good:
                granted[other.inquiry] = holders[other.mail] = other
                granted[wish.inquiry] = holders[wish.mail] = wish
                break
