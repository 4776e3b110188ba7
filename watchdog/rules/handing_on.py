"""Who hears instead, and when to try again, where a channel did not take an alarm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from watchdog.model import Alarm, Incident, Reason
from watchdog.rules.hearing import (
    alarms_for,
    has_failed,
    is_vain,
    may_have_heard,
    those_of,
    waits_beyond,
)
from watchdog.rules.ladder import Rung, with_ends

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
    is_end = alarm.reason is Reason.RESOLVED
    ladder = with_ends(ladder, incident) if is_end else ladder
    channels = [rung.channel for rung in ladder]
    is_lost = alarm.channel not in channels
    place = -1 if is_lost else channels.index(alarm.channel)
    if is_end and not is_lost and any(may_have_heard(one) for one in alarms):
        return []
    for step, rung in enumerate(ladder[place + 1 :], place + 1):
        all_its = those_of(rung, alarms)
        its = [one for one in all_its if not is_vain(one, incident)]
        if is_end:
            its = [one for one in its if one.reason is Reason.RESOLVED]
        waiting = [one for one in its if waits_beyond(one, now)]
        if waiting:
            return [replace(one, due_at=now) for one in waiting]
        if its and is_end and is_lost:
            continue
        if its:
            return []
        is_new = is_end or not any(map(has_failed, all_its))
        if is_new and (new := alarms_for(rung, step, incident, alarm.reason, now=now)):
            return new
    return []


def retry_at(alarm: Alarm, *, now: datetime) -> datetime:
    """Return when to try again what a channel did not take."""
    tries = max(alarm.attempts, 1)
    return now + RETRIES[min(tries, len(RETRIES)) - 1]
