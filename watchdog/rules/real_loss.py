"""In which trouble an inquiry was missed, and when that trouble is over.

What was written while our own messages were lost too belongs to that incident.
What was lost while they came is trouble of its own: one incident a mailbox, or
site, that grows.  Each missed inquiry is told in one incident, once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watchdog.model import (
    CheckName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Lost,
    MailboxName,
    Outcome,
    Reason,
)
from watchdog.rules.incident import begins

DAY = timedelta(days=1)

PROVEN = 5
"""Inquiries in a row that arrived after the last missed one end the trouble."""

QUIET = timedelta(days=7)
"""After so long without another one it is over, though little came at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a check shares with others."""

    mailbox: MailboxName
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """An incident, why its news are told, and who is known to be missed in it now."""

    incident: Incident
    reason: Reason
    missed: Sequence[Lost] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """How a check's inquiries fared after the last missed one."""

    last_missed_at: datetime
    arrived: int
    """How many arrived in a row; `PROVEN` are enough to be counted."""


def told_in(
    missed: Sequence[Lost],
    incidents: Sequence[Incident],
    counts: Mapping[IncidentId, int],
) -> Sequence[Loss]:
    """Return to which of the losses that we knew of by our own messages these belong.

    `counts` tells how many were known to be missed in each before.  The first one
    makes it worse; who is found missing after its end completes the list.
    """
    found: dict[int, list[Lost]] = defaultdict(list)
    for inquiry in missed:
        place = next(
            (n for n, one in enumerate(incidents) if is_in_doubt(inquiry, one)), None
        )
        if place is not None:
            found[place].append(inquiry)
    return [
        _grown(incidents[place], its, is_first=not counts.get(_id(incidents[place])))
        for place, its in found.items()
    ]


def is_in_doubt(inquiry: Lost, incident: Incident) -> bool:
    """Tell whether an inquiry was written while this loss by our own account lasted."""
    if incident.kind is not IncidentKind.LOSS or inquiry.check not in incident.checks:
        return False
    begin, end = incident.window_from, incident.window_to or incident.resolved_at
    is_after = begin is None or inquiry.submitted_at >= begin
    return is_after and (end is None or inquiry.submitted_at <= end)


def told_apart(
    missed: Sequence[Lost],
    incidents: Sequence[Incident],
    homes: Mapping[CheckName, Home],
    *,
    now: datetime,
) -> Sequence[Loss]:
    """Return the incidents of real loss as they are with these inquiries in them.

    Also the open ones to which none is new.  An inquiry of a check that nobody
    watches any more has no home, and no incident.
    """
    after = [one for one in incidents if one.kind is IncidentKind.REAL_LOSS]
    found: list[list[Lost]] = [[] for _ in after]
    for inquiry in missed:
        if inquiry.check not in homes:
            continue
        place = _place(inquiry.check, after, homes)
        if place == len(after):
            after.append(_opened(inquiry.check, homes, now))
            found.append([])
        found[place].append(inquiry)
        checks = after[place].checks | {inquiry.check}
        after[place] = replace(after[place], checks=checks)
    return [
        Loss(incident=incident, reason=_reason(incident), missed=its)
        for incident, its in zip(after, found, strict=True)
    ]


def is_over(
    incident: Incident, sequels: Mapping[CheckName, Sequel], *, now: datetime
) -> bool:
    """Tell whether inquiries are known to arrive again, or none was missed for long.

    `sequels` are of the checks of which any is still missed.
    """
    for sequel in sequels.values():
        quiet = now - sequel.last_missed_at
        is_proven = sequel.arrived >= PROVEN or incident.acknowledged_at is not None
        if quiet < (DAY if is_proven else QUIET):
            return False
    return True


def resolved(loss: Loss, *, now: datetime) -> Loss:
    """Return the loss as one that is over, also if nobody has heard of it yet.

    So what is found in a past of which we knew nothing is told once, as the past.
    """
    over = replace(loss.incident, resolved_at=now)
    return replace(loss, incident=over, reason=Reason.RESOLVED)


def _grown(incident: Incident, missed: Sequence[Lost], *, is_first: bool) -> Loss:
    if incident.resolved_at:
        return Loss(incident=incident, reason=Reason.RESOLVED, missed=missed)
    if not is_first:
        return Loss(incident=incident, reason=begins(incident), missed=missed)
    graver = replace(incident, health=Health.CRITICAL)
    return Loss(incident=graver, reason=Reason.WORSE, missed=missed)


def _place(
    check: CheckName,
    incidents: Sequence[Incident],
    homes: Mapping[CheckName, Home],
) -> int:
    """Return in which incident a check belongs; one beyond the last for a new one."""
    own = homes[check]
    for place, incident in enumerate(incidents):
        others = [homes[one] for one in incident.checks if one in homes]
        if incident.shared == f"mailbox:{own.mailbox}" or any(
            other.mailbox == own.mailbox or other.site == own.site for other in others
        ):
            return place
    return len(incidents)


def _opened(
    check: CheckName, homes: Mapping[CheckName, Home], now: datetime
) -> Incident:
    return Incident(
        kind=IncidentKind.REAL_LOSS,
        shared=f"mailbox:{homes[check].mailbox}",
        checks=frozenset({check}),
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=now,
        window_from=None,
    )


def _reason(incident: Incident) -> Reason:
    """Return why it is told: somebody new is news to whoever knew of the others.

    Whoever has not said that he knows is reminded anyway, of all of them.
    """
    return Reason.WORSE if incident.acknowledged_at else begins(incident)


def _id(incident: Incident) -> IncidentId:
    return incident.id or IncidentId(0)
