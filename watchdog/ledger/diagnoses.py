"""What is tried to prove the cause of an incident, and what we held it to be."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from watchdog.ledger import diagnosis_tables as tables
from watchdog.ledger.alarms import write_alarms
from watchdog.ledger.rows import add, columns, fact, insert, names, values
from watchdog.model import (
    Alarm,
    Cause,
    Conclusion,
    Diagnosis,
    IncidentId,
    Trial,
)

_trial, _diagnosis = tables.trial, tables.diagnosis


def claim_trial(connection: Connection, trial: Trial) -> bool:
    """Write a trial down before it begins, or return False if that was done before.

    The claim is final: whoever dies on it leaves the trial unmade, since nobody's
    form is written to twice.
    """
    return add(connection, _trial, trial)


def trials(connection: Connection, incident: IncidentId) -> Sequence[Trial]:
    """Return the trials of an incident, in the order in which they were claimed."""
    statement = (
        select(*columns(Trial, _trial))
        .where(_trial.c.incident == incident)
        .order_by(_trial.c.claimed_at)
    )
    rows = connection.execute(statement).mappings()
    return [fact(Trial, row) for row in rows]


def record_diagnosis(
    connection: Connection, diagnosis: Diagnosis, alarms: Collection[Alarm] = ()
) -> bool:
    """Write a diagnosis down with the alarms that tell of it.

    False, with nothing written, if somebody else has written one of that number.
    """
    fields = values(diagnosis)
    row = {name: fields[name] for name in fields if name != "conclusion"}
    told = values(diagnosis.conclusion)
    statement = insert(connection, _diagnosis).on_conflict_do_nothing()
    if connection.execute(statement, {**row, **told}).rowcount != 1:
        return False
    write_alarms(connection, alarms)
    return True


def diagnoses(
    connection: Connection, incidents: Collection[IncidentId]
) -> Mapping[IncidentId, Diagnosis]:
    """Return the newest diagnosis of each of these incidents that has one."""
    newest = (
        select(_diagnosis.c.incident, func.max(_diagnosis.c.number).label("number"))
        .where(_diagnosis.c.incident.in_(incidents))
        .group_by(_diagnosis.c.incident)
        .subquery()
    )
    is_newest = (newest.c.incident == _diagnosis.c.incident) & (
        newest.c.number == _diagnosis.c.number
    )
    statement = select(_diagnosis).join(newest, is_newest)
    found = [_read(row) for row in connection.execute(statement).mappings()]
    return {one.incident: one for one in found}


def diagnosed(connection: Connection, incident: IncidentId) -> Sequence[Diagnosis]:
    """Return all diagnoses of an incident, oldest first."""
    statement = (
        select(_diagnosis)
        .where(_diagnosis.c.incident == incident)
        .order_by(_diagnosis.c.number)
    )
    return [_read(row) for row in connection.execute(statement).mappings()]


def _read(row: RowMapping) -> Diagnosis:
    told: dict[str, Any] = {name: row[name] for name in names(Conclusion)}
    told["suspects"] = tuple(Cause(word) for word in told["suspects"])
    own = {name: row[name] for name in names(Diagnosis) if name != "conclusion"}
    return Diagnosis(**own, conclusion=Conclusion(**told))
