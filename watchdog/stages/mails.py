"""Read what is new in a mailbox, and note the facts of people's mails in it."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
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
) -> datetime:
    """Write down the mails that arrived since then; return when we began.

    `everywhere` reads all folders but Drafts, Sent and Trash too; else those into
    which mail comes.  Nothing is marked as read.  Whatever ends it in the middle,
    the next reading goes on after the last piece.  Raise `ProbeError` if it cannot
    be read to its end.  `tell` hears the name of each folder.
    """
    began = clock()
    key = await ledger.key()
    known = await ledger.mail_bookmarks(name)
    folders = await _folders(mailbox, everywhere=everywhere)
    ends = await ends_of(mailbox, folders)
    for folder, end in ends:
        tell(folder.name)
        before = known.get(folder.name)
        bookmark = _beginning(name, end, before, since=since)
        if bookmark.next_uid == end.next_uid:
            completed = _completed(bookmark, folder, before, began)
            await ledger.record_mails([], completed)
            continue
        place: Bookmark | datetime = since
        if bookmark.next_uid:
            place = replace(end, next_uid=bookmark.next_uid)
        async for news in pieces(mailbox, folder, place):
            read = partial(_mails, news.letters, name, key, clock())
            mails = await asyncio.to_thread(read)
            bookmark = replace(
                bookmark,
                validity=news.bookmark.validity,
                next_uid=news.bookmark.next_uid,
            )
            if news.complete:
                bookmark = _completed(bookmark, folder, before, began)
            await ledger.record_mails(mails, bookmark)
    if everywhere:
        await ledger.forget_bookmarks(name, but=[end.folder for _, end in ends])
    return began


async def _folders(mailbox: Mailbox, *, everywhere: bool) -> Sequence[Folder]:
    """Return the folders to read; raise `Refused` if there is no inbox.

    What is still being written, in Drafts, is nobody's business.
    """
    folders = await mailbox.folders()
    if not any(folder.role is Role.INBOX for folder in folders):
        raise Refused("The mailbox has no inbox, or none of the name we were given.")
    return [
        folder
        for folder in folders
        if folder.role in QUICK or (everywhere and folder.role is not Role.DRAFTS)
    ]


def _beginning(
    name: MailboxName, end: Bookmark, known: MailBookmark | None, *, since: datetime
) -> MailBookmark:
    """Return where to begin, to know all mails since then.

    From then on, where numbers have begun anew or less was asked for before.
    """
    if (
        known
        and known.validity == end.validity
        and known.next_uid <= end.next_uid
        and known.since <= since
    ):
        return known
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


def _mails(
    letters: Collection[Letter], name: MailboxName, key: bytes, seen_at: datetime
) -> Sequence[Mail]:
    mails = [mail_of(letter, name, key, seen_at=seen_at) for letter in letters]
    return [mail for mail in mails if mail.kind is not MailKind.OURS]
