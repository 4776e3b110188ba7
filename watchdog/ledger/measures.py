"""What is measured at most once a day: ends of certificates, room in mailboxes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from watchdog.ledger import alarm_tables
from watchdog.ledger.rows import columns, fact, insert
from watchdog.model import Evidence, Measure

_measure = alarm_tables.measure


def claim_measure(
    connection: Connection, subject: str, *, now: datetime, every: timedelta
) -> bool:
    """Return whether it is for us to measure `subject` now; False if it is not due.

    However many daemons run, or start again, one of them hears True, once in
    `every`.  Who dies before he has measured leaves it to the next time.
    """
    claim = insert(connection, _measure).values(
        subject=subject, asked_at=now, evidence={}
    )
    is_due = _measure.c.asked_at <= now - every
    done = connection.execute(
        claim.on_conflict_do_update(
            index_elements=["subject"], set_={"asked_at": now}, where=is_due
        )
    )
    return done.rowcount == 1


def record_measure(connection: Connection, subject: str, evidence: Evidence) -> None:
    """Write down what was found, in place of what was found before."""
    found = update(_measure).where(_measure.c.subject == subject)
    connection.execute(found.values(evidence=evidence))


def measures(connection: Connection) -> Mapping[str, Measure]:
    """Return what is known of each subject, by its key."""
    rows = connection.execute(select(*columns(Measure, _measure))).mappings()
    return {row["subject"]: fact(Measure, row) for row in rows}
