"""Who was missed in which trouble: told in one incident each, and never twice."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, false, func, literal, or_, select, update

from watchdog.ledger import alarm_tables, inquiry_tables
from watchdog.ledger.incidents import incidents_of, record_incident
from watchdog.ledger.rows import columns, fact
from watchdog.model import (
    Alarm,
    Certainty,
    CheckName,
    Incident,
    IncidentId,
    IncidentKind,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Lost,
)

_inquiry = inquiry_tables.inquiry

KNOWN = (Certainty.CERTAIN, Certainty.LIKELY)
"""How sure we are of what is told as missed."""

_MISSING = literal(InquiryStatus.MISSING, _inquiry.c.status.type, literal_execute=True)
"""Spelt out, and not a parameter, so that SQLite knows the index that fits."""

ARRIVED = (
    InquiryStatus.ARRIVED,
    InquiryStatus.LATE,
    InquiryStatus.JUNKED,
    InquiryStatus.MISFILED,
)


def untold_losses(connection: Connection, *, limit: int) -> Sequence[Lost]:
    """Return the missed inquiries that no incident tells of yet, oldest first."""
    statement = (
        select(*columns(Lost, _inquiry))
        .where(
            _inquiry.c.status == _MISSING,
            _inquiry.c.incident.is_(None),
            _inquiry.c.certainty.in_(KNOWN),
            # A line in a log is no person yet: robots post too, and nobody can answer.
            _inquiry.c.is_contentless == false(),
        )
        .order_by(_inquiry.c.submitted_at)
        .limit(limit)
    )
    return [fact(Lost, row) for row in connection.execute(statement).mappings()]


def record_loss(
    connection: Connection,
    incident: Incident,
    missed: Collection[InquiryId],
    alarms: Collection[Alarm] = (),
) -> Incident | None:
    """Open or change an incident, and let it tell of these inquiries from now on.

    Return it as it is kept, or None, with nothing written, if somebody else has
    changed it, opened it, or told of one of these inquiries: then decide anew.
    """
    numbers = sorted(missed)
    # Held until the end: of two daemons the second one sees what the first wrote.
    held = select(_inquiry.c.id).where(_inquiry.c.id.in_(numbers))
    connection.execute(held.order_by(_inquiry.c.id).with_for_update()).all()
    told = held.where(_inquiry.c.incident.is_not(None)).limit(1)
    if connection.scalar(told) is not None:
        return None
    kept = record_incident(connection, incident, alarms)
    if kept is not None:
        now_told = update(_inquiry).where(_inquiry.c.id.in_(numbers))
        connection.execute(now_told.values(incident=kept.id))
    return kept


def ended_losses(connection: Connection, *, since: datetime) -> Sequence[Incident]:
    """Return the incidents of lost messages that ended since then."""
    table = alarm_tables.incident
    return incidents_of(
        connection,
        table.c.kind == IncidentKind.LOSS,
        table.c.resolved_at >= since,
    )


def missed_in(
    connection: Connection, incident: IncidentId, *, limit: int
) -> Sequence[Inquiry]:
    """Return who is still missed in an incident, the newest first."""
    statement = (
        select(*columns(Inquiry, _inquiry))
        .where(
            _inquiry.c.incident == incident,
            _inquiry.c.status == _MISSING,
        )
        .order_by(_inquiry.c.submitted_at.desc(), _inquiry.c.id.desc())
        .limit(limit)
    )
    return [fact(Inquiry, row) for row in connection.execute(statement).mappings()]


def loss_counts(
    connection: Connection, incidents: Collection[IncidentId]
) -> Mapping[IncidentId, Mapping[InquiryStatus, int]]:
    """Return what became of those whom each incident told of as missed."""
    statement = (
        select(_inquiry.c.incident, _inquiry.c.status, func.count())
        .where(_inquiry.c.incident.in_(incidents))
        .group_by(_inquiry.c.incident, _inquiry.c.status)
    )
    found: dict[IncidentId, dict[InquiryStatus, int]] = {
        incident: {} for incident in incidents
    }
    for incident, status, count in connection.execute(statement):
        found[incident][status] = count
    return found


def first_missed(connection: Connection, incident: IncidentId) -> datetime | None:
    """Return when the first one was written who is still missed; None for nobody."""
    first: datetime | None = connection.scalar(
        select(func.min(_inquiry.c.submitted_at)).where(
            _inquiry.c.incident == incident, _inquiry.c.status == _MISSING
        )
    )
    return first


def last_missed(
    connection: Connection, incident: IncidentId
) -> Mapping[CheckName, datetime]:
    """Return when the last one was written who is still missed, by check."""
    statement = (
        select(_inquiry.c.check, func.max(_inquiry.c.submitted_at))
        .where(
            _inquiry.c.incident == incident,
            _inquiry.c.status == _MISSING,
        )
        .group_by(_inquiry.c.check)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def arrived_since(
    connection: Connection, check: CheckName, since: datetime, *, most: int
) -> int:
    """Return how many inquiries written after then arrived; `most` is enough."""
    some = (
        select(_inquiry.c.id)
        .where(
            _inquiry.c.check == check,
            _inquiry.c.submitted_at > since,
            _inquiry.c.status.in_(ARRIVED),
        )
        .limit(most)
    )
    return connection.scalar(select(func.count()).select_from(some.subquery())) or 0


def undecided(
    connection: Connection,
    checks: Collection[CheckName],
    *,
    begin: datetime,
    end: datetime,
) -> int:
    """Return of how many inquiries of that time it is still to be seen if they come."""
    statement = select(func.count()).where(
        _inquiry.c.check.in_(checks),
        _inquiry.c.submitted_at.between(begin, end),
        or_(
            _inquiry.c.status.is_(None),
            _inquiry.c.status == InquiryStatus.PENDING,
        ),
    )
    return connection.scalar(statement) or 0


def written_at(
    connection: Connection,
    checks: Collection[CheckName],
    *,
    since: datetime,
    until: datetime,
    most: int = 20_000,
) -> Sequence[datetime]:
    """Return when people wrote in that time; the newest, where there are so many."""
    statement = (
        select(_inquiry.c.submitted_at)
        .where(
            _inquiry.c.check.in_(checks),
            _inquiry.c.submitted_at.between(since, until),
            _inquiry.c.is_spam == false(),
        )
        .order_by(_inquiry.c.submitted_at.desc())
        .limit(most)
    )
    return connection.scalars(statement).all()
