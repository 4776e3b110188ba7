"""What we have seen in mailboxes, and how far we have read them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Table, select, true, update

from probes.mail.mailbox import Bookmark
from watchdog.ledger import tables
from watchdog.ledger.rows import add, columns, fact, insert, values
from watchdog.model import Arrival, Blindness, Bounce, Look, MailboxName, Marker


def bookmarks(connection: Connection, mailbox: MailboxName) -> Mapping[str, Bookmark]:
    """Return how far each folder of the mailbox is read, by the folder's name."""
    statement = select(*columns(Bookmark, tables.bookmark)).where(
        tables.bookmark.c.mailbox == mailbox
    )
    rows = connection.execute(statement).mappings().all()
    return {row["folder"]: fact(Bookmark, row) for row in rows}


def start_bookmarks(
    connection: Connection, mailbox: MailboxName, bookmarks: Collection[Bookmark]
) -> None:
    """Let reading begin at these bookmarks, in folders that have none yet."""
    for bookmark in bookmarks:
        new = insert(connection, tables.bookmark).values(
            mailbox=mailbox, **values(bookmark)
        )
        connection.execute(new.on_conflict_do_nothing())


def record_news(
    connection: Connection,
    mailbox: MailboxName,
    bookmarks: Collection[Bookmark],
    arrivals: Collection[Arrival] = (),
    bounces: Collection[Bounce] = (),
) -> Sequence[Arrival]:
    """Write down a piece of reading, and how far it went, at once.

    Return the arrivals that were new: of a message seen twice the first stays.
    """
    return _write_news(connection, mailbox, bookmarks, arrivals, bounces)


def record_look(
    connection: Connection,
    look: Look,
    bookmarks: Collection[Bookmark] = (),
    arrivals: Collection[Arrival] = (),
    bounces: Collection[Bounce] = (),
) -> Sequence[Arrival]:
    """Write down a completed reading with what it brought; as `record_news`.

    Nobody can see the look without its arrivals, and so take them for absent.
    """
    new = _write_news(connection, look.mailbox, bookmarks, arrivals, bounces)
    _keep_newest(connection, tables.look, values(look), "looked_at")
    return new


def record_blindness(connection: Connection, blindness: Blindness) -> None:
    """Write down that the mailbox could not be read.

    Where it never will be, its submissions need not wait for their deadline.
    """
    submission = tables.submission
    row = values(blindness)
    _keep_newest(connection, tables.blindness, row, "failed_at")
    if blindness.permanent:
        connection.execute(
            update(submission)
            .where(
                submission.c.mailbox == blindness.mailbox,
                submission.c.awaited == true(),
                submission.c.judge_at > blindness.failed_at,
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
    known = _lock(connection, markers)
    new = [
        arrival
        for arrival in arrivals
        if arrival.marker in known and add(connection, tables.arrival, arrival)
    ]
    for arrival in new:
        connection.execute(
            update(tables.submission)
            .where(tables.submission.c.marker == arrival.marker)
            .values(awaited=False, judge_at=arrival.seen_at)
        )
    for bounce in bounces:
        if bounce.marker in known:
            add(connection, tables.bounce, bounce)
    for bookmark in bookmarks:
        _move_bookmark(connection, mailbox, bookmark)
    return new


def _lock(connection: Connection, markers: Collection[Marker]) -> set[str]:
    """Return those markers that are ours still, and hold their rows (PostgreSQL).

    What is forgotten is nobody's any more.  In one order, so that two readers
    never wait for each other; and a verdict waits until the arrival is written.
    """
    if not markers:
        return set()
    submission = tables.submission
    statement = (
        select(submission.c.marker)
        .where(submission.c.marker.in_(markers))
        .order_by(submission.c.marker)
        .with_for_update()
    )
    return set(connection.execute(statement).scalars())


def _move_bookmark(
    connection: Connection, mailbox: MailboxName, bookmark: Bookmark
) -> None:
    row = values(bookmark)
    moved = insert(connection, tables.bookmark).values(mailbox=mailbox, **row)
    connection.execute(
        moved.on_conflict_do_update(index_elements=["mailbox", "folder"], set_=row)
    )


def _keep_newest(
    connection: Connection, table: Table, row: Mapping[str, object], at: str
) -> None:
    """Write the row in place of an older one: two readers may come out of order."""
    new = insert(connection, table).values(**row)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_=row,
            where=new.excluded[at] > table.c[at],
        )
    )
