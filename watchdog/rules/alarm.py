"""Who hears of an incident, when, and when no more.

Alarms are written in the transaction of what they tell of; these rules say
which.  Telling twice is better than never, but stale news helps nobody: what
is over, or known, is withdrawn before it is sent.

`alarms` are always those about the incident so far, in the order in which they
were raised.  A rule that returns an alarm with an id wants it brought forward.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from watchdog.model import Alarm, Incident, IncidentKind, Reason
from watchdog.rules.hearing import (
    alarms_for,
    has_failed,
    is_known,
    may_have_heard,
    those_of,
    waits_beyond,
)
from watchdog.rules.incident import begins
from watchdog.rules.ladder import Rung, with_ends

REMINDERS = (
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
)
"""The gaps between one telling and the next; the last one goes on."""


def raised(
    incident: Incident,
    reason: Reason,
    ladder: Sequence[Rung],
    alarms: Sequence[Alarm],
    *,
    now: datetime,
) -> Sequence[Alarm]:
    """Return the alarms about a change of `incident`, for the reason it was made.

    What begins climbs the ladder step by step, also for those alone whose check
    has joined.  What grows worse is told to those whose time has come, unless
    they are about to hear of it all anyway.
    """
    if reason is Reason.RESOLVED:
        return _ends(incident, ladder, alarms, now)
    opening, found = begins(incident), []
    for step, rung in enumerate(ladder):
        its, due_at = those_of(rung, alarms), now + rung.after
        new = alarms_for(rung, step, incident, opening, now=now)
        if not its and new:
            found += [replace(one, due_at=due_at) for one in new]
        elif later := [one for one in its if waits_beyond(one, due_at)]:
            found += [replace(one, due_at=due_at) for one in later]
        elif reason is Reason.WORSE and _is_free(incident, rung, its, now):
            found += alarms_for(rung, step, incident, reason, now=now)
    return found


def reminders(
    incident: Incident,
    ladder: Sequence[Rung],
    alarms: Sequence[Alarm],
    *,
    now: datetime,
) -> Sequence[Alarm]:
    """Return the alarms that remind of an incident which nobody has acknowledged.

    Also where the last telling failed for good: by now the channel may be mended.
    A warning is told once: it can wait, and would otherwise be one too many.
    """
    is_once = incident.kind is IncidentKind.WARNING
    if is_once or incident.acknowledged_at or incident.resolved_at:
        return []
    found: list[Alarm] = []
    for step, rung in enumerate(ladder):
        its = those_of(rung, alarms)
        told_at = [one.settled_at for one in its if one.settled_at]
        last_at = max(told_at, default=incident.opened_at + rung.after)
        count = sum(one.reason is Reason.REMINDER for one in its)
        gap = REMINDERS[min(count, len(REMINDERS) - 1)]
        if now - last_at >= gap and _is_free(incident, rung, its, now):
            found += alarms_for(rung, step, incident, Reason.REMINDER, now=now)
    return found


def is_stale(alarm: Alarm, incident: Incident, alarms: Sequence[Alarm]) -> bool:
    """Tell whether nobody needs to hear this alarm any more.

    Nobody is told of the end of what he never heard had begun, unless nobody
    heard of it at all, or the end was handed on to him from who did hear: that it
    was must not stay unsaid.
    """
    if alarm.reason is Reason.RESOLVED:
        others = [one for one in alarms if one.id != alarm.id]
        heard = {one.channel for one in others if may_have_heard(one)}
        ends = [one for one in others if one.reason is Reason.RESOLVED]
        is_handed_on = any(map(has_failed, ends))
        return bool(heard) and alarm.channel not in heard and not is_handed_on
    if incident.resolved_at:
        return True
    return is_known(alarm, incident)


def _ends(
    incident: Incident, ladder: Sequence[Rung], alarms: Sequence[Alarm], now: datetime
) -> Sequence[Alarm]:
    """Return the alarms that tell the end to those who heard of the trouble.

    Whoever heard is told even if the configuration has lost his step since.
    Where nobody heard, it is the first step: that it was must not stay unsaid, not
    even where no step wants to hear of ends.
    """
    rungs = {rung.channel: rung for rung in ladder}
    heard = {one.channel: one.step for one in alarms if may_have_heard(one)}
    if heard:
        return [
            one
            for channel, step in heard.items()
            for one in alarms_for(
                rungs.get(channel, Rung(channel=channel, after=timedelta())),
                step,
                incident,
                Reason.RESOLVED,
                now=now,
            )
        ]
    told = [
        alarms_for(rung, step, incident, Reason.RESOLVED, now=now)
        for step, rung in enumerate(with_ends(ladder, incident))
    ]
    return next(filter(None, told), [])


def _is_free(
    incident: Incident, rung: Rung, its: Sequence[Alarm], now: datetime
) -> bool:
    """Tell whether a step's time has come, and it is not about to hear anyway."""
    is_pending = any(
        one.settled_at is None and not is_known(one, incident) for one in its
    )
    return not is_pending and incident.opened_at + rung.after <= now
