"""One mbox file: where its messages begin and end, and what they are.

RFC 4155 appendix A, and `>From ` quoting as in mboxrd (qmail's mbox(5)).
"""

import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from probes.errors import Unintelligible
from probes.mail import header, parts
from probes.mail.files import SETTLED_NS, time_of
from probes.mail.mailbox import MOST_BYTES, Bookmark

BLOCK = 1024 * 1024
LONGEST = 512
HEAD = 4096

FROM_LINE = re.compile(rb"From [^\n]{0,200}\d:\d\d[^\n]{0,200}\n[!-9;-~]{1,76}:")
"""With a time in it and a header field below, since bodies hold `From ` too."""

ASCTIME = re.compile(
    r" (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<time>\d{1,2}:\d\d(:\d\d)?)"
    r"( (?P<zone>[A-Z]{1,5}|[+-]\d{4}))? (?P<year>\d{4})"
)
STATUS = re.compile(rb"^Status:[ \t]*([A-Z]*)", re.IGNORECASE | re.MULTILINE)
"""`R` for read, `O` for old (mbox(5) of mutt and Dovecot)."""
QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
BLANK_LINE = re.compile(rb"\n\r?\n\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One message of the file; `start` is where its `From ` line is."""

    start: int
    arrived_at: datetime | None
    size: int
    raw: bytes
    is_read: bool | None


def paths(root: Path) -> Mapping[str, Path]:
    """Return the mbox files in a folder by the names of the mail folders."""
    return {
        path.stem: path
        for path in root.iterdir()
        if path.suffix.lower() == ".mbox" and path.stem.isprintable() and path.is_file()
    }


@contextmanager
def opened(path: Path) -> Iterator["Box"]:
    """Open a file for reading, as long as it is now."""
    with path.open("rb") as file:
        about = path.stat()
        head = file.read(HEAD + LONGEST)
        if head.strip() and not head.lstrip(b"\r\n").startswith(b"From "):
            raise Unintelligible(f"{path} is no mbox file: it must begin with “From ”.")
        yield Box(file, head, size=about.st_size, changed=about.st_mtime_ns)


class Box:
    """An open mbox file, which another program may be adding to."""

    def __init__(self, file: BinaryIO, head: bytes, *, size: int, changed: int) -> None:
        self._file = file
        self.size = size
        self.changed_at = time_of(changed)
        self.validity = _validity(head)
        self.end = 0
        """Where the next reading begins, once `messages` has come to its end."""
        self._settled = changed < time.time_ns() - SETTLED_NS

    def place_of(self, bookmark: Bookmark) -> int:
        """Return where to go on reading; 0 where the file is another one now."""
        place = bookmark.next_uid - 1
        if bookmark.validity != self.validity or place > self.size:
            return 0
        below = self._read(place, place + LONGEST).lstrip(b"\r\n")
        between_messages = not below or below.startswith(b"From ")
        return place if between_messages else 0

    def messages(self, start: int) -> Iterator[Found]:
        """Yield the messages from `start` on, holding one at a time."""
        self.end = start
        begin: int | None = None
        for place in self._starts(start):
            if begin is not None:
                yield self._message(begin, place)
            begin = self.end = place
        if begin is None:
            return
        if self._settled or BLANK_LINE.search(self._read(self.size - 3, self.size)):
            self.end = self.size
        yield self._message(begin, self.size)

    def _starts(self, start: int) -> Iterator[int]:
        """Yield the places of the `From ` lines."""
        if start == 0 and self._read(0, 5) == b"From ":
            yield 0  # the first one needs no other sign
        for base in range(start, self.size, BLOCK):
            before = max(0, base - 1)
            block = self._read(before, min(self.size, base + BLOCK + 2 * LONGEST))
            for found in FROM_LINE.finditer(block):
                place = before + found.start()
                starts_line = block[found.start() - 1 : found.start()] == b"\n"
                if starts_line and base <= place < base + BLOCK:
                    yield place

    def _message(self, start: int, end: int) -> Found:
        line, _, _ = self._read(start, min(end, start + LONGEST)).partition(b"\n")
        first = min(end, start + len(line) + 1)
        tail = BLANK_LINE.search(self._read(max(first, end - 3), end))
        end -= len(tail[0]) - 1 if tail else 0  # the blank line that ends it
        raw = self._read(first, min(end, first + MOST_BYTES))
        whole = QUOTED_FROM.sub(rb"\1", raw)
        return Found(
            start=start,
            arrived_at=_arrived_at(line.decode("ascii", "replace"), whole),
            size=end - first - (len(raw) - len(whole)),
            raw=whole,
            is_read=_is_read(whole),
        )

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(end - start)


def _validity(head: bytes) -> int:
    """Return a number that stays the same while the file only grows.

    It stands for the beginning of the first message, up to 4 KB.
    """
    end = re.search(rb"\n\r?\nFrom ", head)
    first = head[: end.start() if end else len(head)][:HEAD].rstrip(b"\r\n")
    digest = hashlib.blake2b(first, digest_size=4).digest()
    return (int.from_bytes(digest, "big") >> 1) or 1


def _is_read(raw: bytes) -> bool | None:
    """Return whether the message is marked as read; None where nothing is marked."""
    head = parts.HEADER.match(raw, 0, parts.MOST_HEADER)
    status = STATUS.search(raw, 0, head.end()) if head else None
    return b"R" in status[1].upper() if status else None


def _arrived_at(line: str, raw: bytes) -> datetime | None:
    """Return the time in the `From ` line (UTC, RFC 4155), else the Date's."""
    told = ASCTIME.search(line)
    if told:
        zone = told["zone"] or "+0000"
        stamp = f"{told['day']} {told['month']} {told['year']} {told['time']} {zone}"
        if arrived_at := header.date(stamp):
            return arrived_at
    headers, _ = parts.read(raw[: parts.MOST_HEADER])
    return header.date(headers.get("date", [""])[0])
