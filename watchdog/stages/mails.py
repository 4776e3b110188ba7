"""Read what is new in a mailbox, and note the facts of people's mails in it."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from probes.errors import Refused
from probes.mail.mailbox import Bookmark, Folder, Letter, Mailbox, Role
from watchdog.ledger import Ledger
from watchdog.model import Mail, MailBookmark, MailboxName, MailKind
from watchdog.stages.collect import ends_of, pieces
from watchdog.stages.mail_facts import mail_of
from watchdog.stages.submit import Clock

log = structlog.get_logger()

WATCHED = timedelta(minutes=15)
"""Readings that follow each other so soon see nearly every mail that comes."""

QUICK = frozenset({Role.INBOX, Role.SPAM})
"""Where mail comes in: read again and again, so that little is deleted unseen."""


async def gather_mails(
    name: MailboxName,
    mailbox: Mailbox,
    ledger: Ledger,
    *,
    since: datetime,
    everywhere: bool,
    clock: Clock,
    tell: Callable[[str], None],
) -> None:
    """Write down the mails that arrived since then.

    `everywhere` reads all folders but Drafts, Sent and Trash too; else those into
    which mail comes.  Nothing is marked as read.  Whatever ends it in the middle,
    the next reading goes on after the last piece.  Raise `ProbeError` if it cannot
    be read to its end.  `tell` hears the name of each folder.
    """
    reading = _Reading(
        name=name,
        mailbox=mailbox,
        ledger=ledger,
        since=since,
        began=clock(),
        clock=clock,
    )
    known = await ledger.mail_bookmarks(name)
    ends = await ends_of(mailbox, await _folders(mailbox))
    anew = [_anew(name, end, since=since) for _, end in ends]
    await ledger.record_folders(name, anew)
    for folder, end in ends:
        if everywhere or folder.role in QUICK:
            tell(folder.name)
            await reading.read(folder, end, known.get(folder.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One reading of some of a mailbox's folders."""

    name: MailboxName
    mailbox: Mailbox
    ledger: Ledger
    since: datetime
    began: datetime
    clock: Clock

    async def read(
        self, folder: Folder, end: Bookmark, before: MailBookmark | None
    ) -> None:
        """Write down what is new in a folder, piece by piece, to its end."""
        bookmark = _beginning(self.name, end, before, since=self.since)
        if bookmark.next_uid == end.next_uid:
            completed = _completed(bookmark, folder, before, self.began)
            await self.ledger.record_mails([], completed)
            return
        place: Bookmark | datetime = bookmark.since
        if bookmark.next_uid:
            place = replace(end, next_uid=bookmark.next_uid)
        async for news in pieces(self.mailbox, folder, place):
            mails = await self._mails(news.letters)
            bookmark = replace(
                bookmark,
                validity=news.bookmark.validity,
                next_uid=news.bookmark.next_uid,
            )
            if news.complete:
                bookmark = _completed(bookmark, folder, before, self.began)
            await self.ledger.record_mails(mails, bookmark)

    async def _mails(self, letters: Collection[Letter]) -> Sequence[Mail]:
        key = await self.ledger.key()
        seen_at = self.clock()
        read = [
            partial(mail_of, letter, self.name, key, seen_at=seen_at)
            for letter in letters
        ]
        # In a thread, since to read hundreds takes seconds.
        mails = await asyncio.to_thread(lambda: [mail() for mail in read])
        return [mail for mail in mails if mail.kind is not MailKind.OURS]


async def _folders(mailbox: Mailbox) -> Sequence[Folder]:
    """Return all folders but Drafts; raise `Refused` if there is no inbox.

    What is still being written is nobody's business.
    """
    folders = await mailbox.folders()
    if not any(folder.role is Role.INBOX for folder in folders):
        raise Refused("The mailbox has no inbox, or none of the name we were given.")
    return [folder for folder in folders if folder.role is not Role.DRAFTS]


def _beginning(
    name: MailboxName, end: Bookmark, known: MailBookmark | None, *, since: datetime
) -> MailBookmark:
    """Return where to begin, to know all mails since then.

    From then on, where numbers have begun anew or less was asked for before; all
    that was asked for before too, where it is to be read anew.
    """
    if (
        known
        and known.validity == end.validity
        and 0 < known.next_uid <= end.next_uid
        and known.since <= since
    ):
        return known
    if known and not known.next_uid:
        since = min(since, known.since)
    return _anew(name, end, since=since)


def _anew(name: MailboxName, end: Bookmark, *, since: datetime) -> MailBookmark:
    return MailBookmark(
        mailbox=name,
        folder=end.folder,
        validity=end.validity,
        next_uid=0,
        since=since,
        read_at=None,
        watched_from=None,
    )


def _completed(
    bookmark: MailBookmark,
    folder: Folder,
    before: MailBookmark | None,
    began: datetime,
) -> MailBookmark:
    """Return the bookmark of a folder that was read to its end."""
    if folder.role not in QUICK:
        return replace(bookmark, read_at=began)
    watched_from = began
    if before and before.read_at and began - before.read_at <= WATCHED:
        watched_from = before.watched_from or before.read_at
    return replace(bookmark, read_at=began, watched_from=watched_from)
