"""How the daemon shows that it lives: to systemd, to the ledger, and outward."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from probes.errors import ProbeError
from probes.heartbeat import Beat, beat
from watchdog import sdnotify
from watchdog.config import Config
from watchdog.emergency import Crier
from watchdog.ledger import Ledger, LedgerError
from watchdog.model import Presence
from watchdog.stages.drills import failing
from watchdog.stages.submit import Clock
from watchdog.supervision import Supervisor

log = structlog.get_logger()

OUTWARD = 60.0
"""Seconds between two heartbeats."""
TO_LEDGER = 15.0
"""Seconds between two signs of life in the ledger."""
TO_SYSTEMD = 10.0
"""Seconds between two signs of life to systemd, if it does not want them sooner."""

LONGEST_ANSWER = 30.0
"""Seconds; where the ledger is locked, each who writes waits in turn for longer."""

LATELY = timedelta(days=1)
"""How long an alarm that was given up counts as untold."""


@dataclass(kw_only=True)
class Pulse:
    """What we last told of ourselves, and whom."""

    ledger: Ledger
    supervisor: Supervisor
    clock: Clock
    presence: Presence
    crier: Crier
    refusal: str = ""
    """Why the newest configuration is not in force, or nothing."""
    is_kept: bool = False
    """Whether the ledger took what we last told it."""
    is_begun: bool = False
    """Whether we have said outward that we begin."""

    async def tell_systemd(self) -> None:
        """Say how we are, and that we get on, if that is true of all our work."""
        words = " ".join([*self.supervisor.troubles, self.refusal]).strip()
        sdnotify.status(words or "All is well.")
        if not self.supervisor.hangs:
            sdnotify.alive()

    async def tell_ledger(self, *, stopped: bool = False) -> None:
        """Write down that we live, how we are, or that we have ended in good order."""
        now = self.clock()
        self.presence = replace(
            self.presence,
            seen_at=now,
            stopped_at=now if stopped else None,
            trouble=" ".join([*self.supervisor.troubles, self.refusal]).strip(),
        )
        self.is_kept = False
        await self.ledger.record_presence(self.presence)
        self.is_kept = True

    async def tell_outside(self, config: Config) -> None:
        """Send the heartbeat, and cry for help where only we ourselves can.

        The first one says that we begin.  Nothing else waits for that: a service
        that hangs holds up no check.
        """
        if not self.is_begun:
            self.is_begun = True
            await send_heartbeat(config, Beat.START)
        troubles = [*self.supervisor.troubles]
        if self.supervisor.ledger_error is None:
            troubles += await self._asked(config)
        await send_heartbeat(config, Beat.FAIL if troubles else Beat.SUCCESS, troubles)
        if failure := self.supervisor.ledger_error:
            await self.crier.failed(config, failure, now=self.clock())
        elif self.is_kept:
            await self.crier.works(config, now=self.clock())

    async def _asked(self, config: Config) -> Sequence[str]:
        """Ask the ledger why alarms reach nobody; nobody outside waits for it."""
        try:
            async with asyncio.timeout(LONGEST_ANSWER):
                return await deaf(config, self.ledger, now=self.clock())
        except LedgerError as error:
            return [str(error)]
        except TimeoutError:
            return ["The ledger does not answer."]


async def deaf(config: Config, ledger: Ledger, *, now: datetime) -> Sequence[str]:
    """Return why alarms do not, or may not, reach their people, a sentence each."""
    untold = await ledger.untold(since=now - LATELY)
    channels = failing(config, await ledger.measures())
    return [
        *(["Alarms cannot be told to anybody."] if untold else []),
        *(f"The last drill of “{channel}” did not succeed." for channel in channels),
    ]


async def send_heartbeat(
    config: Config, kind: Beat, troubles: Sequence[str] = ()
) -> None:
    """Send a heartbeat, if one is wanted; one that is lost is noticed outside."""
    if config.watchdog.heartbeat is None:
        return
    try:
        await beat(config.watchdog.heartbeat, kind, "\n".join(troubles))
    except ProbeError as error:
        log.warning("heartbeat.unsent", error=error.message)


def systemd_pause() -> float:
    """Return how often systemd wants a sign of life (sd_watchdog_enabled(3))."""
    wanted = os.environ.get("WATCHDOG_USEC", "")
    if not wanted.isdecimal():
        return TO_SYSTEMD
    return min(int(wanted) / 1_000_000 / 3, TO_SYSTEMD)
