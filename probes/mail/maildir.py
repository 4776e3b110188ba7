"""The door to a Maildir++ tree on this machine.

Maildir has no numbers, and other programs rename its files at any time.  So:

- A letter's `uid` is made of the unique part of its file name, which stays the
  same from `new` to `cur` and through every change of flags.
- A bookmark's `next_uid` is a time in nanoseconds.  Every file whose ctime is
  not before it is news: Linux sets the ctime when a file is linked or renamed
  into a folder, even one with an old mtime (`rsync -t`, a copy by Dovecot).

A message may therefore be told twice (right after it came, or when its flags
change), but is never left out.  Dovecot's index files are not used.
"""

import asyncio
import time
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from probes.mail import maildir_files as files
from probes.mail.files import (
    SETTLED_NS,
    change,
    folder_named,
    inbox_first,
    speaking_of,
    time_of,
)
from probes.mail.mailbox import (
    MOST_BYTES,
    Bookmark,
    Folder,
    Letter,
    News,
    Role,
    Tidy,
)
from probes.mail.maildir_files import Entry
from probes.settings import MaildirSettings

VALIDITY = 1
"""Names and times stay comparable for ever."""


class MaildirMailbox:
    """A mailbox in a Maildir++ tree."""

    def __init__(self, settings: MaildirSettings) -> None:
        self._settings = settings
        self._known = 0
        """The inbox's stamp when it was last read, once that has settled."""

    async def folders(self) -> Sequence[Folder]:
        """Return the inbox and every `.Name` beside its `cur`."""
        return await asyncio.to_thread(self._folders)

    async def bookmarks(self, folders: Sequence[Folder]) -> Sequence[Bookmark]:
        """Return where each folder ends; no listing is read."""
        return await asyncio.to_thread(
            lambda: [self._bookmark(folder) for folder in folders]
        )

    async def news(
        self, folder: Folder, since: Bookmark | datetime, *, most: int = 200
    ) -> News:
        """Return what came into `folder`; of files with one stamp, all at once.

        A datetime is compared with the mtime, in which mail programs keep the
        time of arrival; later pages may also tell of older mail.
        """
        return await asyncio.to_thread(self._news, folder, since, most)

    async def wait(self, seconds: float) -> None:
        """Return when the inbox has changed since it was last read."""
        inbox = self._settings.path
        await change(
            lambda: asyncio.to_thread(self._stamp, inbox),
            known=self._known,
            poll=self._settings.poll,
            seconds=seconds,
        )

    async def tidy(self, letters: Sequence[Letter], how: Tidy, *, folder: str) -> None:
        """Flag, move or delete the files with the letters' unique names."""
        uids = {letter.uid for letter in letters if letter.validity == VALIDITY}
        if how is not Tidy.KEEP and uids:
            place = self._path(letters[0].folder)
            await asyncio.to_thread(self._tidy, place, uids, how, folder)

    async def append(self, folder: Folder, raw: bytes, *, flags: Sequence[str]) -> None:
        """Write a message to `tmp`, then move it into place, as Maildir wants."""
        await asyncio.to_thread(self._append, folder, raw, flags)

    async def quota(self) -> None:
        """Return None: files know no quota of their own."""

    async def aclose(self) -> None:
        """Do nothing: no file is kept open."""

    def _folders(self) -> Sequence[Folder]:
        with speaking_of(self._settings.path):
            names = list(files.names(self._settings.path))
        folders = [
            folder_named(name, separator=".", spam=self._settings.spam)
            for name in names
        ]
        return sorted(folders, key=inbox_first)

    def _path(self, name: str) -> Path:
        return files.path_of(self._settings.path, name)

    def _stamp(self, path: Path) -> int:
        with speaking_of(path):
            return files.stamp(path)

    def _bookmark(self, folder: Folder) -> Bookmark:
        end = _end(self._stamp(self._path(folder.name)), now=time.time_ns())
        return Bookmark(folder=folder.name, validity=VALIDITY, next_uid=end)

    def _news(self, folder: Folder, since: Bookmark | datetime, most: int) -> News:
        path = self._path(folder.name)
        now = time.time_ns()
        stamp = self._stamp(path)
        end = _end(stamp, now=now)
        if folder.role is Role.INBOX:
            self._known = stamp if end > stamp else 0
        if isinstance(since, Bookmark) and stamp < end <= since.next_uid <= now:
            return News(folder=folder, letters=(), bookmark=since, complete=True)
        with speaking_of(path):
            entries = files.entries(path)
            found = [entry for entry in entries if _is_news(entry, since, now)]
            page = _page(found, most)
            letters = [_letter(folder, entry) for entry in page]
        if len(page) < len(found):
            end = found[len(page)].ctime
        elif entries:
            end = max(end, min(entries[-1].ctime + 1, now - SETTLED_NS))
        read = [letter for letter in letters if letter]
        return News(
            folder=folder,
            letters=read,
            bookmark=Bookmark(folder=folder.name, validity=VALIDITY, next_uid=end),
            complete=len(read) == len(found),
        )

    def _tidy(self, path: Path, uids: Collection[int], how: Tidy, folder: str) -> None:
        target = self._path(folder) if how is Tidy.MOVE else path
        if how is Tidy.MOVE and target == path:
            return
        with speaking_of(path):
            for entry in files.find(path, uids):
                if how is Tidy.DELETE:
                    entry.path.unlink(missing_ok=True)
                elif how is Tidy.READ:
                    files.flag(entry, path, "S")
                else:
                    files.move(entry, files.made(target, inbox=self._settings.path))

    def _append(self, folder: Folder, raw: bytes, flags: Sequence[str]) -> None:
        path = self._path(folder.name)
        with speaking_of(path):
            files.made(path, inbox=self._settings.path)
            files.write(path, raw, flags)


def _end(stamp: int, *, now: int) -> int:
    """Return the time before which every file in a folder is known.

    A stamp as young as the clock's grain may be given once more, so it counts
    only when it has settled; one from the future does not count.
    """
    return stamp + 1 if stamp < now - SETTLED_NS else min(stamp, now) - SETTLED_NS


def _is_news(entry: Entry, since: Bookmark | datetime, now: int) -> bool:
    """Return whether a file came after `since`.

    With a bookmark from the future the clock has been put back since, and no
    stamp can be trusted: then everything counts.
    """
    if isinstance(since, datetime):
        return entry.mtime >= int(since.timestamp() * 1e9)
    stale = since.validity != VALIDITY or since.next_uid > now
    return stale or entry.ctime >= since.next_uid


def _page(found: Sequence[Entry], most: int) -> Sequence[Entry]:
    """Return the first `most`, and those with the last one's stamp.

    Else reading from the bookmark would begin with them again, for ever.
    """
    page = list(found[:most])
    for entry in found[most:]:
        if entry.ctime != page[-1].ctime:
            break
        page.append(entry)
    return page


def _letter(folder: Folder, entry: Entry) -> Letter | None:
    """Read one message, or return None where it was renamed under our hands."""
    try:
        with entry.path.open("rb") as file:
            raw = file.read(MOST_BYTES)
    except FileNotFoundError:
        return None
    return Letter(
        folder=folder.name,
        role=folder.role,
        validity=VALIDITY,
        uid=entry.uid,
        arrived_at=time_of(entry.mtime),
        size=entry.size,
        raw=raw,
        is_read="S" in entry.flags,
    )
