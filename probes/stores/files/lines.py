"""The lines of a file, one by one, in whatever encoding they are.

Where a line ends is counted in bytes, so that a later reading can go on there.
"""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

MOST_LINE = 1024 * 1024
"""Bytes of a line that are read; the rest of a longer one is passed over."""

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Between two lines: bytes before it, and lines."""

    offset: int = 0
    line: int = 0


START = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, without its end; `after` is the place behind it."""

    text: str
    after: Place
    is_whole: bool = True
    """False where the file ends within it, so that more may come."""
    is_cut: bool = False
    """Whether it was longer than what is read of a line."""


class Lines:
    """The lines of an open file from a place on."""

    def __init__(self, file: BinaryIO, start: Place = START) -> None:
        self._file = file
        self.place = start
        """Behind the last line that was read."""
        file.seek(0)
        self._encoding, mark = _encoding(file.read(4))
        self._unit = 2 if self._encoding.startswith("utf-16") else 1
        self._newline = "\n".encode(self._encoding)
        self.back_to(Place(offset=mark) if start.offset < mark else start)

    def back_to(self, place: Place) -> None:
        """Go on from `place`, which an earlier line told."""
        self._file.seek(place.offset)
        self.place = place

    def next(self) -> Line | None:
        """Return the next line, or None at the end of the file."""
        raw = self._read(MOST_LINE)
        if not raw:
            return None
        size, last, is_cut = len(raw), raw, False
        while not self._ends(last):
            if not (last := self._read(MOST_LINE)):
                break
            size, is_cut = size + len(last), True
        place = self.place
        self.place = Place(offset=place.offset + size, line=place.line + 1)
        return Line(
            text=self._decoded(raw),
            after=self.place,
            is_whole=self._ends(last),
            is_cut=is_cut,
        )

    def _read(self, most: int) -> bytes:
        raw = self._file.readline(most)
        # Half of a wide character may look like the end of a line.
        while (
            raw and not self._ends(raw) and (len(raw) % self._unit or len(raw) < most)
        ):
            half = len(raw) % self._unit
            if not (more := self._file.read(1) if half else self._file.readline(most)):
                break
            raw += more
        return raw

    def _ends(self, raw: bytes) -> bool:
        return raw.endswith(self._newline) and len(raw) % self._unit == 0

    def _decoded(self, raw: bytes) -> str:
        """Return `raw` as text: what is not UTF-8 is taken for Windows Western."""
        try:
            text = raw.decode(self._encoding)
        except UnicodeDecodeError:
            western = "cp1252" if self._unit == 1 else self._encoding
            text = raw.decode(western, "replace")
        return text.replace("\0", "").removesuffix("\n").removesuffix("\r")


def _encoding(head: bytes) -> tuple[str, int]:
    """Return what a file's first bytes say of its encoding, and their own length."""
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name, len(mark)
    # UTF-16 without a mark: an ASCII letter has a zero byte for its other half.
    if re.fullmatch(rb"([^\0]\0){2}", head):
        return "utf-16-le", 0
    if re.fullmatch(rb"(\0[^\0]){2}", head):
        return "utf-16-be", 0
    return "utf-8", 0
