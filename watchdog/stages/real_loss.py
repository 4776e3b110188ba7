"""Let incidents tell of the real people who are missed, each of them once."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import structlog

from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import (
    Alarm,
    CheckName,
    Incident,
    IncidentId,
    IncidentKind,
    Reason,
)
from watchdog.rules import real_loss as rule
from watchdog.rules.alarm import raised
from watchdog.rules.ladder import with_ends
from watchdog.rules.real_loss import PROVEN, Home, Loss, Sequel
from watchdog.stages.ladder import ladder_of

log = structlog.get_logger()

AT_ONCE = 10_000
"""Missed inquiries told of in one pass; the next pass goes on with the rest."""

RECENT = timedelta(days=2)
"""For so long after the end of a loss its list is completed: later, what is found
is told as a past of its own."""

UNDECIDED = timedelta(days=1)
"""After so long we wait no more for what is still to be seen."""


async def tell_losses(config: Config, ledger: Ledger, *, now: datetime) -> bool:
    """Put each inquiry that is known to be missed into an incident, with its alarms.

    And let incidents of real loss end.  Return whether any incident has changed.
    If we die on the way, or somebody else was quicker, the next pass decides anew:
    no inquiry is told in two incidents, and none in none.
    """
    missed = await ledger.untold_losses(limit=AT_ONCE)
    open_ones = await ledger.open_incidents()
    real = [one for one in open_ones if one.kind is IncidentKind.REAL_LOSS]
    if not missed and not real:
        return False
    known = [one for one in open_ones if one.kind is IncidentKind.LOSS]
    ended = await ledger.ended_losses(since=now - RECENT) if missed else []
    counts = await _counts(ledger, [*known, *ended])
    within = rule.told_in(missed, [*known, *ended], counts)
    told = {one.id for loss in within for one in loss.missed}
    apart = [one for one in missed if one.id not in told]
    changed = [loss for loss in within if await _is_decided(ledger, loss.incident, now)]
    for loss in rule.told_apart(apart, real, _homes(config), now=now):
        sequels = await _sequels(config, ledger, loss)
        if rule.is_over(loss.incident, sequels, now=now):
            changed.append(rule.resolved(loss, now=now))
        elif loss.missed:
            changed.append(loss)
    for loss in changed:
        await _record(config, ledger, loss, now)
    return bool(changed)


async def _counts(
    ledger: Ledger, incidents: Collection[Incident]
) -> Mapping[IncidentId, int]:
    numbers = [one.id for one in incidents if one.id]
    counts = await ledger.loss_counts(numbers) if numbers else {}
    return {number: sum(found.values()) for number, found in counts.items()}


async def _is_decided(ledger: Ledger, incident: Incident, now: datetime) -> bool:
    """Tell whether the list of an ended incident can be completed, at one go."""
    if incident.resolved_at is None or now - incident.resolved_at > UNDECIDED:
        return True
    begin = incident.window_from or incident.opened_at
    end = incident.window_to or incident.resolved_at
    return not await ledger.undecided(incident.checks, begin=begin, end=end)


async def _sequels(
    config: Config, ledger: Ledger, loss: Loss
) -> Mapping[CheckName, Sequel]:
    """Return how it went on after the last missed inquiry of each check."""
    number = loss.incident.id
    last = dict(await ledger.last_missed(number)) if number else {}
    for one in loss.missed:
        last[one.check] = max(one.submitted_at, last.get(one.check, one.submitted_at))
    return {
        check.name: Sequel(
            last_missed_at=at,
            arrived=await ledger.arrived_since(check.name, at, most=PROVEN),
        )
        for check in config.check
        if (at := last.get(check.name))
    }


def _homes(config: Config) -> Mapping[CheckName, Home]:
    return {
        check.name: Home(
            mailbox=check.mailbox,
            site=check.of_site,
        )
        for check in config.check
    }


async def _record(config: Config, ledger: Ledger, loss: Loss, now: datetime) -> None:
    """Write down a loss with its alarms; whoever was quicker has told already."""
    incident = loss.incident
    alarms = await ledger.alarms_of(incident.id) if incident.id else []
    ladder = ladder_of(config, incident.checks)
    if loss.missed:
        ladder = with_ends(ladder, incident)
    new = raised(incident, loss.reason, ladder, alarms, now=now)
    if loss.reason is Reason.RESOLVED and any(map(_ends_untold, alarms)):
        new = []
    missed = [one.id for one in loss.missed]
    if kept := await ledger.record_loss(incident, missed, new):
        log.info(
            "loss.told",
            incident=kept.id,
            reason=loss.reason.value,
            kind=kept.kind.value,
            missed=len(missed),
            alarms=len(new),
        )


def _ends_untold(alarm: Alarm) -> bool:
    """Tell whether somebody is about to hear the end, and all that is known by then."""
    return alarm.reason is Reason.RESOLVED and alarm.settled_at is None
