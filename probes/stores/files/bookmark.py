"""How far files have been read that grow, are renamed, compressed or replaced.

A file is known again by what is in it, whatever its name: by its first bytes, and
by those before the place to which it was read.  So nothing is lost or read twice
when a log is rotated, and what was written anew is read anew.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from probes.stores.files.lines import Place

SAMPLE = 1024
"""Bytes by which a file is known again, at its beginning and before the place."""
MOST_FILES = 400
"""Files that are kept in mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """How far one file has been read."""

    place: Place
    head: str
    tail: str
    stamp: str = ""
    """The file's number, size and time when it was read to its end."""

    def fits(self, file: BinaryIO) -> bool:
        """Return whether `file` holds what was read up to this bookmark."""
        offset = self.place.offset
        return self.head == _head(file, offset) and self.tail == _tail(file, offset)


def bookmark(file: BinaryIO, place: Place, stamp: str = "") -> Bookmark:
    """Return a bookmark at `place` of `file`."""
    head, tail = _head(file, place.offset), _tail(file, place.offset)
    return Bookmark(place=place, head=head, tail=tail, stamp=stamp)


def bookmark_in(file: BinaryIO, bookmarks: Sequence[Bookmark]) -> Bookmark | None:
    """Return the farthest bookmark that fits `file`, if it has been read before."""
    farthest = sorted(bookmarks, key=lambda each: -each.place.offset)
    return next((each for each in farthest if each.fits(file)), None)


def stamp_of(about: os.stat_result) -> str:
    """Return what changes when a file does."""
    return f"{about.st_ino}-{about.st_size}-{about.st_mtime_ns}"


def written(bookmarks: Sequence[Bookmark]) -> str:
    """Return `bookmarks` as a cursor."""
    return json.dumps(
        [
            [each.place.offset, each.place.line, each.head, each.tail, each.stamp]
            for each in bookmarks[:MOST_FILES]
        ],
        separators=(",", ":"),
    )


def read(cursor: str) -> Sequence[Bookmark]:
    """Return the bookmarks in a cursor; none where it is not one of these."""
    try:
        return [
            Bookmark(
                place=Place(offset=int(offset), line=int(line)),
                head=str(head),
                tail=str(tail),
                stamp=str(stamp),
            )
            for offset, line, head, tail, stamp in json.loads(cursor or "[]")
        ]
    except (ValueError, TypeError, RecursionError):
        return []


def _head(file: BinaryIO, offset: int) -> str:
    return _digest(file, 0, min(offset, SAMPLE))


def _tail(file: BinaryIO, offset: int) -> str:
    return _digest(file, max(0, offset - SAMPLE), min(offset, SAMPLE))


def _digest(file: BinaryIO, start: int, size: int) -> str:
    file.seek(start)
    return hashlib.blake2b(file.read(size), digest_size=6).hexdigest()
