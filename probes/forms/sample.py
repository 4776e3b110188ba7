r"""What fits the pattern of a field, and samples that do, at a bounded cost.

Python's own `re` takes hours over `(\w+\s?)*`, and any page may ask for that.
"""

from collections.abc import Iterator, Sequence

from probes.forms.regex import (
    Edge,
    Either,
    Letter,
    Node,
    Ranges,
    Repeat,
    Unreadable,
    read,
)

MOST_TEXT = 400
MOST_STEPS = 20_000

PREFERRED = "a1A0- ._@+/,#:"
LENGTHS = (1, 3, 5, 8, 10, 2, 4, 6, 7, 9, 12, 16, 20, 32, 64, 0)


def fits(pattern: str, text: str) -> bool:
    """Tell whether `pattern` matches the whole of `text`, as HTML wants it.

    Raises `Unreadable`.
    """
    if len(text) > MOST_TEXT:
        raise Unreadable
    return len(text) in _Walk(text).ends(read(pattern), frozenset((0,)))


def samples(pattern: str) -> Iterator[str]:
    """Yield some texts that `pattern` probably matches, of different lengths.

    Raises `Unreadable`.
    """
    whole = read(pattern)
    for length in LENGTHS:
        for way in range(3):
            text = _sample(whole, length, way)
            if len(text) <= MOST_TEXT:
                yield text


def _sample(node: Node, times: int, way: int) -> str:
    match node:
        case Letter(ranges):
            known = (c for c in PREFERRED if _is_in(c, ranges))
            return next(known, ranges[0][0])
        case Repeat(inner, least, most):
            text = _sample(inner, times, way)
            count = max(least, min(times, most))
            return text * min(count, MOST_TEXT // max(len(text), 1) + 1)
        case Either(ways):
            chosen = ways[way % len(ways)]
            return "".join(_sample(part, times, way) for part in chosen)[
                : 2 * MOST_TEXT
            ]
        case Edge():
            return ""


def _is_in(letter: str, ranges: Ranges) -> bool:
    return any(low <= letter <= high for low, high in ranges)


class _Walk:
    """Where a pattern can end in a text: in sets of places, so none is tried twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._steps = 0

    def ends(self, node: Node, starts: frozenset[int]) -> frozenset[int]:
        self._steps += 1 + len(starts)
        if self._steps > MOST_STEPS:
            raise Unreadable
        match node:
            case Letter(ranges):
                letters = ((i, self._text[i : i + 1]) for i in starts)
                return frozenset(i + 1 for i, c in letters if c and _is_in(c, ranges))
            case Edge(end):
                return starts & {len(self._text) if end else 0}
            case Either(ways):
                return frozenset().union(*(self._after(way, starts) for way in ways))
            case Repeat():
                return self._repeated(node, starts)

    def _after(self, way: Sequence[Node], starts: frozenset[int]) -> frozenset[int]:
        for part in way:
            starts = self.ends(part, starts)
        return starts

    def _repeated(self, node: Repeat, starts: frozenset[int]) -> frozenset[int]:
        for _ in range(node.least):
            after = self.ends(node.node, starts)
            if after == starts:
                break
            starts = after
        reached, fresh = starts, starts
        for _ in range(node.most - node.least):
            fresh = self.ends(node.node, fresh) - reached
            if not fresh:
                break
            reached |= fresh
        return reached
