"""Drills: alarms about nothing, kept among the others."""

from dataclasses import replace

from sqlalchemy import Connection, insert

from watchdog.ledger import alarm_tables as tables
from watchdog.ledger.rows import values
from watchdog.model import Alarm, AlarmId


def begin_drill(connection: Connection, alarm: Alarm) -> Alarm:
    """Write down a drill as claimed by us, and return it with its number.

    Nobody else sends it meanwhile; if we die, it lapses as any other alarm.
    """
    claimed = replace(alarm, claimed_at=alarm.created_at, attempts=1)
    fields = dict(values(claimed))
    del fields["id"]
    added = insert(tables.alarm).values(**fields).returning(tables.alarm.c.id)
    return replace(claimed, id=AlarmId(connection.execute(added).scalar_one()))
