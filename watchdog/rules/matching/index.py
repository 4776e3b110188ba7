"""Which pieces of mail are worth comparing with an inquiry: never all with all."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from operator import itemgetter

from watchdog.rules.matching.decision import LATEST, MOST_ZONES, SKEW
from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.rarity import Rarity
from watchdog.rules.matching.sought import Sought

RAREST = 6
"""Words of an inquiry by which mails are looked up."""
MOST_MARKS = 8
FOLLOWING, PRECEDING = 30, 10
"""Mails of one word that are worth a look, nearest to the inquiry first."""
MOST = 10
"""Mails that are compared with one inquiry."""


class Index:
    """Finds the pieces that share something rare with an inquiry."""

    def __init__(
        self, pieces: Sequence[Piece], soughts: Sequence[Sought], rarity: Rarity
    ) -> None:
        self._pieces = pieces
        self._times = array("d", (piece.at for piece in pieces))
        self._rarity = rarity
        self._words = {id(sought): self._rarest(sought) for sought in soughts}
        wanted = {
            key
            for sought in soughts
            for key in (*self._words[id(sought)], *_marks(sought))
        }
        self._places: dict[int, array[int]] = {key: array("I") for key in wanted}
        for place, piece in enumerate(pieces):
            for key in wanted.intersection((*piece.traits, *piece.pointers())):
                self._places[key].append(place)

    def near(self, sought: Sought) -> Iterator[Piece]:
        """Yield the pieces to compare with `sought`, the likeliest first."""
        counts: Counter[int] = Counter()
        for key in _marks(sought):
            for place in self._near(self._places[key], sought.at):
                counts[place] += 2 * RAREST
        for key in self._words[id(sought)]:
            counts.update(self._near(self._places[key], sought.at))
        best = sorted(
            counts,
            key=lambda place: (
                -counts[place],
                abs(self._times[place] - sought.at),
                place,
            ),
        )
        yield from (self._pieces[place] for place in best[:MOST])

    def _rarest(self, sought: Sought) -> Sequence[int]:
        """Return the words that are in the fewest mails, and those of the name."""
        counts = ((self._rarity.count(word), word) for word in sought.words)
        found = nsmallest(RAREST, filter(itemgetter(0), counts))
        return [*(word for _, word in found), *sorted(sought.name)[:MOST_MARKS]]

    def _near(self, places: Sequence[int], at: float) -> Sequence[int]:
        """Return those places whose mails came near a time, by halving."""
        start = bisect_left(places, at - SKEW, key=self._times.__getitem__)
        first = bisect_left(places, at - MOST_ZONES, key=self._times.__getitem__)
        last = bisect_left(places, at + LATEST, key=self._times.__getitem__)
        return places[max(first, start - PRECEDING) : min(last, start + FOLLOWING)]


def _marks(sought: Sought) -> Sequence[int]:
    """Return what points to this person or entry, and hardly to another."""
    numbers = {*sought.entry} if sought.mark is None else {sought.mark}
    return sorted(sought.pointers | numbers)[:MOST_MARKS]
