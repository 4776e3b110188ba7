"""Trace real inquiries by ourselves: each night, and while messages are lost."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from watchdog.config import Check, Config
from watchdog.config.times import machine_zone
from watchdog.ledger import Ledger
from watchdog.model import LOSSES, Incident, MailboxName, Measure
from watchdog.rules.schedule import Cron, due_beat
from watchdog.stages.inquiries import Tracing, Unread, with_store
from watchdog.stages.submit import Clock
from watchdog.stages.unread import DONE, evidence_of, subject_of

NIGHT = range(1, 5)
"""The hours, by the owner's clock, over which the nightly work is spread."""

AGAIN = timedelta(days=30)
"""So long after it was submitted an inquiry's message may still turn up by night."""

DOUBT = timedelta(days=1)
"""So long before an incident messages may have been lost that no test has missed."""

OFTEN = timedelta(minutes=4, seconds=30)
"""How often at most mailboxes are read for people's mails, and losses traced."""

LAPSE = timedelta(minutes=30)
"""After that long without an end, somebody else does the night's work."""

AT_ONCE = 4
"""Mailboxes that are read side by side."""

AFTERWARDS = timedelta(minutes=15)
"""So long after a loss, and the deadline, it is known what has come after all."""


async def trace_if_due(
    config: Config, ledger: Ledger, *, clock: Clock, got_on: Callable[[], None]
) -> bool:
    """Trace what is due to be traced now, and return whether there was anything.

    Cheap to call often.  Of several daemons one does it.  `got_on` is called
    whenever a part is done.
    """
    groups = with_store(config.check)
    if not groups:
        return False
    measures = await ledger.measures()
    deadline = max(check.deadline for checks in groups.values() for check in checks)
    ended = await ledger.ended_losses(since=clock() - deadline - AFTERWARDS)
    incidents = [*await ledger.open_incidents(), *ended]
    room = asyncio.Semaphore(AT_ONCE)

    async def trace_one(name: MailboxName, checks: Sequence[Check]) -> bool:
        tracing = Tracing(
            config=config,
            ledger=ledger,
            name=name,
            checks=checks,
            clock=clock,
            tell=lambda _words: got_on(),
        )
        async with room:
            return await _Turn(tracing, measures, incidents).take()

    async with asyncio.TaskGroup() as group:
        turns = [
            group.create_task(trace_one(name, checks))
            for name, checks in groups.items()
        ]
    return any(turn.result() for turn in turns)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is to be done for one mailbox now, if anything."""

    tracing: Tracing
    measures: Mapping[str, Measure]
    incidents: Sequence[Incident]

    async def take(self) -> bool:
        """Do the night's work, or keep what is in doubt fresh, or note what came.

        Return whether inquiries were traced.
        """
        ledger, subject = self.tracing.ledger, subject_of(self.tracing.name)
        now = self.tracing.clock()
        night = night_of(self.tracing.config, self.tracing.name, now)
        known = self.measures.get(subject)
        is_done = known is not None and known.evidence.get(DONE) == night.isoformat()
        if not is_done and await ledger.claim_measure(subject, now=now, every=LAPSE):
            unread = await self._trace(again_since=now - AGAIN)
            # What could not be read is tried again when the claim has lapsed.
            await ledger.record_measure(subject, evidence_of(night, unread))
            return True
        if not await ledger.claim_measure(f"{subject}:often", now=now, every=OFTEN):
            return False
        doubt = self._doubt
        if doubt is None:
            await self.tracing.note_mails()
            return False
        await self._trace(again_since=doubt)
        return True

    @property
    def _doubt(self) -> datetime | None:
        """Since when messages may be lost, or have been just now."""
        names = {check.name for check in self.tracing.checks}
        begun = [
            one.window_from or one.opened_at - DOUBT
            for one in self.incidents
            if one.kind in LOSSES and one.checks & names
        ]
        return min(begun, default=None)

    async def _trace(self, *, again_since: datetime) -> Sequence[Unread]:
        since = self.tracing.clock() - self.tracing.config.watchdog.retention
        return await self.tracing.run(
            since=lambda _settings: since, again_since=again_since
        )


def night_of(config: Config, mailbox: MailboxName, now: datetime) -> datetime:
    """Return when the newest night's work on a mailbox was due: stable, spread."""
    place = int.from_bytes(sha256(mailbox.encode()).digest()[:4], "big")
    hour, minute = NIGHT[place % len(NIGHT)], place // len(NIGHT) % 60
    zone = config.watchdog.timezone or machine_zone()
    return due_beat(mailbox, Cron(f"{minute} {hour} * * *", zone), now)
