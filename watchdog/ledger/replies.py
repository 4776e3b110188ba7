"""The replies that visitors are to get: which are awaited, and which have come."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    Integer,
    RowMapping,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from watchdog.ledger import tables
from watchdog.ledger.rows import columns, fact, names
from watchdog.ledger.submissions import DECISIVE
from watchdog.model import Arrival, CheckName, Expected, MailboxName, Marker, Reply

LONGEST = timedelta(days=1)
"""No reply is given more time, as the configuration has it."""

_reply = tables.reply
_REPLY = select(*columns(Reply, _reply))
_awaited_here = and_(_reply.c.mailbox == bindparam("here"), _reply.c.awaited == true())
_OLDEST_AWAITED = select(func.min(_reply.c.submitted_at)).where(
    _awaited_here, _reply.c.submitted_at >= bindparam("since")
)
_looked_at = (
    select(tables.look.c.looked_at)
    .where(
        tables.look.c.mailbox == _reply.c.mailbox, tables.look.c.everywhere == true()
    )
    .scalar_subquery()
)
_LOOKED_AT = select(tables.look.c.looked_at).where(
    tables.look.c.mailbox == bindparam("here"), tables.look.c.everywhere == true()
)
_NEXT_DUE_AT = select(func.min(_reply.c.due_at)).where(
    _awaited_here,
    _reply.c.submitted_at > bindparam("sent_after"),
    _reply.c.due_at > bindparam("due_after"),
)
_CAME = (
    update(_reply)
    .where(_awaited_here, _reply.c.marker == bindparam("came"))
    .values(
        awaited=False,
        folder=bindparam("in_folder"),
        place=bindparam("in_place"),
        arrived_at=bindparam("at"),
        seen_at=bindparam("seen"),
    )
)
_elsewhere = (
    select(tables.submission.c.marker)
    .where(tables.submission.c.marker == _reply.c.marker)
    .where(tables.submission.c.mailbox != _reply.c.mailbox)
)
_CAME_ASTRAY = _CAME.where(exists(_elsewhere))
_is_not_taken = or_(
    exists().where(tables.failure.c.marker == _reply.c.marker),
    exists().where(
        tables.answer.c.marker == _reply.c.marker, tables.answer.c.answer.in_(DECISIVE)
    ),
)
_EXPECTED = _REPLY.add_columns(
    _is_not_taken.label("is_not_taken"), _looked_at.label("looked_at")
)
_EXPECTED_FOR = _EXPECTED.where(_reply.c.marker == bindparam("for_marker"))
_EXPECTED_OF = (
    _EXPECTED.where(_reply.c.check == bindparam("of_check"))
    .order_by(_reply.c.submitted_at.desc())
    .limit(bindparam("limit", type_=Integer))
)


def note_replies(
    connection: Connection, replies: Collection[Arrival], arrivals: Collection[Arrival]
) -> Sequence[Arrival]:
    """Complete the replies that have come; return those that nobody had seen yet.

    In a mailbox that is the visitor's alone, whatever has come is for him: some hosts
    do not tell of whom they deliver a blind copy to.  What no visitor awaits in that
    mailbox is left out.
    """
    told = [(one, _CAME) for one in replies] + [(one, _CAME_ASTRAY) for one in arrivals]
    # In one order, so that two readers never wait for each other.
    ordered = sorted(told, key=lambda each: each[0].marker)
    return [one for one, came in ordered if _note(connection, one, came)]


def reply_to(connection: Connection, marker: Marker) -> Reply | None:
    """Return the reply that a submission's visitor is to get, if there is to be one.

    Its `arrived_at` is None while it has not been seen.
    """
    asked = _REPLY.where(_reply.c.marker == marker)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else fact(Reply, row)


def expected_reply(connection: Connection, marker: Marker) -> Expected | None:
    """Return the same, with what is known of why it may not have come."""
    row = connection.execute(_EXPECTED_FOR, {"for_marker": marker}).mappings().first()
    return None if row is None else _expected(row)


def expected_replies(
    connection: Connection, check: CheckName, *, limit: int
) -> Sequence[Expected]:
    """Return the newest replies of a check, newest first, come or not."""
    asked = {"of_check": check, "limit": limit}
    rows = connection.execute(_EXPECTED_OF, asked).mappings()
    return [_expected(row) for row in rows]


def oldest_reply_awaited(
    connection: Connection, mailbox: MailboxName, *, since: datetime
) -> datetime | None:
    """Return when the oldest submission was sent whose reply may still come here."""
    asked = {"here": mailbox, "since": since}
    oldest: datetime | None = connection.scalar(_OLDEST_AWAITED, asked)
    return oldest


def next_reply_due_at(
    connection: Connection, mailbox: MailboxName, *, after: datetime
) -> datetime | None:
    """Return the next time at which a look everywhere shows that a reply is absent.

    What a look has shown already is not asked for again.
    """
    looked_at: datetime | None = connection.scalar(_LOOKED_AT, {"here": mailbox})
    later = max(filter(None, (after, looked_at)))
    asked = {"here": mailbox, "sent_after": later - LONGEST, "due_after": later}
    due_at: datetime | None = connection.scalar(_NEXT_DUE_AT, asked)
    return due_at


def _expected(row: RowMapping) -> Expected:
    return Expected(
        reply=Reply(**{name: row[name] for name in names(Reply)}),
        is_taken=not row["is_not_taken"],
        looked_at=row["looked_at"],
    )


def _note(connection: Connection, arrival: Arrival, came: Update) -> bool:
    told = {
        "came": arrival.marker,
        "here": arrival.mailbox,
        "in_folder": arrival.folder,
        "in_place": arrival.place,
        "at": arrival.arrived_at,
        "seen": arrival.seen_at,
    }
    return connection.execute(came, told).rowcount == 1
