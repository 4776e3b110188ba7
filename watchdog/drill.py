"""A test alarm by every channel, and the proof that it came."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from probes.channels.message import Notice
from probes.channels.send import send as send_by_channel
from probes.errors import ProbeError
from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import Alarm, ChannelName, Health, Reason
from watchdog.proof import Patience, Proof, Result, prove
from watchdog.rules.schedule import SPARING, beat_to_claim
from watchdog.stages.alarms import Send, handed_over
from watchdog.stages.drills import SUBJECT, subject_of
from watchdog.stages.notice import notice_of
from watchdog.stages.submit import Clock

log = structlog.get_logger()

GRACE = timedelta(hours=1)
"""A drill that is missed for longer, as by a laptop asleep, waits for the next."""

Ladders = Mapping[ChannelName, Sequence[str]]
"""The channels to be drilled, each with the ladders that it is a step of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """What a drill showed of one channel."""

    channel: ChannelName
    ladders: Sequence[str]
    sent_at: datetime
    proof: Proof


def chosen(config: Config, names: Collection[str] = ()) -> Ladders:
    """Return the channels by these names of ladders and channels, or of all ladders.

    A channel whose steps all leave drills out is drilled only when it is named.
    """
    found: dict[ChannelName, list[str]] = defaultdict(list)
    for ladder, steps in config.ladder.items():
        for step in steps:
            is_named = {ladder, step.channel} & set(names)
            hears = not step.reasons or Reason.DRILL in step.reasons
            if is_named if names else hears:
                found[step.channel].append(ladder)
    for channel in config.channel:
        if channel in names:
            found.setdefault(channel, [])
    return {channel: list(dict.fromkeys(found[channel])) for channel in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill of some channels, side by side."""

    config: Config
    ledger: Ledger
    clock: Clock
    send: Send = send_by_channel
    patience: Patience = field(default_factory=Patience)

    async def run(self, ladders: Ladders) -> Sequence[Drilled]:
        """Send, wait for the proofs, and write both down."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._drill(channel, names))
                for channel, names in ladders.items()
            ]
        return [task.result() for task in tasks]

    async def _drill(self, channel: ChannelName, ladders: Sequence[str]) -> Drilled:
        now = self.clock()
        alarm = await self.ledger.begin_drill(
            Alarm(
                channel=channel, step=0, reason=Reason.DRILL, created_at=now, due_at=now
            )
        )
        notice = await notice_of(self.config, self.ledger, alarm, None, [], now=now)
        proof = await self._proof(alarm, notice)
        await self._remember(alarm, proof)
        return Drilled(channel=channel, ladders=ladders, sent_at=now, proof=proof)

    async def _proof(self, alarm: Alarm, notice: Notice) -> Proof:
        try:
            sent = await handed_over(self.config, alarm.channel, notice, self.send)
        except ProbeError as error:
            await self.ledger.record_not_sent(
                alarm, now=self.clock(), words=error.message, again_at=None
            )
            return Proof(result=Result.FAILED, words=error.message)
        await self.ledger.record_sent(
            alarm, now=self.clock(), message_id=sent.reference or None
        )
        return await prove(self.config, alarm.channel, notice, sent, self.patience)

    async def _remember(self, alarm: Alarm, proof: Proof) -> None:
        """Keep what this channel has shown last."""
        subject = subject_of(alarm.channel)
        await self.ledger.claim_measure(
            subject, now=alarm.created_at, every=timedelta()
        )
        await self.ledger.record_measure(
            subject,
            {
                "result": proof.result.value,
                "is_well": proof.result.health is Health.OK,
                "words": proof.words,
            },
        )


async def drill_if_due(
    config: Config, ledger: Ledger, *, clock: Clock, send: Send = send_by_channel
) -> None:
    """Drill all ladders' channels when the configuration says so; cheap to call often.

    Of several daemons one drills, once at each beat.
    """
    if config.drills is None:
        return
    last = (await ledger.measures()).get(SUBJECT)
    claimed = last.asked_at if last else None
    beat = beat_to_claim(SUBJECT, config.drills, clock(), claimed=claimed, grace=GRACE)
    if beat is None or not await ledger.claim_measure(SUBJECT, now=beat, every=SPARING):
        return
    drill = Drill(config=config, ledger=ledger, clock=clock, send=send)
    for drilled in await drill.run(chosen(config)):
        is_well = drilled.proof.result.health is Health.OK
        (log.info if is_well else log.error)(
            "drill.done",
            channel=drilled.channel,
            result=drilled.proof.result.value,
            words=drilled.proof.words,
        )
