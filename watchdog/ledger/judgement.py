"""What is known of a submission, what is to be judged, and what we said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from watchdog.ledger import tables
from watchdog.ledger.knowledge import facts_of, known
from watchdog.ledger.rows import add, columns, fact
from watchdog.ledger.store import Store
from watchdog.model import CheckName, Facts, Marker, Verdict

_ripe = tables.submission.c.judge_at.is_not(None)
_is_judged = exists().where(tables.verdict.c.marker == tables.submission.c.marker)
_newest_first = (tables.verdict.c.judged_at.desc(), tables.verdict.c.number.desc())


async def facts(store: Store, marker: Marker) -> Facts | None:
    """Return all that is known of one submission, or None if it is not ours."""
    found = await _facts(store, tables.submission.c.marker == marker, limit=1)
    return found[0] if found else None


async def unjudged(store: Store, now: datetime, *, limit: int) -> Sequence[Facts]:
    """Return submissions without verdict that there is a reason to judge, oldest first.

    A reason is an arrival, a failure, an answer that says no, a mailbox that is
    closed to us for good, or the end of the deadline.
    """
    is_due = tables.submission.c.judge_at <= now
    return await _facts(store, _ripe, is_due, ~_is_judged, limit=limit)


async def completed_late(store: Store, *, limit: int) -> Sequence[Facts]:
    """Return submissions whose message came after their verdict.

    Their second verdict has the number 2; the first one stays as it was.
    """
    return await _facts(store, _ripe, _is_judged, limit=limit)


async def record_verdict(store: Store, verdict: Verdict) -> bool:
    """Write down what we hold true, or return False if that number is said already."""
    submission, arrival = tables.submission, tables.arrival
    ours = submission.c.marker == verdict.marker
    async with store.writing() as connection:
        # An arrival may be just being written, of which the verdict knows nothing.
        # On PostgreSQL only a lock, and then a new statement, shows it.
        await connection.execute(
            select(submission.c.marker).where(ours).with_for_update()
        )
        if not await add(connection, tables.verdict, verdict):
            return False
        said = update(submission).where(ours).values(judge_at=None)
        if verdict.arrived_at is None:
            has_arrived = exists().where(arrival.c.marker == verdict.marker)
            said = said.where(~has_arrived)
        await connection.execute(said)
        return True


async def verdict_on(store: Store, marker: Marker) -> Verdict | None:
    """Return the newest verdict on one submission."""
    async with store.reading() as connection:
        found = await _verdicts(connection, tables.verdict.c.marker == marker, limit=1)
    return found[0] if found else None


async def verdicts(store: Store, check: CheckName, *, limit: int) -> Sequence[Verdict]:
    """Return the check's verdicts, newest first."""
    async with store.reading() as connection:
        return await _verdicts(connection, tables.verdict.c.check == check, limit=limit)


async def latest_verdicts(
    store: Store, checks: Collection[CheckName]
) -> Mapping[CheckName, Verdict]:
    """Return the newest verdict of each check that has one."""
    found: dict[CheckName, Verdict] = {}
    async with store.reading() as connection:
        for check in checks:
            for verdict in await _verdicts(
                connection, tables.verdict.c.check == check, limit=1
            ):
                found[check] = verdict
    return found


async def _facts(
    store: Store, *which: ColumnElement[bool], limit: int
) -> Sequence[Facts]:
    oldest = known().where(*which).order_by(tables.submission.c.judge_at).limit(limit)
    async with store.reading() as connection:
        return [facts_of(row) for row in (await connection.execute(oldest)).mappings()]


async def _verdicts(
    connection: AsyncConnection, which: ColumnElement[bool], *, limit: int
) -> Sequence[Verdict]:
    statement = (
        select(*columns(Verdict, tables.verdict))
        .where(which)
        .order_by(*_newest_first)
        .limit(limit)
    )
    rows = (await connection.execute(statement)).mappings()
    return [fact(Verdict, row) for row in rows]
