"""The door to a folder of `NAME.mbox` files, one a mail folder; read only.

A letter's `uid` is its place in the file: the offset of its `From ` line, plus
one.  So a bookmark is only good while the file grows at its end; `validity` is
made of the first message's beginning, and the bookmark must lie between two
messages (see `mbox_files`).  Else everything in the file counts as new.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from probes.errors import Refused
from probes.mail import mbox_files as files
from probes.mail.files import (
    change,
    folder_named,
    inbox_first,
    speaking_of,
)
from probes.mail.mailbox import Bookmark, Folder, Letter, News, Role, Tidy
from probes.mail.mbox_files import Box, Found
from probes.settings import MboxSettings

READ_ONLY = "An mbox file is only read: nothing in it is marked, moved or added."


class MboxMailbox:
    """A mailbox in mbox files: an export, an archive, or a test's."""

    def __init__(self, settings: MboxSettings) -> None:
        self._settings = settings
        self._known: object = None
        """What the inbox's file looked like when it was last read."""

    async def folders(self) -> Sequence[Folder]:
        """Return a folder for each `NAME.mbox`."""
        return await asyncio.to_thread(self._folders)

    async def bookmarks(self, folders: Sequence[Folder]) -> Sequence[Bookmark]:
        """Return where each file ends now."""
        return await asyncio.to_thread(
            lambda: [self._bookmark(folder) for folder in folders]
        )

    async def news(
        self, folder: Folder, since: Bookmark | datetime, *, most: int = 200
    ) -> News:
        """Return the messages beyond `since`, in the order of the file.

        A last message that is still being written is told as it is, and told
        again when it is whole.  Of a datetime, later pages may tell of older mail.
        """
        return await asyncio.to_thread(self._news, folder, since, most)

    async def wait(self, seconds: float) -> None:
        """Return when the inbox's file, or the folder, has changed since read."""
        await change(
            lambda: asyncio.to_thread(self._look),
            known=self._known,
            poll=self._settings.poll,
            seconds=seconds,
        )

    async def tidy(
        self,
        letters: Sequence[Letter],  # noqa: ARG002
        how: Tidy,
        *,
        folder: str,  # noqa: ARG002
    ) -> None:
        """Keep the messages; raise `Refused` for anything else."""
        if how is not Tidy.KEEP:
            raise Refused(READ_ONLY)

    async def append(
        self,
        folder: Folder,  # noqa: ARG002
        raw: bytes,  # noqa: ARG002
        *,
        flags: Sequence[str],  # noqa: ARG002
    ) -> None:
        """Raise `Refused`."""
        raise Refused(READ_ONLY)

    async def quota(self) -> None:
        """Return None: files know no quota of their own."""

    async def aclose(self) -> None:
        """Do nothing: no file is kept open."""

    def _folders(self) -> Sequence[Folder]:
        folders = [
            folder_named(name, separator=None, spam=self._settings.spam)
            for name in self._paths()
        ]
        return sorted(folders, key=inbox_first)

    def _paths(self) -> Mapping[str, Path]:
        with speaking_of(self._settings.path):
            return files.paths(self._settings.path)

    def _path(self, name: str) -> Path:
        path = self._paths().get(name)
        return path or self._settings.path / f"{name}.mbox"

    def _look(self) -> object:
        """Return what changes when mail comes into the inbox."""
        inbox = next((p for n, p in self._paths().items() if _is_inbox(n)), None)
        place = inbox or self._settings.path
        with speaking_of(place):
            about = place.stat()
        return place, about.st_mtime_ns, about.st_size

    def _bookmark(self, folder: Folder) -> Bookmark:
        path = self._path(folder.name)
        with speaking_of(path), files.opened(path) as box:
            return Bookmark(
                folder=folder.name, validity=box.validity, next_uid=box.size + 1
            )

    def _news(self, folder: Folder, since: Bookmark | datetime, most: int) -> News:
        if folder.role is Role.INBOX:
            self._known = self._look()
        path = self._path(folder.name)
        with speaking_of(path), files.opened(path) as box:
            start = box.place_of(since) if isinstance(since, Bookmark) else 0
            letters = (_letter(folder, box, found) for found in box.messages(start))
            wanted = (letter for letter in letters if _is_wanted(letter, since))
            page = list(islice(wanted, most + 1))
            complete = len(page) <= most
            next_uid = box.end + 1 if complete else page[most].uid
            bookmark = Bookmark(
                folder=folder.name, validity=box.validity, next_uid=next_uid
            )
        return News(
            folder=folder, letters=page[:most], bookmark=bookmark, complete=complete
        )


def _letter(folder: Folder, box: Box, found: Found) -> Letter:
    return Letter(
        folder=folder.name,
        role=folder.role,
        validity=box.validity,
        uid=found.start + 1,
        arrived_at=found.arrived_at or box.changed_at,
        size=found.size,
        raw=found.raw,
        is_read=found.is_read,
    )


def _is_wanted(letter: Letter, since: Bookmark | datetime) -> bool:
    return isinstance(since, Bookmark) or letter.arrived_at >= since


def _is_inbox(name: str) -> bool:
    return name.casefold() == "inbox"
