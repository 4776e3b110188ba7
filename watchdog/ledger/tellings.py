"""Who was told of what, who was not, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, exists, literal, or_, select

from watchdog.ledger import alarm_tables as tables
from watchdog.ledger.rows import columns, fact
from watchdog.model import Alarm, AlarmId, AlarmResult, IncidentId

_alarm = tables.alarm

OFTEN = 3
"""Failures in a row that are more than a server that puts us off, as some do."""


def alarms_of(connection: Connection, incident: IncidentId) -> Sequence[Alarm]:
    """Return all alarms about an incident, in the order in which they were raised."""
    statement = (
        select(*columns(Alarm, _alarm))
        .where(_alarm.c.incident == incident)
        .order_by(_alarm.c.id)
    )
    rows = connection.execute(statement).mappings()
    return [fact(Alarm, row) for row in rows]


def alarms_of_open(
    connection: Connection,
) -> Mapping[IncidentId, Sequence[Alarm]]:
    """Return the alarms about each open incident, in the order of their raising."""
    # In two steps: SQLite would else look for open incidents from each alarm.
    is_open = tables.incident.c.resolved_at.is_(None)
    numbers = connection.scalars(select(tables.incident.c.id).where(is_open)).all()
    statement = (
        select(*columns(Alarm, _alarm))
        .where(_alarm.c.incident.in_(numbers))
        .order_by(_alarm.c.id)
    )
    found: dict[IncidentId, list[Alarm]] = defaultdict(list)
    for row in (connection.execute(statement)).mappings():
        found[row["incident"]].append(fact(Alarm, row))
    return found


def untold(connection: Connection, *, since: datetime) -> Sequence[Alarm]:
    """Return the alarms that no channel took: nobody has heard what is new in them.

    Those that failed for good since then, and those that are still tried: the first
    of an incident from the first failure on, the others when they failed often.
    """
    other = _alarm.alias("other")
    is_told = and_(
        other.c.incident == _alarm.c.incident, other.c.result == AlarmResult.SENT
    )
    # Whatever is sent later tells how it is then, and so what this one would tell.
    is_told_since = exists().where(is_told, other.c.settled_at >= _alarm.c.created_at)
    is_tried = and_(
        _alarm.c.settled_at.is_(None),
        _alarm.c.claimed_at.is_(None),
        _alarm.c.attempts > 0,
        or_(_alarm.c.attempts >= OFTEN, ~exists().where(is_told)),
    )
    # Spelt out, and not a parameter, so that SQLite knows the index that fits.
    failed = literal(AlarmResult.FAILED, _alarm.c.result.type, literal_execute=True)
    has_failed = and_(_alarm.c.result == failed, _alarm.c.settled_at >= since)
    found = []
    for which, when in (
        (is_tried, _alarm.c.due_at),
        (has_failed, _alarm.c.settled_at),
    ):
        statement = (
            select(*columns(Alarm, _alarm))
            .where(which, _alarm.c.incident.is_not(None), ~is_told_since)
            .order_by(when)
        )
        rows = (connection.execute(statement)).mappings()
        found += [fact(Alarm, row) for row in rows]
    return found


def failures_of(connection: Connection, alarm: AlarmId) -> Sequence[str]:
    """Return why each attempt at an alarm failed, first to last."""
    attempt = tables.alarm_attempt
    statement = (
        select(attempt.c.words)
        .where(attempt.c.alarm == alarm)
        .order_by(attempt.c.number)
    )
    return connection.execute(statement).scalars().all()
