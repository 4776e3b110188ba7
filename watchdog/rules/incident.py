"""When an incident begins, grows and ends: what checks' standings make of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watchdog.model import (
    CheckName,
    Health,
    Incident,
    IncidentKind,
    Reason,
    Verdict,
)
from watchdog.rules.standing import (
    KINDS,
    Standing,
    blamed,
    causes,
    is_in_trouble,
    last_delivered_at,
    recovered_at,
)

LIGHTEST_FIRST = (Health.OK, Health.UNKNOWN, Health.WARNING, Health.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an incident has become, and why anybody should hear of it."""

    incident: Incident
    reason: Reason


def advance(
    standings: Sequence[Standing],
    incidents: Sequence[Incident],
    *,
    watched: Collection[CheckName],
    now: datetime,
) -> Sequence[Change]:
    """Return what the standings make of the open `incidents`, and the new ones.

    Checks that may fail by the same thing are in one incident.  It is over when
    each of them is known to be well, or is no longer `watched`; a check whose
    standing is not given is not known to be well.
    """
    before = [incident for incident in incidents if incident.kind in KINDS]
    known = {standing.check: standing for standing in standings}
    after = list(before)
    shared = [_causes_of(incident, known) for incident in after]
    for kind in KINDS:
        for standing in standings:
            _join(standing, kind, after, shared, now)
    after = [
        _resolved(incident, known, now)
        if is_over(incident, known, watched)
        else incident
        for incident in after
    ]
    olds: list[Incident | None] = [*before, *[None] * (len(after) - len(before))]
    return [
        Change(incident=new, reason=reason)
        for old, new in zip(olds, after, strict=True)
        if (reason := _reason(old, new))
    ]


def is_over(
    incident: Incident,
    known: Mapping[CheckName, Standing],
    watched: Collection[CheckName],
) -> bool:
    """Tell whether all checks of an incident are known to be well, or are gone."""
    return not any(
        check not in known or is_in_trouble(known[check], incident.kind, is_open=True)
        for check in incident.checks
        if check in watched
    )


def begins(incident: Incident) -> Reason:
    """Return the reason for which an incident is first told."""
    if incident.kind is IncidentKind.WARNING:
        return Reason.WARNING
    is_blind = incident.health is Health.UNKNOWN
    return Reason.BLIND if is_blind else Reason.OPENED


def _join(
    standing: Standing,
    kind: IncidentKind,
    incidents: list[Incident],
    shared: list[set[str]],
    now: datetime,
) -> None:
    """Put a check in trouble into the incident that it belongs to, or a new one.

    `shared` is by what the checks of each incident may fail, and grows with it.
    """
    places = [n for n, one in enumerate(incidents) if one.kind is kind]
    own = [n for n in places if standing.check in incidents[n].checks]
    verdict = blamed(standing, kind)
    if verdict is None or not is_in_trouble(standing, kind, is_open=bool(own)):
        return
    keys = causes(standing, verdict)
    fitting = own or [n for key in keys for n in places if key in shared[n]]
    if fitting:
        incidents[fitting[0]] = _with(incidents[fitting[0]], standing, verdict)
        shared[fitting[0]].update(keys)
    else:
        incidents.append(_opened(standing, kind, verdict, keys[0], now))
        shared.append(set(keys))


def _causes_of(incident: Incident, known: Mapping[CheckName, Standing]) -> set[str]:
    """Return by what the checks of an incident may fail."""
    members = [known[check] for check in incident.checks if check in known]
    told = [
        (member, verdict)
        for member in members
        if (verdict := blamed(member, incident.kind))
    ]
    return {incident.shared, *(key for one in told for key in causes(*one))}


def _opened(
    standing: Standing,
    kind: IncidentKind,
    verdict: Verdict,
    shared: str,
    now: datetime,
) -> Incident:
    return Incident(
        kind=kind,
        shared=shared,
        checks=frozenset({standing.check}),
        outcome=verdict.outcome,
        health=verdict.outcome.health,
        opened_at=now,
        window_from=last_delivered_at(standing),
    )


def _with(incident: Incident, standing: Standing, verdict: Verdict) -> Incident:
    """Return the incident with this check in it; it only ever grows graver."""
    if standing.check not in incident.checks:
        froms = [incident.window_from, last_delivered_at(standing)]
        incident = replace(
            incident,
            checks=incident.checks | {standing.check},
            window_from=min(filter(None, froms), default=None),
        )
    if _gravity(verdict.outcome.health) <= _gravity(incident.health):
        return incident
    return replace(incident, outcome=verdict.outcome, health=verdict.outcome.health)


def _resolved(
    incident: Incident, known: Mapping[CheckName, Standing], now: datetime
) -> Incident:
    standings = [known[check] for check in incident.checks if check in known]
    recovered = [recovered_at(standing) for standing in standings]
    window_to = max(filter(None, recovered), default=None)
    return replace(incident, resolved_at=now, window_to=window_to)


def _reason(old: Incident | None, new: Incident) -> Reason | None:
    """Return why a change is told; another check that fails by the same is no news.

    That is told as a beginning, to those who have not heard of it yet.
    """
    if old is None:
        return begins(new)
    if new.resolved_at:
        return Reason.RESOLVED
    if new.health is not old.health:
        return Reason.WORSE
    return begins(new) if new.checks != old.checks else None


def _gravity(health: Health) -> int:
    return LIGHTEST_FIRST.index(health)
