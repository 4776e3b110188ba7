"""How the daemon shows that it lives: to systemd, to the ledger, and outward."""

import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from probes.errors import ProbeError
from probes.heartbeat import Beat, beat
from watchdog import emergency, sdnotify
from watchdog.config import Config
from watchdog.ledger import Ledger, LedgerError
from watchdog.model import Presence
from watchdog.stages.submit import Clock
from watchdog.supervision import Supervisor

log = structlog.get_logger()

OUTWARD = 60.0
"""Seconds between two heartbeats."""
TO_LEDGER = 15.0
"""Seconds between two signs of life in the ledger."""
TO_SYSTEMD = 10.0
"""Seconds between two signs of life to systemd, if it does not want them sooner."""

LATELY = timedelta(days=1)
"""How long an alarm that was given up counts as untold."""
CRY_AFTER = timedelta(minutes=1)
"""How long the ledger may fail, as while it is locked, before people hear of it."""
CRY_AGAIN = timedelta(hours=1)


@dataclass(kw_only=True)
class Pulse:
    """What we last told of ourselves, and whom."""

    ledger: Ledger
    supervisor: Supervisor
    clock: Clock
    presence: Presence
    refusal: str = ""
    """Why the newest configuration is not in force, or nothing."""
    failing_since: datetime | None = None
    """Since when the ledger fails."""
    cried_at: datetime | None = None

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
        await self.ledger.record_presence(self.presence)

    async def tell_outside(self, config: Config) -> None:
        """Send the heartbeat, and cry for help where only we ourselves can."""
        troubles = [*self.supervisor.troubles]
        try:
            untold = await self.ledger.untold(since=self.clock() - LATELY)
        except LedgerError as error:
            troubles.append(str(error))
        else:
            troubles += ["Alarms cannot be told to anybody."] if untold else []
        await send_heartbeat(config, Beat.FAIL if troubles else Beat.SUCCESS, troubles)
        await self._cry_if_lasting(config)

    async def _cry_if_lasting(self, config: Config) -> None:
        trouble, now = self.supervisor.ledger_trouble, self.clock()
        if not trouble:
            self.failing_since = None
            return
        self.failing_since = min(self.failing_since or now, now)
        is_early = now - self.failing_since < CRY_AFTER
        is_again = self.cried_at is not None and now - self.cried_at < CRY_AGAIN
        if (
            not is_early
            and not is_again
            and await emergency.cry(config, trouble, now=now)
        ):
            self.cried_at = now


async def send_heartbeat(
    config: Config, kind: Beat, troubles: list[str] | None = None
) -> None:
    """Send a heartbeat, if one is wanted; one that is lost is noticed outside."""
    if config.watchdog.heartbeat is None:
        return
    try:
        await beat(config.watchdog.heartbeat, kind, "\n".join(troubles or []))
    except ProbeError as error:
        log.warning("heartbeat.unsent", error=error.message)


def systemd_pause() -> float:
    """Return how often systemd wants a sign of life (sd_watchdog_enabled(3))."""
    wanted = os.environ.get("WATCHDOG_USEC", "")
    if not wanted.isdecimal():
        return TO_SYSTEMD
    return min(int(wanted) / 1_000_000 / 3, TO_SYSTEMD)
