"""Incidents: opened once, changed by whoever has seen the newest, never lost."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, update

from watchdog.ledger import alarm_tables as tables
from watchdog.ledger.alarms import write_alarms
from watchdog.ledger.rows import insert, names, values
from watchdog.model import Alarm, CheckName, Incident, IncidentId


def record_incident(
    connection: Connection, incident: Incident, alarms: Collection[Alarm] = ()
) -> Incident | None:
    """Open the incident, or change it, together with the alarms about it.

    Return it as it is kept, or None, with nothing written, if it is open
    already or somebody else has changed it since it was read: then read and
    decide anew.  An incident is never without its alarms, and they never
    without it.
    """
    if incident.id is None:
        number = _open(connection, incident)
    else:
        number = _change(connection, incident, incident.id)
    if number is None:
        return None
    for check in incident.checks:
        member = insert(connection, tables.incident_check).values(
            incident=number, check=check
        )
        connection.execute(member.on_conflict_do_nothing())
    write_alarms(connection, [replace(alarm, incident=number) for alarm in alarms])
    return replace(incident, id=number, change=incident.change + 1)


def acknowledge(
    connection: Connection, incident: IncidentId, *, by: str, now: datetime
) -> bool:
    """Write down that somebody knows; False if it is over, or known already."""
    table = tables.incident
    known = (
        update(table)
        .where(
            table.c.id == incident,
            table.c.acknowledged_at.is_(None),
            table.c.resolved_at.is_(None),
        )
        .values(acknowledged_at=now, acknowledged_by=by, change=table.c.change + 1)
    )
    return connection.execute(known).rowcount == 1


def open_incidents(connection: Connection) -> Sequence[Incident]:
    """Return the incidents that are not resolved, oldest first."""
    return _incidents(connection, _OPEN)


def incidents(connection: Connection, *, limit: int) -> Sequence[Incident]:
    """Return so many incidents, newest first."""
    newest = _selecting().order_by(tables.incident.c.id.desc()).limit(limit)
    return _incidents(connection, newest)


def incident(connection: Connection, number: IncidentId) -> Incident | None:
    """Return one incident by its number."""
    found = _incidents(connection, _selecting(tables.incident.c.id == number))
    return found[0] if found else None


def incidents_of(
    connection: Connection, *which: ColumnElement[bool]
) -> Sequence[Incident]:
    """Return the incidents of which all of this is true, oldest first."""
    asked = _selecting(*which).order_by(tables.incident.c.opened_at)
    return _incidents(connection, asked)


def _open(connection: Connection, incident: Incident) -> IncidentId | None:
    opened = (
        insert(connection, tables.incident)
        .values(**_kept(incident) | {"change": 1})
        .on_conflict_do_nothing()
        .returning(tables.incident.c.id)
    )
    number: IncidentId | None = connection.scalar(opened)
    return number


def _change(
    connection: Connection, incident: Incident, number: IncidentId
) -> IncidentId | None:
    table = tables.incident
    changed = (
        update(table)
        .where(table.c.id == number, table.c.change == incident.change)
        .values(**_kept(incident) | {"change": incident.change + 1})
    )
    done = connection.execute(changed)
    return number if done.rowcount == 1 else None


def _kept(incident: Incident) -> dict[str, Any]:
    fields = values(incident)
    return {name: fields[name] for name in fields if name not in {"id", "checks"}}


def _selecting(*which: ColumnElement[bool]) -> Select[Any]:
    kept = [name for name in names(Incident) if name != "checks"]
    return select(*(tables.incident.c[name] for name in kept)).where(*which)


_OPEN = _selecting(tables.incident.c.resolved_at.is_(None)).order_by(
    tables.incident.c.opened_at
)


def _incidents(connection: Connection, statement: Select[Any]) -> Sequence[Incident]:
    member = tables.incident_check
    rows = connection.execute(statement).mappings().all()
    if not rows:  # most of the time
        return []
    numbers = [row["id"] for row in rows]
    members = connection.execute(
        select(member.c.incident, member.c.check).where(member.c.incident.in_(numbers))
    )
    checks: dict[int, set[CheckName]] = defaultdict(set)
    for number, check in members:
        checks[number].add(check)
    return [Incident(**row, checks=frozenset(checks[row["id"]])) for row in rows]
