"""Reads the regular expressions that HTML fields really have."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PATTERN = 400
MOST_DEPTH = 8
MOST_DIGITS = 9
FOREVER = 10_000

DIGITS = (("0", "9"),)
LETTERS = (("a", "z"), ("A", "Z"))
SPACES = (("\t", "\r"), (" ", " "), ("\u00a0", "\u00a0"))
ANY = (("\0", "\U0010ffff"),)
CLASSES = {"d": DIGITS, "w": (*LETTERS, *DIGITS, ("_", "_")), "s": SPACES}
PROPERTIES = {
    "L": (*LETTERS, ("\u00c0", "\u024f")),
    "N": DIGITS,
    "Ll": (("a", "z"),),
    "Lu": (("A", "Z"),),
}
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}

Ranges = Sequence[tuple[str, str]]


class Unreadable(ValueError):
    """A pattern with something that we do not read, as `(?=…)`, or too costly."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One character within some ranges."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something, `least` to `most` times."""

    node: "Node"
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Either:
    """One of several sequences."""

    ways: Sequence[Sequence["Node"]]


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of the text."""

    end: bool


Node = Letter | Repeat | Either | Edge


def read(pattern: str) -> Node:
    """Return what `pattern` is made of; raises `Unreadable`."""
    return _Reader(pattern).whole()


class _Reader:
    """A pattern being read."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > MOST_PATTERN:
            raise Unreadable
        self._rest = pattern

    def whole(self) -> Node:
        node = self._either(0)
        if self._rest:
            raise Unreadable
        return node

    def _take(self, start: str) -> bool:
        if not self._rest.startswith(start):
            return False
        self._rest = self._rest[len(start) :]
        return True

    def _next(self) -> str:
        if not self._rest:
            raise Unreadable
        letter, self._rest = self._rest[0], self._rest[1:]
        return letter

    def _either(self, depth: int) -> Either:
        if depth > MOST_DEPTH:
            raise Unreadable
        ways: list[list[Node]] = [[]]
        while self._rest and not self._rest.startswith(")"):
            if self._take("|"):
                ways.append([])
            else:
                ways[-1].append(self._repeat(self._atom(depth)))
        return Either(ways)

    def _atom(self, depth: int) -> Node:
        letter = self._next()
        match letter:
            case "(":
                if self._rest.startswith("?") and not self._take("?:"):
                    raise Unreadable
                inner = self._either(depth + 1)
                if not self._take(")"):
                    raise Unreadable
                return inner
            case "[":
                return Letter(self._set())
            case "^" | "$":
                return Edge(end=letter == "$")
            case ".":
                return Letter(_but((("\n", "\n"), ("\r", "\r"))))
            case "\\":
                return Letter(self._escape())
            case "*" | "+" | "?" | "{":
                raise Unreadable
        return Letter(((letter, letter),))

    def _repeat(self, node: Node) -> Node:
        least, most = 1, 1
        if self._take("*"):
            least, most = 0, FOREVER
        elif self._take("+"):
            least, most = 1, FOREVER
        elif self._take("?"):
            least, most = 0, 1
        elif self._take("{"):
            least, most = self._counts()
        else:
            return node
        self._take("?")
        return Repeat(node, least, most)

    def _counts(self) -> tuple[int, int]:
        inside, brace, self._rest = self._rest.partition("}")
        low, comma, high = inside.partition(",")
        numbers = low + high
        if not (brace and low and numbers.isdecimal() and len(inside) <= MOST_DIGITS):
            raise Unreadable
        return int(low), int(high) if high else FOREVER if comma else int(low)

    def _escape(self) -> Ranges:
        letter = self._next()
        if letter in "pP" and self._take("{"):
            name, _, self._rest = self._rest.partition("}")
            if name not in PROPERTIES:
                raise Unreadable
            ranges: Ranges = PROPERTIES[name]
        elif letter.lower() in CLASSES:
            ranges = CLASSES[letter.lower()]
        else:
            return self._escaped_letter(letter)
        return _but(ranges) if letter.isupper() else ranges

    def _escaped_letter(self, letter: str) -> Ranges:
        if letter in "xu":
            digits = "".join(self._next() for _ in range(2 if letter == "x" else 4))
            try:
                letter = chr(int(digits, 16))
            except ValueError as error:
                raise Unreadable from error
        elif letter in ESCAPES:
            letter = ESCAPES[letter]
        elif letter.isalnum():
            raise Unreadable
        return ((letter, letter),)

    def _set(self) -> Ranges:
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        while not self._take("]"):
            low = self._in_set()
            if self._rest[:1] == "-" and self._rest[1:2] not in ("]", "") and _one(low):
                self._take("-")
                high = self._in_set()
                if not _one(high) or high[0][0] < low[0][0]:
                    raise Unreadable
                low = ((low[0][0], high[0][0]),)
            ranges.extend(low)
        if negated:
            return _but(ranges)
        if not ranges:
            raise Unreadable
        return ranges

    def _in_set(self) -> Ranges:
        letter = self._next()
        return self._escape() if letter == "\\" else ((letter, letter),)


def _one(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def _but(ranges: Ranges) -> Ranges:
    """Return all characters but those of `ranges`."""
    left, after = [], 0
    for low, high in sorted(ranges):
        if ord(low) > after:
            left.append((chr(after), chr(ord(low) - 1)))
        after = max(after, ord(high) + 1)
    if after <= ord(ANY[0][1]):
        left.append((chr(after), ANY[0][1]))
    return left or [("\0", "\0")]
