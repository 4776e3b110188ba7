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

from watchdog.model import Alarm, AlarmResult, Incident, IncidentKind, Reason
from watchdog.rules.incident import begins
from watchdog.rules.ladder import Rung

REMINDERS = (
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
)
"""The gaps between one telling and the next; the last one goes on."""

RETRIES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""The gaps between tries at a channel that did not take an alarm; the last goes on."""

TRIES = 3
"""After so many tries the next step hears at once; this one is tried further."""


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
        its, due_at = _of(rung, alarms), now + rung.after
        if not its and opening in rung.reasons:
            found.append(_alarm(incident, rung, step, opening, now, due_at=due_at))
        elif later := [one for one in its if _waits_beyond(one, due_at)]:
            found += [replace(one, due_at=due_at) for one in later]
        elif reason is Reason.WORSE and _is_free(incident, rung, its, now):
            found += _alarms(incident, rung, step, reason, now)
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
        its = _of(rung, alarms)
        told_at = [one.settled_at for one in its if one.settled_at]
        last_at = max(told_at, default=incident.opened_at + rung.after)
        count = sum(one.reason is Reason.REMINDER for one in its)
        gap = REMINDERS[min(count, len(REMINDERS) - 1)]
        if now - last_at >= gap and _is_free(incident, rung, its, now):
            found += _alarms(incident, rung, step, Reason.REMINDER, now)
    return found


def handed_on(
    alarm: Alarm,
    incident: Incident,
    ladder: Sequence[Rung],
    alarms: Sequence[Alarm],
    *,
    now: datetime,
) -> Sequence[Alarm]:
    """Return what the next step hears at once, since this one did not take `alarm`.

    Nothing if one of the later steps has heard, or is about to.  All steps are
    later than one that the configuration has lost, or calls otherwise now.  The
    end is handed on only where nobody has heard of the trouble at all, or where who
    heard of it may be behind one of the steps that do not hear of the end.
    """
    channels = [rung.channel for rung in ladder]
    is_lost = alarm.channel not in channels
    place = -1 if is_lost else channels.index(alarm.channel)
    is_end = alarm.reason is Reason.RESOLVED
    if is_end and not is_lost and any(may_have_heard(one) for one in alarms):
        return []
    for step, rung in enumerate(ladder[place + 1 :], place + 1):
        all_its = _of(rung, alarms)
        its = [one for one in all_its if not _is_vain(one, incident)]
        if is_end:
            its = [one for one in its if one.reason is Reason.RESOLVED]
        waiting = [one for one in its if _waits_beyond(one, now)]
        if waiting:
            return [replace(one, due_at=now) for one in waiting]
        if its and is_end and is_lost:
            continue
        if its:
            return []
        is_new = is_end or not any(map(_has_failed, all_its))
        if is_new and (new := _alarms(incident, rung, step, alarm.reason, now)):
            return new
    return []


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
        is_handed_on = any(map(_has_failed, ends))
        return bool(heard) and alarm.channel not in heard and not is_handed_on
    if incident.resolved_at:
        return True
    return _is_known(alarm, incident)


def retry_at(alarm: Alarm, *, now: datetime) -> datetime:
    """Return when to try again what a channel did not take."""
    tries = max(alarm.attempts, 1)
    return now + RETRIES[min(tries, len(RETRIES)) - 1]


def may_have_heard(alarm: Alarm) -> bool:
    """Tell whether somebody was told, or may have been: a claim without a result."""
    is_undecided = alarm.claimed_at is not None and not _has_failed(alarm)
    return alarm.result is AlarmResult.SENT or alarm.lapsed or is_undecided


def _ends(
    incident: Incident, ladder: Sequence[Rung], alarms: Sequence[Alarm], now: datetime
) -> Sequence[Alarm]:
    """Return the alarms that tell the end to those who heard of the trouble.

    Whoever heard is told even if the configuration has lost his step since.
    Where nobody heard, it is the first step: that it was must not stay unsaid.
    """
    rungs = {rung.channel: rung for rung in ladder}
    heard = {one.channel: one.step for one in alarms if may_have_heard(one)}
    if heard:
        return [
            one
            for channel, step in heard.items()
            for one in _alarms(
                incident,
                rungs.get(channel, Rung(channel=channel, after=timedelta())),
                step,
                Reason.RESOLVED,
                now,
            )
        ]
    told = [
        _alarms(incident, rung, step, Reason.RESOLVED, now)
        for step, rung in enumerate(ladder)
    ]
    return next(filter(None, told), [])


def _alarms(
    incident: Incident, rung: Rung, step: int, reason: Reason, now: datetime
) -> Sequence[Alarm]:
    """Return the alarm for this step, due now, if the step takes such alarms."""
    if reason not in rung.reasons:
        return []
    return [_alarm(incident, rung, step, reason, now, due_at=now)]


def _alarm(
    incident: Incident,
    rung: Rung,
    step: int,
    reason: Reason,
    now: datetime,
    *,
    due_at: datetime,
) -> Alarm:
    return Alarm(
        incident=incident.id,
        channel=rung.channel,
        step=step,
        reason=reason,
        created_at=now,
        due_at=due_at,
    )


def _of(rung: Rung, alarms: Sequence[Alarm]) -> Sequence[Alarm]:
    return [alarm for alarm in alarms if alarm.channel == rung.channel]


def _is_free(
    incident: Incident, rung: Rung, its: Sequence[Alarm], now: datetime
) -> bool:
    """Tell whether a step's time has come, and it is not about to hear anyway."""
    is_pending = any(
        one.settled_at is None and not _is_known(one, incident) for one in its
    )
    return not is_pending and incident.opened_at + rung.after <= now


def _waits_beyond(alarm: Alarm, moment: datetime) -> bool:
    """Tell whether an alarm that nobody has tried yet is due only later."""
    is_untried = alarm.settled_at is None and not alarm.attempts
    return is_untried and alarm.due_at > moment


def _has_failed(alarm: Alarm) -> bool:
    return alarm.result is AlarmResult.FAILED


def _is_known(alarm: Alarm, incident: Incident) -> bool:
    """Tell whether somebody said "I know" to what this alarm is about."""
    known_at = incident.acknowledged_at
    return known_at is not None and alarm.created_at <= known_at


def _is_vain(alarm: Alarm, incident: Incident) -> bool:
    """Tell whether nobody heard by this alarm, nor will."""
    is_unheard = alarm.settled_at is None and _is_known(alarm, incident)
    return is_unheard or alarm.result in {AlarmResult.FAILED, AlarmResult.WITHDRAWN}
