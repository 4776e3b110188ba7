"""The last hours of all checks, and when each was last known to work."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from watchdog.ledger import tables
from watchdog.ledger.rows import columns, fact
from watchdog.model import CheckName, Outcome, Verdict

_submission = tables.submission
_verdict = tables.verdict

PROOFS = (Outcome.DELIVERED, Outcome.LATE)
"""What came into the inbox, be it late."""


def outcomes(
    connection: Connection, *, since: datetime
) -> Sequence[tuple[CheckName, datetime, Outcome]]:
    """Return the check, the moment and the newest outcome of each submission since."""
    statement = (
        select(
            _submission.c.marker,
            _submission.c.check,
            _submission.c.submitted_at,
            _verdict.c.outcome,
        )
        .join_from(_submission, _verdict, _verdict.c.marker == _submission.c.marker)
        .where(_submission.c.submitted_at >= since)
        .order_by(_verdict.c.number)
    )
    newest = {row.marker: row for row in connection.execute(statement)}
    return [(row.check, row.submitted_at, row.outcome) for row in newest.values()]


def outcomes_of(
    connection: Connection,
    check: CheckName,
    *,
    since: datetime,
    until: datetime,
    limit: int,
) -> Sequence[tuple[datetime, Outcome]]:
    """Return when each submission of a check was sent in that time, and its outcome.

    The newest outcome; up to `limit` verdicts, the newest first.
    """
    statement = (
        select(_submission.c.marker, _submission.c.submitted_at, _verdict.c.outcome)
        .join_from(_submission, _verdict, _verdict.c.marker == _submission.c.marker)
        .where(_submission.c.check == check, _submission.c.beat.between(since, until))
        .order_by(_submission.c.beat.desc(), _verdict.c.number.desc())
        .limit(limit)
    )
    newest: dict[str, tuple[datetime, Outcome]] = {}
    for row in connection.execute(statement):
        newest.setdefault(row.marker, (row.submitted_at, row.outcome))
    return list(newest.values())


def last_proofs(
    connection: Connection, checks: Collection[CheckName]
) -> Mapping[CheckName, Verdict]:
    """Return the newest verdict of each check by which a message came to the inbox."""
    found = {}
    for check in checks:
        statement = (
            select(*columns(Verdict, _verdict))
            .where(_verdict.c.check == check, _verdict.c.outcome.in_(PROOFS))
            .order_by(_verdict.c.judged_at.desc())
            .limit(1)
        )
        row = connection.execute(statement).mappings().one_or_none()
        if row is not None:
            found[check] = fact(Verdict, row)
    return found
