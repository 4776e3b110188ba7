"""The mails that may be inquiries' messages: their facts, never their text."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, tuple_

from watchdog.ledger.inquiry_tables import mail, mail_bookmark
from watchdog.ledger.rows import add, columns, fact, insert, pieces, put, values
from watchdog.model import Mail, MailBookmark, MailboxName, MailId

_MARKS = ("arrived_at", "message_id", "subject", "senders")
"""By what a mail is known again in a folder that was numbered anew."""


class BeyondMail(NamedTuple):
    """The last mail of a page: the next page begins after it."""

    arrived_at: datetime
    id: MailId


def mail_bookmarks(
    connection: Connection, mailbox: MailboxName
) -> Mapping[str, MailBookmark]:
    """Return how far each folder is read for people's mails, by the folder's name."""
    asked = select(*columns(MailBookmark, mail_bookmark)).where(
        mail_bookmark.c.mailbox == mailbox
    )
    rows = connection.execute(asked).mappings()
    return {row["folder"]: fact(MailBookmark, row) for row in rows}


def record_mails(
    connection: Connection, mails: Collection[Mail], bookmark: MailBookmark
) -> int:
    """Write down a piece of a folder, and how far it is read, at once.

    Return how many mails are new.  Of one that was seen in this folder before,
    the first sight stays, also where the folder has been numbered anew since.
    """
    known = _renumbered(connection, bookmark, [one.arrived_at for one in mails])
    new = insert(connection, mail).on_conflict_do_nothing()
    count = sum(
        connection.execute(new, _row(one)).rowcount
        for one in mails
        if _marks(values(one)) not in known
    )
    put(connection, mail_bookmark, values(bookmark))
    return count


def record_folders(
    connection: Connection, mailbox: MailboxName, bookmarks: Collection[MailBookmark]
) -> None:
    """Write down which folders a mailbox has, before they are read.

    Each that is new comes with a bookmark at its begin: nobody may take a mailbox
    for read whose new folders were not.  Those that it has no longer are forgotten.
    """
    for new in bookmarks:
        add(connection, mail_bookmark, new)
    is_there = {bookmark.folder for bookmark in bookmarks}
    for gone in mail_bookmarks(connection, mailbox).keys() - is_there:
        connection.execute(
            delete(mail_bookmark).where(
                mail_bookmark.c.mailbox == mailbox, mail_bookmark.c.folder == gone
            )
        )


def mails(
    connection: Connection,
    mailbox: MailboxName,
    *,
    since: datetime,
    until: datetime,
    beyond: BeyondMail | None = None,
    limit: int = 5000,
) -> Sequence[Mail]:
    """Return a page of the mails that arrived in that time, oldest first.

    From `since` on, and before `until`.
    """
    asked = select(*columns(Mail, mail)).where(
        mail.c.mailbox == mailbox,
        mail.c.arrived_at >= since,
        mail.c.arrived_at < until,
    )
    if beyond is not None:
        asked = asked.where(tuple_(mail.c.arrived_at, mail.c.id) > tuple_(*beyond))
    page = asked.order_by(mail.c.arrived_at, mail.c.id).limit(limit)
    return [fact(Mail, row) for row in connection.execute(page).mappings()]


def _row(each: Mail) -> Mapping[str, Any]:
    row = dict(values(each))
    del row["id"]
    return row


def _renumbered(
    connection: Connection, bookmark: MailBookmark, arrived: Sequence[datetime]
) -> set[tuple[object, ...]]:
    """Return by what the mails are known that the folder had by other numbers."""
    known: set[tuple[object, ...]] = set()
    for some in pieces(arrived):
        asked = select(*(mail.c[name] for name in _MARKS)).where(
            mail.c.mailbox == bookmark.mailbox,
            mail.c.arrived_at.in_(some),
            mail.c.folder == bookmark.folder,
            mail.c.validity != bookmark.validity,
        )
        known.update(_marks(dict(row)) for row in connection.execute(asked).mappings())
    return known


def _marks(told: Mapping[str, Any]) -> tuple[object, ...]:
    arrived_at, message_id, subject, senders = (told[name] for name in _MARKS)
    return arrived_at, message_id, subject, tuple(senders)
