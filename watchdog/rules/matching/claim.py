"""What speaks for a piece of mail being an inquiry's message, apart from the time."""

from collections.abc import Sequence
from dataclasses import dataclass

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

ALIKE = 0.7
"""Two texts of one language share so many common words that less proves nothing."""
LITTLE = 6
"""Words of its own in a mail that says nothing, once we know its sender's phrases."""
LITTLE_OF_A_STRANGER = 25
"""Likewise, while his phrases cannot be told from what he has to say."""
FEWEST_TO_COVER = 5
"""Words that a cut message must share with the whole one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """All that an inquiry and a piece of mail have in common."""

    sought: Sought
    piece: Piece
    in_subject: bool
    """The entry's number stands in the subject."""
    in_text: bool
    """The entry's number is marked as one in the text."""
    answers_to: bool
    """Reply-To is the person's address."""
    is_from: bool
    """From is the person's address: he wrote it himself, or the site in his name."""
    has_address: bool
    has_phone: bool
    has_name: bool
    is_foreign: bool
    """Reply-To is an address of somebody else, neither sender nor recipient."""
    is_his_copy: bool
    """The site sent it to the person alone."""
    share: float
    """How much of the inquiry's words is in the mail, 0 to 1, rare words first."""
    cover: float
    """How much of the mail's own words is in the inquiry."""
    shared: int
    """Words in common."""
    may_be_cut: bool
    """Enough of it is the person's own for a message of which the rest was cut."""
    strange: int
    """Words of the mail that are neither the inquiry's nor its sender's phrases."""
    says_little: bool
    is_notice: bool
    """It speaks of forms, entries, messages, as notices do."""

    @property
    def likeness(self) -> float:
        """How alike the texts are; a message that was cut is like the whole one."""
        return max(self.share, self.cover if self.may_be_cut else 0.0)

    @property
    def is_known(self) -> bool:
        """Whether the person's address connects the two."""
        return self.answers_to or self.is_from or self.has_address

    @property
    def has_number(self) -> bool:
        """Whether the mail names the entry's number."""
        return self.in_subject or self.in_text

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything at all connects the two."""
        points = self.is_known or self.has_number or self.has_phone or self.has_name
        return points or self.likeness >= ALIKE

    @property
    def strength(self) -> float:
        """What this counts beside other claims; the time decides among equals."""
        text = 3.0 * self.share + self.cover if self.likeness >= ALIKE else 0.0
        return round(
            text
            + (4.0 if self.in_subject else 2.0 if self.in_text else 0.0)
            + (3.0 if self.answers_to else 2.5 if self.is_known else 0.0)
            + (1.0 if self.has_phone else 0.0)
            + (1.0 if self.has_name else 0.0),
            1,
        )


def claim(sought: Sought, piece: Piece, rarity: Rarity, phrases: Phrases) -> Claim:
    """Return what speaks for `piece` being the message of `sought`."""
    found = frozenset(piece.traits)
    words = _comparable(sought.words, piece)
    shared = found.intersection(words)
    known = phrases.of(piece)
    unknown = _unknown(sought, piece)
    strange = unknown - known
    told = shared - known
    weight, common = rarity.weight(words), rarity.weight(shared)
    address = bool(sought.address) and address_trait(sought.address) in found
    others = found.difference(sought.words)
    most = LITTLE if phrases.are_learnt(piece) else LITTLE_OF_A_STRANGER
    numbered = _is_numbered(sought, found)
    return Claim(
        sought=sought,
        piece=piece,
        in_subject=numbered
        and _is_numbered(sought, frozenset(traits(piece.first.subject))),
        in_text=numbered,
        answers_to=bool(sought.address) and sought.address in piece.repliers,
        is_from=bool(sought.address) and sought.address in piece.senders,
        has_address=address,
        has_phone=bool(sought.phone) and sought.phone <= found,
        has_name=bool(sought.name) and sought.name <= found,
        is_foreign=_is_foreign(sought, piece),
        is_his_copy=bool(sought.address) and piece.recipients == (sought.address,),
        share=common / weight if weight else 0.0,
        cover=common / (common + rarity.weight(strange)) if common else 0.0,
        shared=len(shared),
        may_be_cut=len(shared) >= FEWEST_TO_COVER
        and (len(told) >= FEWEST_TO_COVER or len(shared) > 2 * len(unknown)),
        strange=len(strange),
        says_little=len(strange) <= most and is_like_a_notice(others),
        is_notice=is_like_a_notice(others),
    )


def _comparable(words: Sequence[int], piece: Piece) -> frozenset[int]:
    """Return those words that the mail's traits would hold, if it had them.

    Of a very long mail only the smallest traits were kept.
    """
    if len(piece.traits) < MOST_TRAITS:
        return frozenset(words)
    return frozenset(word for word in words if word <= piece.traits[-1])


def _unknown(sought: Sought, piece: Piece) -> frozenset[int]:
    """Return those words of the mail that are not the inquiry's."""
    last = sought.known[-1] if len(sought.known) >= MOST_TRAITS else 1 << 32
    words = {trait for trait in piece.traits if WORDS_FROM <= trait <= last}
    return frozenset(words.difference(sought.known))


def _is_numbered(sought: Sought, found: frozenset[int]) -> bool:
    if sought.mark is not None:
        return sought.mark in found
    return bool(sought.entry) and sought.entry <= found


def _is_foreign(sought: Sought, piece: Piece) -> bool:
    others = {*piece.repliers}.difference(piece.senders, piece.recipients)
    return bool(sought.address and others) and sought.address not in others
