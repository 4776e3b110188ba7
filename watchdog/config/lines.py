"""On which line of a TOML text each key stands; tomllib does not tell."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Key = tuple[str | int, ...]
"""The way to a value: names of tables and keys, numbers in arrays from 0."""

TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*')"
    r"|(?P<newline>\n)"
    r"|(?P<mark>[\[\]{}=,.])"
    r"|(?P<word>[A-Za-z0-9_-]+)"
    r"|(?P<rest>\#[^\n]*|[^\S\n]+|.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of TOML that means something, and the line it begins on."""

    kind: str
    text: str
    line: int


def lines_of(text: str) -> dict[Key, int]:
    """Return the line of each key, table and array element of valid TOML.

    Only for what tomllib has accepted: what it would refuse is not understood.
    """
    scanner = _Scanner(tokens=list(_tokens(text)))
    scanner.document()
    return scanner.lines


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind != "rest":
            yield Token(kind, match.group(), line)
        line += match.group().count("\n")
    yield Token("end", "", line)


@dataclass(slots=True)
class _Scanner:
    tokens: list[Token]
    at: int = 0
    lines: dict[Key, int] = field(default_factory=dict)
    lengths: dict[Key, int] = field(default_factory=dict)
    """How many tables each array of tables has so far."""

    def document(self) -> None:
        table: Key = ()
        while self._next().kind != "end":
            if self._takes("\n"):
                continue
            if self._takes("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Key:
        """Read `[a.b]` or `[[a.b]]` and return the table that it opens.

        A name of an array of tables means its newest table.
        """
        is_array = self._takes("[")
        line = self._next().line
        *outer, last = self._name()
        key: Key = ()
        for part in outer:
            key = self._newest((*key, part), line)
        key = (*key, last)
        if is_array:
            self.lengths[key] = self.lengths.get(key, 0) + 1
        key = self._newest(key, line)
        while not self._takes("\n") and self._next().kind != "end":
            self.at += 1
        return key

    def _newest(self, key: Key, line: int) -> Key:
        self.lines.setdefault(key, line)
        if key in self.lengths:
            key = (*key, self.lengths[key] - 1)
            self.lines.setdefault(key, line)
        return key

    def _pair(self, table: Key) -> None:
        line = self._next().line
        key = table
        for part in self._name():
            key = (*key, part)
            self.lines.setdefault(key, line)
        self._takes("=")
        self._value(key)

    def _name(self) -> list[str]:
        """Read a key of one or more parts with dots between them."""
        parts = []
        while self._next().kind in {"word", "text"}:
            token = self._take()
            quoted = token.kind == "text"
            # tomllib knows how a quoted key unescapes.
            parts.append(
                next(iter(tomllib.loads(f"{token.text}=0"))) if quoted else token.text
            )
            self._takes(".")
        return parts

    def _value(self, key: Key) -> None:
        self.lines.setdefault(key, self._next().line)
        if self._takes("["):
            self._array(key)
        elif self._takes("{"):
            while not self._takes("}"):
                if not self._takes(",") and not self._takes("\n"):
                    self._pair(key)
        else:
            while self._next().text not in {",", "]", "}", "\n", ""}:
                self.at += 1

    def _array(self, key: Key) -> None:
        index = 0
        while not self._takes("]"):
            if self._takes(","):
                index += 1
            elif not self._takes("\n"):
                self._value((*key, index))

    def _next(self) -> Token:
        return self.tokens[self.at]

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _takes(self, text: str) -> bool:
        """Step over the next token if it is `text`, and say so."""
        if self._next().text != text:
            return False
        self.at += 1
        return True
