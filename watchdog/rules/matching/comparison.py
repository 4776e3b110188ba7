"""Compares one inquiry with pieces of mail, one after the other."""

from bisect import bisect_left, bisect_right

from watchdog.rules.matching.claim import Claim
from watchdog.rules.matching.notices import is_like_a_notice
from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.rarity import Phrases, Rarity
from watchdog.rules.matching.sought import Sought
from watchdog.rules.matching.traits import (
    MOST_TRAITS,
    WORDS_FROM,
    address_trait,
    traits,
)

LITTLE = 6
"""Words of its own in a mail that says nothing, once we know its sender's phrases."""
LITTLE_OF_A_STRANGER = 12
"""Likewise, while his phrases cannot be told from what he has to say."""
FEWEST_TO_COVER = 5
"""Words that a cut message must share with the whole one."""


class Comparison:
    """An inquiry, laid beside one piece of mail after the other."""

    def __init__(self, sought: Sought, rarity: Rarity, phrases: Phrases) -> None:
        self._sought = sought
        self._rarity = rarity
        self._phrases = phrases
        self._words = frozenset(sought.words)
        self._known = frozenset(sought.known)
        self._weight = rarity.weight(sought.words)
        self._address = address_trait(sought.address) if sought.address else None
        self._pointers = sought.pointers | {sought.mark}

    def is_idle(self, piece: Piece) -> bool:
        """Return whether nothing can connect the two, at the least cost."""
        sought = self._sought
        if sought.address and sought.address in (*piece.senders, *piece.repliers):
            return False
        found = frozenset(piece.traits)
        if not self._pointers.isdisjoint(found):
            return False
        if any(each and each <= found for each in (sought.name, sought.entry)):
            return False
        fewest = min(len(self._words), len(found))
        return 3 * len(self._words & found) < fewest

    def claim(self, piece: Piece) -> Claim:
        """Return what speaks for `piece` being the inquiry's message."""
        sought, rarity = self._sought, self._rarity
        found = frozenset(piece.traits)
        shared = found & self._words
        phrases = self._phrases.of(piece)
        unknown = self._unknown(piece)
        strange = unknown - phrases
        told = len(shared - phrases)
        common = rarity.weight(shared)
        weight = self._comparable(piece)
        is_notice = is_like_a_notice(found, self._words)
        learnt = self._phrases.are_learnt(piece)
        in_text = self._is_numbered(found)
        return Claim(
            sought=sought,
            piece=piece,
            in_subject=in_text
            and self._is_numbered(frozenset(traits(piece.first.subject))),
            in_text=in_text,
            answers_to=bool(sought.address) and sought.address in piece.repliers,
            is_from=bool(sought.address) and sought.address in piece.senders,
            has_address=self._address in found,
            has_phone=bool(sought.phone) and sought.phone <= found,
            has_name=bool(sought.name) and sought.name <= found,
            is_foreign=self._is_foreign(piece),
            is_his_copy=bool(sought.address) and piece.recipients == (sought.address,),
            share=common / weight if weight else 0.0,
            cover=common / (common + rarity.weight(strange)) if common else 0.0,
            shared=len(shared),
            may_be_cut=len(shared) >= FEWEST_TO_COVER
            and (told >= FEWEST_TO_COVER or len(shared) > 2 * len(unknown)),
            strange=len(strange),
            says_little=is_notice
            and len(strange) <= (LITTLE if learnt else LITTLE_OF_A_STRANGER),
            is_notice=is_notice,
        )

    def _comparable(self, piece: Piece) -> float:
        """Return what those words weigh that the mail could hold.

        Of a very long mail only the smallest traits were kept.
        """
        if len(piece.traits) < MOST_TRAITS:
            return self._weight
        last = piece.traits[-1]
        return self._rarity.weight(word for word in self._words if word <= last)

    def _unknown(self, piece: Piece) -> frozenset[int]:
        """Return the mail's words that are not the inquiry's.

        Of a very long inquiry only the smallest traits were kept.
        """
        known = self._sought.known
        first = bisect_left(piece.traits, WORDS_FROM)
        end = len(piece.traits)
        if len(known) >= MOST_TRAITS:
            end = bisect_right(piece.traits, known[-1])
        return frozenset(piece.traits[first:end]) - self._known

    def _is_numbered(self, found: frozenset[int]) -> bool:
        sought = self._sought
        if sought.mark is not None:
            return sought.mark in found
        return bool(sought.entry) and sought.entry <= found

    def _is_foreign(self, piece: Piece) -> bool:
        address = self._sought.address
        if not address or not piece.repliers or address in piece.repliers:
            return False
        return not {*piece.repliers} <= {*piece.senders, *piece.recipients}
