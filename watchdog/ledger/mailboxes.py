"""What we have seen in mailboxes, and how far we have read them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, true, update

from probes.mail.mailbox import Bookmark
from watchdog.ledger import tables
from watchdog.ledger.replies import (
    next_reply_due_at,
    note_replies,
    oldest_reply_awaited,
)
from watchdog.ledger.rows import add, columns, fact, put, values
from watchdog.ledger.submissions import awaited_since, next_due_at
from watchdog.model import (
    Arrival,
    Blindness,
    Bounce,
    Look,
    MailboxName,
    Marker,
)

_submission = tables.submission
_BOOKMARKS = select(*columns(Bookmark, tables.bookmark)).where(
    tables.bookmark.c.mailbox == bindparam("mailbox")
)
_LOCK = (
    select(_submission.c.marker)
    .where(
        _submission.c.marker.in_(bindparam("markers", expanding=True)),
        _submission.c.mailbox == bindparam("mailbox"),
        _submission.c.awaited == true(),
    )
    .order_by(_submission.c.marker)
    .with_for_update()
)
_ARRIVED = (
    update(_submission)
    .where(_submission.c.marker == bindparam("arrived"))
    .values(awaited=False, judge_at=bindparam("seen_at"))
)


def before_look(
    connection: Connection, mailbox: MailboxName, *, since: datetime, after: datetime
) -> tuple[Mapping[str, Bookmark], datetime | None, datetime | None]:
    """Return what a look begins with.

    How far the mailbox is read; since when messages or replies are awaited there; and
    the next deadline of one.
    """
    awaited = (
        awaited_since(connection, mailbox, since=since),
        oldest_reply_awaited(connection, mailbox, since=since),
    )
    due = (
        next_due_at(connection, mailbox, after=after),
        next_reply_due_at(connection, mailbox, after=after),
    )
    return (
        bookmarks(connection, mailbox),
        min(filter(None, awaited), default=None),
        min(filter(None, due), default=None),
    )


def bookmarks(connection: Connection, mailbox: MailboxName) -> Mapping[str, Bookmark]:
    """Return how far each folder of the mailbox is read, by the folder's name."""
    rows = connection.execute(_BOOKMARKS, {"mailbox": mailbox}).mappings()
    return {row["folder"]: fact(Bookmark, row) for row in rows}


def record_news(
    connection: Connection,
    mailbox: MailboxName,
    bookmarks: Collection[Bookmark],
    arrivals: Collection[Arrival] = (),
    bounces: Collection[Bounce] = (),
    *,
    replies: Collection[Arrival] = (),
) -> Sequence[Arrival]:
    """Write down a piece of reading, and how far it went, at once.

    `replies` are arrivals of what was sent to visitors.  Return what was new.  Of a
    message seen twice the first stays, and what nobody awaits in this mailbox is left
    out.
    """
    new = _write_news(connection, mailbox, bookmarks, arrivals, bounces)
    return [*new, *note_replies(connection, replies, arrivals)]


def record_look(
    connection: Connection,
    look: Look,
    bookmarks: Collection[Bookmark] = (),
    arrivals: Collection[Arrival] = (),
    bounces: Collection[Bounce] = (),
    *,
    replies: Collection[Arrival] = (),
) -> Sequence[Arrival]:
    """Write down a completed reading with what it brought; as `record_news`.

    Nobody can see the look without its arrivals, and so take them for absent.
    """
    new = _write_news(connection, look.mailbox, bookmarks, arrivals, bounces)
    came = note_replies(connection, replies, arrivals)
    put(connection, tables.look, values(look), newest="looked_at")
    return [*new, *came]


def record_blindness(connection: Connection, blindness: Blindness) -> None:
    """Write down that the mailbox could not be read.

    Where it never will be, its submissions need not wait for their deadline.
    """
    put(connection, tables.blindness, values(blindness), newest="failed_at")
    if blindness.permanent:
        connection.execute(
            update(_submission)
            .where(
                _submission.c.mailbox == blindness.mailbox,
                _submission.c.awaited == true(),
                _submission.c.judge_at > blindness.failed_at,
            )
            .values(judge_at=blindness.failed_at)
        )


def arrival_of(connection: Connection, marker: Marker) -> Arrival | None:
    """Return where and when the message with this marker was seen first."""
    statement = select(*columns(Arrival, tables.arrival)).where(
        tables.arrival.c.marker == marker
    )
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else fact(Arrival, row)


def _write_news(
    connection: Connection,
    mailbox: MailboxName,
    bookmarks: Collection[Bookmark],
    arrivals: Collection[Arrival],
    bounces: Collection[Bounce],
) -> Sequence[Arrival]:
    markers = {arrival.marker for arrival in arrivals}
    markers |= {bounce.marker for bounce in bounces}
    known = _lock(connection, mailbox, markers)
    new = [
        arrival
        for arrival in arrivals
        if arrival.marker in known and add(connection, tables.arrival, arrival)
    ]
    for arrival in new:
        told = {"arrived": arrival.marker, "seen_at": arrival.seen_at}
        connection.execute(_ARRIVED, told)
    for bounce in bounces:
        if bounce.marker in known:
            add(connection, tables.bounce, bounce)
    for bookmark in bookmarks:
        row = {"mailbox": mailbox, **values(bookmark)}
        put(connection, tables.bookmark, row)
    return new


def _lock(
    connection: Connection, mailbox: MailboxName, markers: Collection[Marker]
) -> set[str]:
    """Return those markers that are awaited here, and hold their rows (PostgreSQL).

    What is forgotten is nobody's any more.  In one order, so that two readers
    never wait for each other; and a verdict waits until the arrival is written.
    """
    if not markers:
        return set()
    asked = {"mailbox": mailbox, "markers": list(markers)}
    return set(connection.execute(_LOCK, asked).scalars())
