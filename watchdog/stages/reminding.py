"""Remind of those who were missed and wait; the next step where one cannot hear."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import Alarm, ChannelName, CheckName, Missed, Reason
from watchdog.rules.silence import is_silenced
from watchdog.rules.waiting import waiting
from watchdog.stages.ladder import ladder_of
from watchdog.stages.recovery import MOST_CASES


async def remind(config: Config, ledger: Ledger, *, now: datetime) -> bool:
    """Raise the reminders whose time has come; return whether there are any.

    Nobody is reminded at once: that somebody was missed is told by an incident.
    """
    every = config.recovery.remind_every
    cases = await _waiting(config, ledger, step=0, now=now)
    raised = False
    for channel, found in cases.items():
        if all(now - one.case.opened_at < every for one in found):
            continue
        alarm = _reminder(channel, step=0, now=now)
        raised |= await ledger.raise_reminder(alarm, every=every)
    return raised


async def remind_others(
    config: Config,
    ledger: Ledger,
    alarm: Alarm,
    cases: Sequence[Missed],
    *,
    now: datetime,
) -> int:
    """Remind the next steps of `cases`, since a channel does not take `alarm`.

    Return how many.  Done twice, it changes nothing: each hears once, until it is
    time to remind again.
    """
    step = alarm.step + 1
    checks = {one.inquiry.check for one in cases}
    channels = {_hears(config, check, step) for check in checks}
    # Not the whole time, lest a refusal that is quicker than yesterday's tell nobody.
    every = config.recovery.remind_every * 0.9
    raised = 0
    for channel in sorted(filter(None, channels)):
        new = _reminder(channel, step=step, now=now)
        raised += await ledger.raise_reminder(new, every=every)
    return raised


async def waiting_for(
    config: Config, ledger: Ledger, alarm: Alarm, *, now: datetime
) -> Sequence[Missed]:
    """Return who waits, of those whom an alarm reminds of, the longest first."""
    waiting = await _waiting(config, ledger, step=alarm.step, now=now)
    return waiting.get(alarm.channel, [])


def _reminder(channel: ChannelName, *, step: int, now: datetime) -> Alarm:
    return Alarm(
        channel=channel, step=step, reason=Reason.WAITING, created_at=now, due_at=now
    )


async def _waiting(
    config: Config, ledger: Ledger, *, step: int, now: datetime
) -> Mapping[ChannelName, Sequence[Missed]]:
    cases = waiting(await ledger.cases_under_way(limit=MOST_CASES))
    silences = await ledger.silences(now) if cases else []
    told = {
        check: _hears(config, check, step)
        for check in {one.inquiry.check for one in cases}
        if not is_silenced({check}, silences, now=now)
    }
    found: dict[ChannelName, list[Missed]] = defaultdict(list)
    for one in cases:
        if channel := told.get(one.inquiry.check):
            found[channel].append(one)
    return found


def _hears(config: Config, check: CheckName, step: int) -> ChannelName | None:
    """Return the channel of that step, of those that want to hear of it."""
    rungs = ladder_of(config, [check])
    channels = [one.channel for one in rungs if Reason.WAITING in one.reasons]
    return channels[step] if step < len(channels) else None
