"""What PHP's `serialize` wrote, read as plain values.  Pure; nothing is ever run.

The format is told at https://www.php.net/manual/en/function.serialize.php and, sign
by sign, at https://www.phpinternalsbook.com/php5/classes_objects/serialization.html.
"""

import re
from collections.abc import Mapping
from typing import TypeAlias

from probes.errors import Unintelligible

Php: TypeAlias = "str | int | float | bool | Mapping[str, Php] | None"
"""An array, and an object, is a mapping; a number that is a key is a text here."""

MOST_DEPTH = 20
MOST_VALUES = 10_000

HEAD = re.compile(
    rb"(?P<null>N);"
    rb"|b:(?P<bool>[01]);"
    rb"|i:(?P<int>[+-]?\d{1,20});"
    rb"|d:(?P<float>[+-]?(?:INF|NAN|[\d.]{1,400}(?:[eE][+-]?\d{1,4})?));"
    rb"|s:(?P<length>\d{1,9}):\""
    rb"|a:(?P<count>\d{1,9}):\{"
    rb"|O:\d{1,4}:\"[^\"]{1,255}\":(?P<fields>\d{1,9}):\{"
    rb"|[rR]:(?P<reference>\d{1,9});"
)
SERIALIZED = re.compile(r"(?:a:\d+:\{.*\}|O:\d+:\".*\}|[sidb]:.*;|N;)\Z", re.DOTALL)


def is_serialized(text: str) -> bool:
    """Tell whether a text looks like PHP's; WordPress writes lists so."""
    return SERIALIZED.match(text) is not None


def unserialized(text: str) -> Php:
    """Return the one value that `text` holds.

    Lengths in it count bytes of UTF-8.  Of an object only the public fields are
    read; a reference to an array is None, since it may hold itself.  Raises
    `Unintelligible` where anything is cut off, too deep, too much or left over.
    """
    reader = _Reader(text.encode("utf-8", "surrogatepass"))
    try:
        value = reader.value(0)
    except ValueError as error:  # also a number that is none
        raise Unintelligible(
            f"A value that PHP has written is damaged: {error}."
        ) from None
    if reader.place != len(reader.data):
        raise Unintelligible("What PHP has written goes on after its end.")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0
        self._slots: list[Php] = []

    def value(self, depth: int) -> Php:
        head = HEAD.match(self.data, self.place)
        if head is None:
            raise ValueError("it does not go on as it should")
        self.place = head.end()
        found = head.groupdict()
        if found["reference"]:
            return self._referred(int(found["reference"]))
        if len(self._slots) >= MOST_VALUES:
            raise ValueError("it holds too much")
        slot = len(self._slots)
        self._slots.append(None)
        if found["count"] or found["fields"]:
            return self._array(int(found["count"] or found["fields"]), depth + 1)
        self._slots[slot] = value = self._scalar(found)
        return value

    def _scalar(self, found: Mapping[str, bytes | None]) -> Php:
        if found["length"]:
            return self._string(int(found["length"]))
        if found["int"]:
            return int(found["int"])
        if found["float"]:
            return float(found["float"])
        return None if found["null"] else found["bool"] == b"1"

    def _string(self, length: int) -> str:
        end = self.place + length
        if self.data[end : end + 2] != b'";':
            raise ValueError("a text in it is not as long as it says")
        text = self.data[self.place : end].decode("utf-8", "replace")
        self.place = end + 2
        return text

    def _array(self, count: int, depth: int) -> Mapping[str, Php]:
        if depth > MOST_DEPTH:
            raise ValueError("it is nested too deeply")
        items: dict[str, Php] = {}
        for _ in range(count):
            key = self._key()
            value = self.value(depth)
            # The name of a field that is not public begins with a NUL.
            if not key.startswith("\0"):
                items[key] = value
        if self.data[self.place : self.place + 1] != b"}":
            raise ValueError("an array in it does not end")
        self.place += 1
        return items

    def _key(self) -> str:
        head = HEAD.match(self.data, self.place)
        if head is None or not (head["length"] or head["int"]):
            raise ValueError("a key in it is none")
        self.place = head.end()
        return (
            self._string(int(head["length"]))
            if head["length"]
            else str(int(head["int"]))
        )

    def _referred(self, number: int) -> Php:
        return self._slots[number - 1] if 0 < number <= len(self._slots) else None
