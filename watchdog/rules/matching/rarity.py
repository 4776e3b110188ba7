"""How much a word tells: what stands in every mail of a mailbox tells nothing."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum, log2

from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.traits import WORDS_FROM

MOST_BUCKETS = 1 << 20
"""Rare words may share one, and then count as a little less rare; memory stays flat."""
SAMPLE = 200
"""Mails of one sender from which we learn what he always says."""
ENOUGH = 20
"""With so many of them, what is left is what he has to say."""
FEWEST = 3
SHARE = 20
"""What stands in a twentieth of a sender's mails is a form of words."""


class Rarity:
    """How many of a mailbox's mails hold a trait."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        size = sum(len(piece.traits) for piece in pieces)
        self._buckets = min(MOST_BUCKETS, 1024 + 8 * size)
        self._counts = array("I", bytes(4 * self._buckets))
        counts, buckets = self._counts, self._buckets
        for piece in pieces:
            for trait in piece.traits:
                counts[trait % buckets] += 1
        most = max(self._counts)
        self._bits = [log2(1 + (1 + len(pieces)) / max(1, n)) for n in range(most + 1)]

    def count(self, trait: int) -> int:
        """Return how many mails hold it, or a little more."""
        return self._counts[trait % self._buckets]

    def weight(self, traits: Iterable[int]) -> float:
        """Return what these traits tell together, in bits; the same in any order."""
        counts, buckets = self._counts, self._buckets
        return fsum([self._bits[counts[trait % buckets]] for trait in traits])


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
        said = [self._said(sender) for sender in piece.senders]
        return said[0] if len(said) == 1 else frozenset().union(*said)

    def are_learnt(self, piece: Piece) -> bool:
        """Whether its sender wrote often enough for us to know his phrases."""
        counts = (len(self._samples.get(sender, ())) for sender in piece.senders)
        return max(counts, default=0) >= ENOUGH

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
