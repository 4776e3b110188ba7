"""Remind of those who were missed and wait; to the first step of each ladder."""

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
    cases = await _waiting(config, ledger, now=now)
    raised = False
    for channel, found in cases.items():
        if all(now - one.case.opened_at < every for one in found):
            continue
        alarm = Alarm(
            channel=channel,
            step=0,
            reason=Reason.WAITING,
            created_at=now,
            due_at=now,
        )
        raised |= await ledger.raise_reminder(alarm, every=every)
    return raised


async def waiting_for(
    config: Config, ledger: Ledger, channel: ChannelName, *, now: datetime
) -> Sequence[Missed]:
    """Return who waits, of those whom a channel is reminded of, the longest first."""
    return (await _waiting(config, ledger, now=now)).get(channel, [])


async def _waiting(
    config: Config, ledger: Ledger, *, now: datetime
) -> Mapping[ChannelName, Sequence[Missed]]:
    cases = waiting(await ledger.cases_under_way(limit=MOST_CASES))
    silences = await ledger.silences(now) if cases else []
    told = {
        check: _hears(config, check)
        for check in {one.inquiry.check for one in cases}
        if not is_silenced({check}, silences, now=now)
    }
    found: dict[ChannelName, list[Missed]] = defaultdict(list)
    for one in cases:
        if channel := told.get(one.inquiry.check):
            found[channel].append(one)
    return found


def _hears(config: Config, check: CheckName) -> ChannelName | None:
    """Return the first step of a check's ladder that wants to hear of it."""
    rungs = ladder_of(config, [check])
    return next((one.channel for one in rungs if Reason.WAITING in one.reasons), None)
