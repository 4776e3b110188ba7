"""How much a word tells: what stands in every mail of a mailbox tells nothing."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log2

from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.traits import WORDS_FROM

BUCKETS = 1 << 20
"""Rare words may share one, and then count as a little less rare; memory stays flat."""
SAMPLE = 100
"""Mails of one sender from which we learn what he always says."""
FEWEST = 3
SHARE = 4
"""What stands in a quarter of a sender's mails is his form of words."""


class Rarity:
    """How many of a mailbox's mails hold a trait."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._total = len(pieces)
        self._counts = array("I", bytes(4 * BUCKETS))
        for piece in pieces:
            for trait in piece.traits:
                self._counts[trait % BUCKETS] += 1

    def count(self, trait: int) -> int:
        """Return how many mails hold it, or a little more."""
        return self._counts[trait % BUCKETS]

    def weight(self, traits: Iterable[int]) -> float:
        """Return what these traits tell together, in bits.

        Summed in one order, so that equal texts weigh the same to the last digit.
        """
        return sum(
            log2(1 + self._total / max(1, self._counts[trait % BUCKETS]))
            for trait in sorted(traits)
        )


class Phrases:
    """What each sender always says: labels, greetings, the foot of his mails."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._samples: dict[str, list[Piece]] = defaultdict(list)
        for piece in pieces:
            for sender in piece.senders:
                if len(self._samples[sender]) < SAMPLE:
                    self._samples[sender].append(piece)
        self._learnt: dict[str, frozenset[int]] = {}

    def of(self, piece: Piece) -> frozenset[int]:
        """Return the words of `piece`'s sender; none of one who wrote but twice."""
        said = (self._said(sender) for sender in piece.senders)
        return frozenset().union(*said)

    def _said(self, sender: str) -> frozenset[int]:
        if sender not in self._learnt:
            self._learnt[sender] = _phrases(self._samples.get(sender, ()))
        return self._learnt[sender]


def _phrases(pieces: Sequence[Piece]) -> frozenset[int]:
    if len(pieces) < FEWEST:
        return frozenset()
    counts: Mapping[int, int] = Counter(
        trait for piece in pieces for trait in piece.traits if trait >= WORDS_FROM
    )
    least = max(FEWEST, len(pieces) / SHARE)
    return frozenset(trait for trait, count in counts.items() if count >= least)
