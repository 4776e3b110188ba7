"""How checks stand: verdicts that nobody has taken note of, histories, second looks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    Integer,
    bindparam,
    delete,
    false,
    func,
    select,
    true,
    update,
)

from watchdog.ledger import alarm_tables, tables
from watchdog.ledger.rows import columns, fact, put
from watchdog.model import CheckName, Verdict

_verdict = tables.verdict
_retry = alarm_tables.retry

_UNNOTED = (
    select(*columns(Verdict, _verdict))
    .where(_verdict.c.noted == false())
    .order_by(_verdict.c.judged_at)
    .limit(bindparam("limit", type_=Integer))
)
_NOTED = (
    update(_verdict)
    .where(_verdict.c.marker == bindparam("of"), _verdict.c.number == bindparam("its"))
    .values(noted=True)
)
_NO_RETRY = delete(_retry).where(_retry.c.check == bindparam("of"))


def unnoted(connection: Connection, *, limit: int) -> Sequence[Verdict]:
    """Return verdicts of which the incidents know nothing yet, oldest first."""
    rows = connection.execute(_UNNOTED, {"limit": limit}).mappings()
    return [fact(Verdict, row) for row in rows]


def note(
    connection: Connection,
    verdicts: Collection[Verdict],
    retries: Mapping[CheckName, datetime | None],
) -> None:
    """Write down that the incidents know these verdicts, and when to look again.

    A check with None waits for its next beat.
    """
    for verdict in verdicts:
        connection.execute(_NOTED, {"of": verdict.marker, "its": verdict.number})
    for check, retry_at in retries.items():
        if retry_at is None:
            connection.execute(_NO_RETRY, {"of": check})
        else:
            put(connection, _retry, {"check": check, "retry_at": retry_at})


def retries(connection: Connection) -> Mapping[CheckName, datetime]:
    """Return when checks are to be tried again before their next beat."""
    rows = connection.execute(select(_retry.c.check, _retry.c.retry_at))
    return {row.check: row.retry_at for row in rows}


def history(
    connection: Connection,
    check: CheckName,
    *,
    depth: int,
    until: datetime | None = None,
) -> Sequence[Verdict]:
    """Return the newest verdict on each submission, newest submission first.

    `until` leaves out what a clock that was ahead has sent at later beats.
    """
    submission = tables.submission
    newest = (
        select(func.max(_verdict.c.number))
        .where(_verdict.c.marker == submission.c.marker)
        .correlate(submission)
        .scalar_subquery()
    )
    statement = (
        select(*columns(Verdict, _verdict))
        .join_from(submission, _verdict, _verdict.c.marker == submission.c.marker)
        .where(submission.c.check == check, _verdict.c.number == newest)
        .where(true() if until is None else submission.c.beat <= until)
        .order_by(submission.c.beat.desc())
        .limit(depth)
    )
    rows = (connection.execute(statement)).mappings()
    return [fact(Verdict, row) for row in rows]
