"""Reminders that somebody waits: each once, however many daemons want to send it."""

from datetime import timedelta

from sqlalchemy import Connection, exists, select

from watchdog.ledger.alarm_tables import alarm as table
from watchdog.ledger.alarms import write_alarms
from watchdog.ledger.measures import claim_measure
from watchdog.model import Alarm


def raise_reminder(connection: Connection, alarm: Alarm, *, every: timedelta) -> bool:
    """Write an alarm down, if its step has heard none of that kind for so long.

    False, with nothing written, also where the last one is still on its way: what
    could not be told for a week is told once.
    """
    under_way = exists().where(
        table.c.channel == alarm.channel,
        table.c.step == alarm.step,
        table.c.reason == alarm.reason,
        table.c.settled_at.is_(None),
    )
    if connection.scalar(select(under_way)):
        return False
    subject = f"{alarm.reason}:{alarm.channel}:{alarm.step}"
    if not claim_measure(connection, subject, now=alarm.created_at, every=every):
        return False
    write_alarms(connection, [alarm])
    return True
