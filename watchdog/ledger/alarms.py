"""Alarms: told at least once, whoever dies on the way."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from watchdog.ledger import alarm_tables as tables
from watchdog.ledger.rows import columns, fact, values
from watchdog.model import Alarm, AlarmId, AlarmResult

_alarm = tables.alarm

SKEW = timedelta(minutes=5)
"""As much may the clocks of two daemons differ."""

LONGEST_WAIT = timedelta(hours=2)
"""Nobody waits longer between two tries, unless his clock was ahead."""


def record_alarms(connection: Connection, alarms: Collection[Alarm]) -> None:
    """Write down alarms that belong to no incident: a drill, news of ourselves."""
    write_alarms(connection, alarms)


def due_alarms(
    connection: Connection, now: datetime, *, lapse: timedelta, limit: int
) -> Sequence[Alarm]:
    """Return the alarms that are to be sent now, oldest first, `limit` a channel.

    Also those that were claimed longer than `lapse` ago and never settled:
    whoever claimed them has died, and better told twice than never.  Of each
    channel some: what waits for one that is down must not hide another's.
    """
    place = func.row_number().over(
        partition_by=_alarm.c.channel, order_by=_alarm.c.due_at
    )
    due = (
        select(*columns(Alarm, _alarm), place.label("place"))
        .where(*_is_free(now, lapse))
        .subquery()
    )
    statement = (
        select(*columns(Alarm, due)).where(due.c.place <= limit).order_by(due.c.due_at)
    )
    rows = connection.execute(statement).mappings()
    return [fact(Alarm, row) for row in rows]


def claim_alarm(
    connection: Connection, alarm: AlarmId, *, now: datetime, lapse: timedelta
) -> Alarm | None:
    """Return the alarm, for us to send; None if somebody else is at it, or has been.

    Its incident counts as changed: whoever is deciding about it just now has to
    decide anew, knowing that somebody may have heard.
    """
    incident = tables.incident
    about = select(_alarm.c.incident).where(_alarm.c.id == alarm).scalar_subquery()
    # In the order in which incidents are changed: else two writers may deadlock.
    its = select(incident.c.id).where(incident.c.id == about).with_for_update()
    number = connection.scalar(its)
    claim = (
        update(_alarm)
        .where(_alarm.c.id == alarm, *_is_free(now, lapse))
        .values(
            claimed_at=now,
            attempts=_alarm.c.attempts + 1,
            lapsed=or_(_alarm.c.lapsed, _alarm.c.claimed_at.is_not(None)),
        )
        .returning(*columns(Alarm, _alarm))
    )
    row = connection.execute(claim).mappings().one_or_none()
    if row is None:
        return None
    changed = update(incident).where(incident.c.id == number)
    connection.execute(changed.values(change=incident.c.change + 1))
    return fact(Alarm, row)


def record_sent(
    connection: Connection,
    alarm: Alarm,
    *,
    now: datetime,
    message_id: str | None,
    subject: str | None = None,
) -> None:
    """Write down that a claimed alarm is out, whatever others made of it since."""
    unsent = or_(_alarm.c.result.is_(None), _alarm.c.result != AlarmResult.SENT)
    sent = update(_alarm).where(_alarm.c.id == alarm.id, unsent)
    connection.execute(
        sent.values(
            settled_at=now,
            result=AlarmResult.SENT,
            message_id=message_id,
            subject=subject,
        )
    )


def record_not_sent(
    connection: Connection,
    alarm: Alarm,
    *,
    now: datetime,
    words: str,
    again_at: datetime | None,
    instead: Collection[Alarm] = (),
) -> None:
    """Write down why a claimed alarm is not out, and when to try again; None: never.

    Whoever is to hear `instead` is written in the same transaction.
    """
    connection.execute(
        insert(tables.alarm_attempt).values(
            alarm=alarm.id, number=alarm.attempts, failed_at=now, words=words
        )
    )
    write_alarms(connection, instead)
    if again_at is None:
        _settle(connection, alarm, now, result=AlarmResult.FAILED)
        return
    # Only if the claim is still ours: after a lapse somebody else may be at it.
    ours = (_alarm.c.id == alarm.id, _alarm.c.attempts == alarm.attempts)
    again = update(_alarm).where(*ours, _alarm.c.settled_at.is_(None))
    connection.execute(again.values(due_at=again_at, claimed_at=None))


def hold_alarm(
    connection: Connection, alarm: Alarm, *, now: datetime, until: datetime
) -> None:
    """Let an alarm that nobody has claimed wait: it is silenced."""
    held = update(_alarm).where(
        _alarm.c.id == alarm.id,
        _alarm.c.settled_at.is_(None),
        _alarm.c.attempts == alarm.attempts,
    )
    connection.execute(held.values(due_at=until, held_at=now))


def withdraw_alarm(connection: Connection, alarm: Alarm, *, now: datetime) -> None:
    """Write down that nobody needs to hear a claimed alarm any more: nobody has."""
    _settle(connection, alarm, now, result=AlarmResult.WITHDRAWN, claimed_at=None)


def write_alarms(connection: Connection, alarms: Collection[Alarm]) -> None:
    """Add new alarms within somebody's transaction.

    One with a number is there already: it is brought forward, if nobody has tried
    it yet.
    """
    for alarm in alarms:
        fields = dict(values(alarm))
        if fields.pop("id") is None:
            connection.execute(insert(_alarm).values(**fields))
        else:
            untried = (_alarm.c.attempts == 0, _alarm.c.due_at > alarm.due_at)
            sooner = update(_alarm).where(_alarm.c.id == alarm.id, *untried)
            connection.execute(sooner.values(due_at=alarm.due_at))


def _is_free(now: datetime, lapse: timedelta) -> Sequence[ColumnElement[bool]]:
    """Return when an alarm may be sent.

    At once what a clock that was ahead wrote, held or tried: it names a time to come.
    """
    unclaimed = or_(
        _alarm.c.claimed_at.is_(None),
        _alarm.c.claimed_at <= now - lapse,
        _alarm.c.claimed_at > now + SKEW,
    )
    due = or_(
        _alarm.c.due_at <= now,
        _alarm.c.created_at > now + SKEW,
        _alarm.c.held_at > now + SKEW,
        and_(_alarm.c.attempts > 0, _alarm.c.due_at > now + LONGEST_WAIT),
    )
    return (_alarm.c.settled_at.is_(None), due, unclaimed)


def _settle(connection: Connection, alarm: Alarm, now: datetime, **fields: Any) -> None:
    """End an alarm that nobody else has ended, or is at."""
    ours = (_alarm.c.settled_at.is_(None), _alarm.c.attempts == alarm.attempts)
    done = update(_alarm).where(_alarm.c.id == alarm.id, *ours)
    connection.execute(done.values(settled_at=now, **fields))
