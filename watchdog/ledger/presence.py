"""Which daemons run, so that `status` knows when none does."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, select

from watchdog.ledger import alarm_tables
from watchdog.ledger.rows import columns, fact, insert, values
from watchdog.model import Presence

KEPT = timedelta(days=7)
"""A daemon of which nothing was heard for so long is forgotten."""

_presence = alarm_tables.presence


def record_presence(connection: Connection, presence: Presence) -> None:
    """Write down what a daemon tells of itself, in place of what it told before."""
    row = values(presence)
    told = insert(connection, _presence).values(**row)
    connection.execute(told.on_conflict_do_update(index_elements=["daemon"], set_=row))
    is_old = _presence.c.seen_at < presence.seen_at - KEPT
    connection.execute(delete(_presence).where(is_old))


def presences(connection: Connection) -> Sequence[Presence]:
    """Return the daemons that ran lately, the one that was heard of last first."""
    statement = select(*columns(Presence, _presence)).order_by(
        _presence.c.seen_at.desc()
    )
    rows = connection.execute(statement).mappings()
    return [fact(Presence, row) for row in rows]
