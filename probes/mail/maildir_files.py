"""The files and folders of a Maildir++ tree, and how they are named.

cr.yp.to/proto/maildir.html for the folder; the Maildir++ specification
(courier-mta.org/imap/README.maildirquota.html) for folders within it.
"""

import hashlib
import os
import socket
import stat
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from probes.errors import Refused
from probes.mail import utf7

INBOX = "INBOX"
PARTS = ("new", "cur")
"""In the order in which they are read: messages move from `new` to `cur`."""

FLAGS: Mapping[str, str] = {
    "\\Seen": "S",
    "\\Answered": "R",
    "\\Flagged": "F",
    "\\Deleted": "T",
    "\\Draft": "D",
}
MOST_LISTINGS = 3

_numbers = count()


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One message file; sorts by when it came into its folder."""

    ctime: int
    place: str
    mtime: int
    size: int

    @property
    def path(self) -> Path:
        """The file; made on demand, since folders may hold 100,000."""
        return Path(self.place)

    @property
    def unique(self) -> str:
        """The part of the name that stays when flags change."""
        return self.place.rpartition("/")[2].partition(":")[0]

    @property
    def flags(self) -> str:
        """The letters after `:2,`."""
        return self.place.rpartition("/")[2].partition(":2,")[2]

    @property
    def uid(self) -> int:
        """A number of 63 bits that stands for the unique part."""
        digest = hashlib.blake2b(os.fsencode(self.unique), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1


def names(root: Path) -> Iterator[str]:
    """Yield the names of all folders, each readable and with dots between.

    A folder whose name is not UTF-8 or holds control characters is left out.
    """
    (root / "cur").stat()  # a tree without an inbox is none
    yield INBOX
    yield from (name for name in _folders(root) if name.isprintable())


def left_out(root: Path) -> Sequence[str]:
    """Return the folders that `names` leaves out, fit to be shown."""
    return sorted(ascii(name) for name in _folders(root) if not name.isprintable())


def _folders(root: Path) -> Iterator[str]:
    with os.scandir(root) as found:
        for entry in found:
            if entry.name.startswith(".") and Path(entry, "cur").is_dir():
                yield utf7.decode(entry.name[1:])


def path_of(root: Path, name: str) -> Path:
    """Return where the folder `name` lies; raise `Refused` where it cannot."""
    if name.casefold() == INBOX.casefold():
        return root
    if not all(name.split(".")) or "/" in name or "\0" in name:
        raise Refused(f"A folder of a Maildir cannot be named “{name}”.")
    literal = root / f".{name}"  # some programs write UTF-8, and encode nothing
    return literal if literal.is_dir() else root / f".{utf7.encode(name)}"


def stamp(path: Path) -> int:
    """Return when a file last came into the folder, or went, in nanoseconds.

    By the ctime, which nobody can set (`rsync -t` sets the mtime of folders).
    """
    return max((path / part).stat().st_ctime_ns for part in PARTS)


def entries(path: Path) -> Sequence[Entry]:
    """Return every message of a folder, in the order in which they came.

    A file that is renamed while the folder is listed may be passed over by the
    listing, so a folder that changed meanwhile is listed again.
    """
    found: dict[str, Entry] = {}
    for _ in range(MOST_LISTINGS):
        before = stamp(path)
        found |= {one.unique: one for part in PARTS for one in _listed(path / part)}
        if stamp(path) == before:
            break
    return sorted(found.values())


def find(path: Path, uids: Collection[int]) -> Sequence[Entry]:
    """Return the messages with these numbers, wherever in the folder they lie."""
    return [entry for entry in entries(path) if entry.uid in uids]


def made(path: Path, *, inbox: Path) -> Path:
    """Return `path` as a folder for mail, made if need be."""
    if not (path / "cur").is_dir():
        for part in ("tmp", *PARTS):
            (path / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        if path != inbox:
            (path / "maildirfolder").touch(mode=0o600)
        if os.geteuid() == 0:
            _give_to_owner(path, inbox.stat())
    return path


def _give_to_owner(path: Path, owner: os.stat_result) -> None:
    """Let root leave no folder behind that the mailbox's owner cannot open."""
    for each in (path, *path.iterdir()):
        os.chown(each, owner.st_uid, owner.st_gid)


def flag(entry: Entry, path: Path, letter: str) -> None:
    """Add a flag; a message with flags lies in `cur`."""
    flags = "".join(sorted({*entry.flags, letter}))
    entry.path.rename(path / "cur" / f"{entry.unique}:2,{flags}")


def move(entry: Entry, path: Path) -> None:
    """Move a message, under a new unique name that no other can have."""
    entry.path.rename(path / "cur" / f"{_unique()}:2,{entry.flags}")


def write(path: Path, raw: bytes, flags: Sequence[str]) -> None:
    """Write a message, safe against a crash: `tmp` first, synced, then renamed."""
    unique = _unique()
    letters = "".join(sorted(FLAGS[flag] for flag in flags if flag in FLAGS))
    place = path / "cur" / f"{unique}:2,{letters}" if letters else path / "new" / unique
    draft = path / "tmp" / unique
    draft.parent.mkdir(mode=0o700, exist_ok=True)
    with draft.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(place)


def _unique() -> str:
    """Return a name that no other delivery has: time, process, number, host."""
    seconds, rest = divmod(time.time_ns(), 10**9)
    host = socket.gethostname().replace("/", "_").replace(":", "_")
    return f"{seconds}.M{rest // 1000}P{os.getpid()}Q{next(_numbers)}.{host}"


def _listed(path: Path) -> Iterator[Entry]:
    with os.scandir(path) as found:
        for one in found:
            if one.name.startswith("."):
                continue
            try:
                about = one.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # renamed or deleted since; the next listing tells
            if stat.S_ISREG(about.st_mode):
                yield Entry(
                    about.st_ctime_ns, one.path, about.st_mtime_ns, about.st_size
                )
