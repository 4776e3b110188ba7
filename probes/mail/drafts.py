"""Where a letter is put that its writer has yet to finish: it is never sent by us."""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from probes.errors import Refused, Unintelligible
from probes.mail.mailbox import Folder, Mailbox, Role
from probes.mail.message import read_message

PAGE = 50
MOST_PAGES = 100
"""Read of a folder; beyond it, whoever looks for a draft does not find it."""

NO_FOLDER = (
    "The mailbox has no folder for drafts that we know. Make one called “Drafts”, or "
    "have the letters written into a folder of files (--eml)."
)


class Drafts(Protocol):
    """A place for drafts.  Both methods raise `ProbeError` and nothing else."""

    async def holds(self, name: str, message_id: str, *, since: datetime) -> bool:
        """Return whether the letter lies there, or was sent, since then."""
        ...

    async def put(self, name: str, raw: bytes) -> None:
        """Put a letter there."""
        ...


@dataclass(frozen=True, slots=True)
class MailboxDrafts:
    """The drafts folder of a mailbox: a letter is known again by its Message-ID."""

    mailbox: Mailbox

    async def holds(self, name: str, message_id: str, *, since: datetime) -> bool:
        """Return whether such a mail came into the drafts or the sent folder."""
        del name
        for folder in await self.mailbox.folders():
            is_asked = folder.role in {Role.DRAFTS, Role.SENT}
            if is_asked and await self._has(folder, message_id, since):
                return True
        return False

    async def put(self, name: str, raw: bytes) -> None:
        """Append the letter as a draft (RFC 3501 2.3.2)."""
        del name
        for folder in await self.mailbox.folders():
            if folder.role is Role.DRAFTS:
                await self.mailbox.append(folder, raw, flags=(r"\Draft", r"\Seen"))
                return
        raise Refused(NO_FOLDER)

    async def _has(self, folder: Folder, message_id: str, since: datetime) -> bool:
        news = await self.mailbox.news(folder, since, most=PAGE)
        for _ in range(MOST_PAGES):
            if any(_id_of(letter.raw) == message_id for letter in news.letters):
                return True
            if news.complete:
                break
            news = await self.mailbox.news(folder, news.bookmark, most=PAGE)
        return False


@dataclass(frozen=True, slots=True)
class FileDrafts:
    """A folder of .eml files, which mail programs open as letters to be finished."""

    folder: Path

    async def holds(self, name: str, message_id: str, *, since: datetime) -> bool:
        """Return whether there is a file of that name."""
        del message_id, since
        return await asyncio.to_thread((self.folder / f"{name}.eml").exists)

    async def put(self, name: str, raw: bytes) -> None:
        """Write a file that nobody else can read; never half of it.

        `X-Unsent` lets Outlook and others open it for writing, as a draft.
        """
        await asyncio.to_thread(self._write, name, b"X-Unsent: 1\r\n" + raw)

    def _write(self, name: str, raw: bytes) -> None:
        path = self.folder / f"{name}.eml"
        unfinished = path.with_suffix(".part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            with os.fdopen(os.open(unfinished, flags, 0o600), "wb") as file:
                file.write(raw)
            unfinished.replace(path)
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror}.") from error


def _id_of(raw: bytes) -> str:
    try:
        return read_message(raw).message_id
    except Unintelligible:
        return ""
