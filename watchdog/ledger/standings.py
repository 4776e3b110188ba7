"""How checks stand: verdicts that nobody has taken note of, histories, second looks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, false, func, select, update

from watchdog.ledger import alarm_tables, tables
from watchdog.ledger.rows import columns, fact, insert
from watchdog.model import CheckName, Verdict

_verdict = tables.verdict
_retry = alarm_tables.retry


def unnoted(connection: Connection, *, limit: int) -> Sequence[Verdict]:
    """Return verdicts of which the incidents know nothing yet, oldest first."""
    statement = (
        select(*columns(Verdict, _verdict))
        .where(_verdict.c.noted == false())
        .order_by(_verdict.c.judged_at)
        .limit(limit)
    )
    rows = (connection.execute(statement)).mappings()
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
        noted = update(_verdict).where(
            _verdict.c.marker == verdict.marker, _verdict.c.number == verdict.number
        )
        connection.execute(noted.values(noted=True))
    for check, retry_at in retries.items():
        if retry_at is None:
            connection.execute(delete(_retry).where(_retry.c.check == check))
            continue
        new = insert(connection, _retry).values(check=check, retry_at=retry_at)
        connection.execute(
            new.on_conflict_do_update(
                index_elements=[_retry.c.check], set_={"retry_at": retry_at}
            )
        )


def retries(connection: Connection) -> Mapping[CheckName, datetime]:
    """Return when checks are to be tried again before their next beat."""
    rows = connection.execute(select(_retry.c.check, _retry.c.retry_at))
    return {row.check: row.retry_at for row in rows}


def history(
    connection: Connection, check: CheckName, *, depth: int
) -> Sequence[Verdict]:
    """Return the newest verdict on each submission, newest submission first."""
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
        .order_by(submission.c.beat.desc())
        .limit(depth)
    )
    rows = (connection.execute(statement)).mappings()
    return [fact(Verdict, row) for row in rows]
