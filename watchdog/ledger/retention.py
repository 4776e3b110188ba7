"""Forgetting: single submissions go, what a day was like remains."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, case, delete, select

from watchdog.ledger import alarm_tables, diagnosis_tables, tables
from watchdog.ledger.rows import columns, fact, insert, values
from watchdog.model import CheckName, DaySummary, Outcome

_day = alarm_tables.day_summary


def forget(connection: Connection, before: datetime, *, most: int) -> int:
    """Forget up to `most` submissions sent before then, and all about them.

    Return how many went; call again until it is 0.  In small steps, since
    nobody else can write meanwhile.  Each day's verdicts stay as `DaySummary`.
    """
    submission = tables.submission
    oldest = (
        select(submission.c.marker)
        .where(submission.c.submitted_at < before)
        .order_by(submission.c.submitted_at)
        .limit(most)
        .with_for_update()
    )
    markers = connection.execute(oldest).scalars().all()
    for summary in _summaries(_last_words(connection, markers)):
        _add(connection, summary)
    connection.execute(delete(submission).where(submission.c.marker.in_(markers)))
    return len(markers)


def day_summaries(
    connection: Connection, check: CheckName, *, since: date
) -> Sequence[DaySummary]:
    """Return what is left of forgotten days, oldest first."""
    statement = (
        select(*columns(DaySummary, _day))
        .where(_day.c.check == check, _day.c.day >= since)
        .order_by(_day.c.day, _day.c.outcome)
    )
    rows = connection.execute(statement).mappings()
    return [fact(DaySummary, row) for row in rows]


def _last_words(connection: Connection, markers: Sequence[str]) -> Sequence[RowMapping]:
    """Return each submission's verdicts, so that the last one comes last.

    Trials tell nothing of what a check's days were like.
    """
    verdict, submission = tables.verdict, tables.submission
    trial = diagnosis_tables.trial
    statement = (
        select(
            verdict.c.marker,
            verdict.c.check,
            verdict.c.outcome,
            verdict.c.latency,
            submission.c.submitted_at,
        )
        .join_from(verdict, submission)
        .where(verdict.c.marker.in_(markers))
        .where(verdict.c.check.not_in(select(trial.c.name)))
        .order_by(verdict.c.number)
    )
    return connection.execute(statement).mappings().all()


def _summaries(verdicts: Sequence[RowMapping]) -> Sequence[DaySummary]:
    last = {verdict["marker"]: verdict for verdict in verdicts}
    spans: Mapping[tuple[CheckName, date, Outcome], list[timedelta]]
    spans = defaultdict(list)
    for said in last.values():
        day = said["submitted_at"].astimezone(UTC).date()
        latency = said["latency"] or timedelta()
        spans[said["check"], day, said["outcome"]].append(latency)
    return [
        DaySummary(
            check=check,
            day=day,
            outcome=outcome,
            count=len(latencies),
            latency_sum=sum(latencies, timedelta()),
            latency_max=max(latencies),
        )
        for (check, day, outcome), latencies in spans.items()
    ]


def _add(connection: Connection, summary: DaySummary) -> None:
    """Add to what an earlier step has left of the same day."""
    new = insert(connection, _day).values(**values(summary))
    more: dict[str, Any] = {
        "count": _day.c.count + new.excluded.count,
        "latency_sum": _day.c.latency_sum + new.excluded.latency_sum,
        "latency_max": case(
            (new.excluded.latency_max > _day.c.latency_max, new.excluded.latency_max),
            else_=_day.c.latency_max,
        ),
    }
    connection.execute(
        new.on_conflict_do_update(index_elements=list(_day.primary_key), set_=more)
    )
