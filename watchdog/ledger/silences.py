"""Silences: planned times in which alarms are held back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, or_, select, update

from watchdog.ledger import alarm_tables as tables
from watchdog.ledger.rows import columns, fact, values
from watchdog.model import Silence, SilenceId

_silence = tables.silence


def record_silence(connection: Connection, silence: Silence) -> Silence:
    """Write a silence down, and return it with its number."""
    fields = dict(values(silence))
    del fields["id"]
    new = insert(_silence).values(**fields).returning(_silence.c.id)
    number = connection.execute(new).scalar_one()
    return replace(silence, id=SilenceId(number))


def silences(connection: Connection, now: datetime) -> Sequence[Silence]:
    """Return the silences that are not over: now, to come, or coming again."""
    statement = (
        select(*columns(Silence, _silence))
        .where(or_(_silence.c.until_at.is_(None), _silence.c.until_at > now))
        .order_by(_silence.c.id)
    )
    rows = connection.execute(statement).mappings()
    return [fact(Silence, row) for row in rows]


def end_silence(connection: Connection, silence: SilenceId, *, now: datetime) -> bool:
    """Let a silence end now; False if there is none, or it is over."""
    goes_on = or_(_silence.c.until_at.is_(None), _silence.c.until_at > now)
    ended = update(_silence).where(_silence.c.id == silence, goes_on)
    done = connection.execute(ended.values(until_at=now))
    return done.rowcount == 1
