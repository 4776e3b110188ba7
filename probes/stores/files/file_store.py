"""A store of files: read piece by piece, as they grow, are rotated or replaced."""

import asyncio
import os
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from probes.errors import Refused
from probes.stores.files import bookmark
from probes.stores.files.bookmark import Bookmark
from probes.stores.files.found import Format, Found, Unfit
from probes.stores.files.lines import START, Place
from probes.stores.files.unpacked import DAMAGED, matching, opened, speaking_of
from probes.stores.store import Entry, Piece

MOST_READ = 128 * 1024 * 1024
"""Bytes read for one piece."""
MOST_SKIPPED = 100
A_DAY = timedelta(days=1)
SETTLED = 2.0
"""Seconds: what has not been touched for so long is not being written just now."""


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What has been read for one piece so far."""

    since: datetime
    most: int
    left: list[Bookmark]
    """Of earlier readings, and not found again yet."""
    kept: list[Bookmark] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    bytes: int = 0
    is_growing: bool = False
    """Whether an entry lies where a file ends, and is perhaps being written."""

    @property
    def is_full(self) -> bool:
        return len(self.entries) >= self.most or self.bytes >= MOST_READ

    def take(self, found: Found, path: Path) -> None:
        self.bytes += found.after.offset - found.begin.offset
        if found.entry and found.entry.submitted_at >= self.since:
            self.entries.append(found.entry)
        if found.problem and len(self.skipped) < MOST_SKIPPED:
            line = found.begin.line + 1
            self.skipped.append(f"{path}, line {line} {found.problem}.")


class FileStore:
    """Files of one format, each read on from where the last reading ended."""

    def __init__(self, path: Path, read: Format, *, is_log: bool = False) -> None:
        self._path = path
        self._format = read
        self._is_log = is_log
        """Whether a file holds nothing younger than its last change."""

    async def read(
        self, *, since: datetime, cursor: str = "", most: int = 500
    ) -> Piece:
        """Return a piece, as `Store.read` promises, in the order of the file.

        A row in the making is waited for, up to two seconds; what is told of it
        then is told again when it has grown.
        """
        piece, is_growing = await asyncio.to_thread(self._read, since, cursor, most)
        if is_growing:
            await asyncio.sleep(SETTLED)
            piece, _ = await asyncio.to_thread(self._read, since, cursor, most)
        return piece

    async def aclose(self) -> None:
        """Do nothing: no file is kept open."""

    def _read(self, since: datetime, cursor: str, most: int) -> tuple[Piece, bool]:
        left = list(bookmark.read(cursor))
        reading = _Reading(since=since, most=most, left=left)
        is_last = all(
            self._read_file(path, about, reading)
            for path, about in matching(self._path)
        )
        piece = Piece(
            entries=sorted(reading.entries, key=attrgetter("submitted_at")),
            cursor=bookmark.written(reading.kept + ([] if is_last else reading.left)),
            is_last=is_last,
            skipped=reading.skipped,
        )
        return piece, reading.is_growing

    def _read_file(self, path: Path, about: os.stat_result, reading: _Reading) -> bool:
        """Read on in one file; return whether its end was reached."""
        stamp = bookmark.stamp_of(about)
        known = next((each for each in reading.left if each.stamp == stamp), None)
        if known:
            reading.left.remove(known)
            reading.kept.append(known)
            return True
        if reading.is_full:
            return False
        if self._is_log and about.st_mtime < (reading.since - A_DAY).timestamp():
            return True
        with speaking_of(path), opened(path) as file:
            try:
                return self._read_on(file, path, about, reading)
            except DAMAGED as error:
                if isinstance(error, OSError) and error.errno is not None:
                    raise
        reading.skipped.append(
            f"{path} is damaged or far too big: it cannot be unpacked to its end."
        )
        reading.kept.append(Bookmark(place=START, head="", tail="", stamp=stamp))
        return True

    def _read_on(
        self, file: BinaryIO, path: Path, about: os.stat_result, reading: _Reading
    ) -> bool:
        known = bookmark.bookmark_in(file, reading.left)
        if known:
            reading.left.remove(known)
        place = known.place if known else START
        held: Place | None = None
        is_fresh = time.time() - about.st_mtime < SETTLED
        is_end = True
        try:
            for found in self._format(file, place):
                place = found.after
                reading.take(found, path)
                if not found.is_whole:
                    held = held or found.begin
                    reading.is_growing |= is_fresh and found.entry is not None
                if reading.is_full:
                    is_end = False
                    break
        except Unfit as error:
            raise Refused(f"{path} {error}") from error
        if is_end:
            place = held or place
        stamp = bookmark.stamp_of(about) if is_end else ""
        reading.kept.append(bookmark.bookmark(file, place, stamp))
        return is_end
