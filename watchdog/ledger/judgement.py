"""What is known of a submission, what is to be judged, and what we said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, select, update

from watchdog.ledger import tables
from watchdog.ledger.knowledge import KNOWN, facts_of
from watchdog.ledger.rows import add, columns, fact
from watchdog.model import CheckName, Facts, Marker, Verdict

_ripe = tables.submission.c.judge_at.is_not(None)
_is_judged = exists().where(tables.verdict.c.marker == tables.submission.c.marker)
_newest_first = (tables.verdict.c.judged_at.desc(), tables.verdict.c.number.desc())


def facts(connection: Connection, marker: Marker) -> Facts | None:
    """Return all that is known of one submission, or None if it is not ours."""
    found = _facts(connection, tables.submission.c.marker == marker, limit=1)
    return found[0] if found else None


def unjudged(connection: Connection, now: datetime, *, limit: int) -> Sequence[Facts]:
    """Return submissions without verdict that there is a reason to judge, oldest first.

    A reason is an arrival, a failure, an answer that says no, a mailbox that is
    closed to us for good, or the end of the deadline.
    """
    is_due = tables.submission.c.judge_at <= now
    return _facts(connection, _ripe, is_due, ~_is_judged, limit=limit)


def completed_late(connection: Connection, *, limit: int) -> Sequence[Facts]:
    """Return submissions whose message came after their verdict.

    Their second verdict has the number 2; the first one stays as it was.
    """
    return _facts(connection, _ripe, _is_judged, limit=limit)


def record_verdict(connection: Connection, verdict: Verdict) -> bool:
    """Write down what we hold true, or return False if that number is said already."""
    submission, arrival = tables.submission, tables.arrival
    ours = submission.c.marker == verdict.marker
    # An arrival may be just being written, of which the verdict knows nothing.
    # On PostgreSQL only a lock, and then a new statement, shows it.
    connection.execute(select(submission.c.marker).where(ours).with_for_update())
    if not add(connection, tables.verdict, verdict):
        return False
    said = update(submission).where(ours).values(judge_at=None)
    if verdict.arrived_at is None:
        has_arrived = exists().where(arrival.c.marker == verdict.marker)
        said = said.where(~has_arrived)
    connection.execute(said)
    return True


def verdict_on(connection: Connection, marker: Marker) -> Verdict | None:
    """Return the newest verdict on one submission."""
    found = _verdicts(connection, tables.verdict.c.marker == marker, limit=1)
    return found[0] if found else None


def verdicts(
    connection: Connection, check: CheckName, *, limit: int
) -> Sequence[Verdict]:
    """Return the check's verdicts, newest first."""
    return _verdicts(connection, tables.verdict.c.check == check, limit=limit)


def latest_verdicts(
    connection: Connection, checks: Collection[CheckName]
) -> Mapping[CheckName, Verdict]:
    """Return the newest verdict of each check that has one."""
    found: dict[CheckName, Verdict] = {}
    for check in checks:
        for verdict in _verdicts(connection, tables.verdict.c.check == check, limit=1):
            found[check] = verdict
    return found


def _facts(
    connection: Connection, *which: ColumnElement[bool], limit: int
) -> Sequence[Facts]:
    oldest = KNOWN.where(*which).order_by(tables.submission.c.judge_at).limit(limit)
    return [facts_of(row) for row in connection.execute(oldest).mappings()]


def _verdicts(
    connection: Connection, which: ColumnElement[bool], *, limit: int
) -> Sequence[Verdict]:
    statement = (
        select(*columns(Verdict, tables.verdict))
        .where(which)
        .order_by(*_newest_first)
        .limit(limit)
    )
    rows = connection.execute(statement).mappings()
    return [fact(Verdict, row) for row in rows]
