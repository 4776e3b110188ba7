"""What every mailbox can do, whatever protocol it speaks.

A mailbox is opened by its settings, tells its folders and where each of them
ends (`bookmarks`), and then reads what has come since.  Reading marks nothing
as read.  What is written is written only when asked, to the messages that are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a folder is for (RFC 6154 special use, or its known name)."""

    INBOX = "inbox"
    SPAM = "spam"
    SENT = "sent"
    DRAFTS = "drafts"
    TRASH = "trash"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One folder by its readable name (not modified UTF-7)."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """How far a folder has been read: everything below `next_uid` is known.

    Numbers are only comparable while `validity` stays the same (RFC 3501 2.3.1.1).
    """

    folder: str
    validity: int
    next_uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message as it lies in a folder."""

    folder: str
    role: Role
    validity: int
    uid: int
    arrived_at: datetime
    """When the mail host took it: INTERNALDATE, the file's time, or the From_ line."""
    size: int
    """Bytes of the whole message; `raw` may hold fewer."""
    raw: bytes
    """The message from its first byte, cut at the door's bound (`MOST_BYTES`)."""
    is_read: bool | None = None
    """Whether somebody has opened it; None if the mailbox does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a folder held beyond a bookmark.

    `complete` is false where the reading stopped at a bound: then call again
    with `bookmark`, which lies where this reading ended.  Only a complete
    reading can show absence.
    """

    folder: Folder
    letters: Sequence[Letter]
    bookmark: Bookmark
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How much of a mailbox's room is taken: bytes, or messages."""

    used: int
    limit: int


MOST_BYTES = 256 * 1024
"""Read of one message: the marker rides early in the text, and in the header."""


class Tidy(StrEnum):
    """What becomes of a synthetic message after it has arrived."""

    KEEP = "keep"
    READ = "read"
    MOVE = "move"
    DELETE = "delete"


class Mailbox(Protocol):
    """An open mailbox.  Every method raises `ProbeError` and nothing else.

    Not for use by two tasks at once.  After any error the connection is gone:
    the next call opens a new one (so a caller need only wait and call again).
    """

    async def folders(self) -> Sequence[Folder]:
        """Return all folders that can hold mail, inbox first."""
        ...

    async def bookmarks(self, folders: Sequence[Folder]) -> Sequence[Bookmark]:
        """Return where each folder ends now, at a cost apart from its size."""
        ...

    async def news(
        self, folder: Folder, since: Bookmark | datetime, *, most: int = 200
    ) -> News:
        """Return up to `most` messages beyond `since`, oldest first.

        With a bookmark of another validity, or a datetime, everything the mail
        host took since that time (or, for a stale bookmark, everything) counts.
        """
        ...

    async def wait(self, seconds: float) -> None:
        """Return when the inbox may have changed, or after `seconds`.

        By IDLE where the server can push, else after the polling interval.
        Coming back early is always allowed; it is never a proof of anything.
        """
        ...

    async def tidy(self, letters: Sequence[Letter], how: Tidy, *, folder: str) -> None:
        """Mark read, move to `folder` (made if need be), or delete these messages.

        They lie in one folder.  One that is no longer there is left out, and so are
        all of them if the folder's validity has changed since: no other message is
        ever touched.
        """
        ...

    async def append(self, folder: Folder, raw: bytes, *, flags: Sequence[str]) -> None:
        """Add a message to `folder` (at least once: a lost answer may double it)."""
        ...

    async def quota(self) -> Quota | None:
        """Return the inbox's fullest quota, or None where nobody tells of one."""
        ...

    async def aclose(self) -> None:
        """Let go of the connection; the mailbox is not used again."""
        ...
