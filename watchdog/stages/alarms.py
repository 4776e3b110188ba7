"""Tell the alarms that are due: each at least once, and nothing that is stale."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from probes.channels.message import Notice, Sent
from probes.channels.send import send as send_by_channel
from probes.errors import ProbeError, Refused, Unreachable
from probes.settings import ChannelSettings
from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import Alarm, ChannelName, Incident, Missed, Reason
from watchdog.rules import alarm as rule
from watchdog.rules.handing_on import TRIES, handed_on, retry_at
from watchdog.rules.silence import is_silenced
from watchdog.stages.ladder import ladder_of
from watchdog.stages.lanes import Lanes
from watchdog.stages.notice import notice_of
from watchdog.stages.reminding import remind_others, waiting_for
from watchdog.stages.submit import Clock

log = structlog.get_logger()

LAPSE = timedelta(minutes=5)
"""After this long without a result, whoever claimed an alarm has died."""

LONGEST_SEND = LAPSE / 2
"""No channel may take longer, lest another tells the same meanwhile."""

HELD = timedelta(minutes=1)
"""How long a silenced alarm waits until we see if the silence goes on."""

AT_ONCE = 100
"""Alarms of one channel told in one go; the next pass goes on with the rest."""

Send = Callable[[ChannelSettings, Notice], Awaitable[Sent]]


async def tell(
    config: Config, ledger: Ledger, *, clock: Clock, send: Send = send_by_channel
) -> None:
    """Raise the reminders whose time has come, send what is due, and wait for it."""
    lanes = Lanes()
    await start_telling(config, ledger, lanes, clock=clock, send=send)
    await lanes.finish()


async def start_telling(
    config: Config,
    ledger: Ledger,
    lanes: Lanes,
    *,
    clock: Clock,
    send: Send = send_by_channel,
) -> None:
    """Raise the reminders whose time has come; begin to send what is due, and return.

    `lanes` are the same at each call: each channel has its own, so that one that
    is slow or hangs holds up no other, neither now nor at the calls to come.  Of
    one that takes nothing only the oldest alarm is tried at a time.  Raises what
    broke in a lane since the last call.
    """
    lanes.clear()
    await _remind(config, ledger, now=clock())
    due = await ledger.due_alarms(clock(), lapse=LAPSE, limit=AT_ONCE)
    by_channel: dict[ChannelName, list[Alarm]] = defaultdict(list)
    for alarm in due:
        by_channel[alarm.channel].append(alarm)
    teller = _Teller(config=config, ledger=ledger, clock=clock, send=send)
    for channel, alarms in by_channel.items():
        lanes.start(channel, channel, partial(teller.tell, alarms))


async def handed_over(
    config: Config, channel: ChannelName, notice: Notice, send: Send
) -> Sent:
    """Send by a channel, which gets a bounded time; raise `ProbeError` if it fails."""
    settings = config.settings_of(channel)
    if settings is None:
        raise Refused(f"The configuration names no channel “{channel}”.")
    try:
        async with asyncio.timeout(LONGEST_SEND.total_seconds()):
            return await send(settings, notice)
    except TimeoutError as error:
        raise Unreachable("The channel did not come to an end.") from error


async def _remind(config: Config, ledger: Ledger, *, now: datetime) -> None:
    incidents = await ledger.open_incidents()
    if not incidents:
        return
    alarms = await ledger.alarms_of_open()
    silences = await ledger.silences(now)
    for incident in incidents:
        if incident.id is None or is_silenced(incident.checks, silences, now=now):
            continue
        ladder = ladder_of(config, incident.checks)
        new = rule.reminders(incident, ladder, alarms.get(incident.id, []), now=now)
        if new:
            # As a change of the incident, so that of two daemons one reminds.
            await ledger.record_incident(incident, new)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """What an alarm is about: an incident and all the alarms about it, or who waits."""

    incident: Incident | None
    alarms: Sequence[Alarm]
    cases: Sequence[Missed] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Sends alarms: decide, claim, look again, act, write down."""

    config: Config
    ledger: Ledger
    clock: Clock
    send: Send

    async def tell(self, alarms: Sequence[Alarm]) -> None:
        """Send the alarms of one channel, oldest first, until it fails."""
        for alarm in alarms:
            if not (await self._is_held(alarm) or await self._send(alarm)):
                return

    async def _is_held(self, alarm: Alarm) -> bool:
        """Hold back what is silenced."""
        story, now = await self._story(alarm), self.clock()
        if story.incident is None:
            return False
        silences = await self.ledger.silences(now)
        if not is_silenced(story.incident.checks, silences, now=now):
            return False
        await self.ledger.hold_alarm(alarm, now=now, until=now + HELD)
        return True

    async def _send(self, alarm: Alarm) -> bool:
        """Claim and send one alarm; False if its channel failed."""
        if alarm.id is None:
            return True
        now = self.clock()
        claimed = await self.ledger.claim_alarm(alarm.id, now=now, lapse=LAPSE)
        if claimed is None:
            return True
        # What came before the claim we see now; what comes after sees the claim.
        story = await self._story(claimed)
        if _is_stale(claimed, story):
            await self.ledger.withdraw_alarm(claimed, now=self.clock())
            return True
        try:
            notice = await self._notice(claimed, story)
            sent = await handed_over(self.config, claimed.channel, notice, self.send)
        except ProbeError as error:
            await self._record_failure(claimed, story, error)
            return False
        await self.ledger.record_sent(
            claimed,
            now=self.clock(),
            message_id=sent.reference or None,
            subject=notice.subject,
        )
        log.info(
            "alarm.sent",
            channel=claimed.channel,
            incident=claimed.incident,
            reason=claimed.reason.value,
            attempts=claimed.attempts,
            refused=len(sent.refused),
        )
        return True

    async def _notice(self, alarm: Alarm, story: _Story) -> Notice:
        return await notice_of(
            self.config,
            self.ledger,
            alarm,
            story.incident,
            story.alarms,
            now=self.clock(),
            cases=story.cases,
        )

    async def _record_failure(
        self, alarm: Alarm, story: _Story, error: ProbeError
    ) -> None:
        """Write down when to try again, and who hears at once instead."""
        now = self.clock()
        is_final = isinstance(error, Refused) and error.permanent
        instead: Sequence[Alarm] = ()
        is_vain = is_final or alarm.attempts >= TRIES
        if is_vain and story.cases:
            await remind_others(self.config, self.ledger, alarm, story.cases, now=now)
        if is_vain and story.incident:
            ladder = ladder_of(self.config, story.incident.checks)
            instead = handed_on(alarm, story.incident, ladder, story.alarms, now=now)
        await self.ledger.record_not_sent(
            alarm,
            now=now,
            words=error.message,
            again_at=None if is_final else retry_at(alarm, now=now),
            instead=instead,
        )
        log.warning(
            "alarm.not_sent",
            channel=alarm.channel,
            incident=alarm.incident,
            error=error.message,
            is_final=is_final,
            handed_on=len(instead),
        )

    async def _story(self, alarm: Alarm) -> _Story:
        if alarm.reason is Reason.WAITING:
            now = self.clock()
            cases = await waiting_for(self.config, self.ledger, alarm, now=now)
            return _Story(incident=None, alarms=[], cases=cases)
        if alarm.incident is None:
            return _Story(incident=None, alarms=[])
        return _Story(
            incident=await self.ledger.incident(alarm.incident),
            alarms=await self.ledger.alarms_of(alarm.incident),
        )


def _is_stale(alarm: Alarm, story: _Story) -> bool:
    """Return whether nobody needs to hear an alarm any more."""
    if alarm.reason is Reason.WAITING:
        return not story.cases
    about = story.incident
    return about is not None and rule.is_stale(alarm, about, story.alarms)
