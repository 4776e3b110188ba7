"""One mailbox, watched for all the checks that share it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from probes.errors import ProbeError
from probes.mail.mailbox import Mailbox, Tidy
from watchdog.ledger import Ledger
from watchdog.model import MailboxName
from watchdog.rules.backoff import pause_after
from watchdog.stages.collect import look, record_blindness, tidy
from watchdog.stages.submit import Clock

log = structlog.get_logger()

LONGEST_PAUSE = 30.0
"""Seconds between two tries to reach a mailbox that does not answer."""


@dataclass(kw_only=True)
class Watcher:
    """Looks, tidies, waits; and begins anew when the connection is lost."""

    name: MailboxName
    mailbox: Mailbox
    ledger: Ledger
    clock: Clock
    after: Tidy
    after_folder: str
    pace: float
    """Seconds after which the folders that cannot push are looked at again."""
    has_looked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the mailbox was read, or found unreadable, for the first time."""
    due_at: datetime | None = None
    """The next deadline, as the latest look knew it; then we look everywhere."""

    async def run(self, on_look: Callable[[], Awaitable[None]]) -> None:
        """Watch until cancelled; `on_look` is awaited after each look, good or bad."""
        failures = 0
        try:
            while True:
                is_seen = await self._look()
                self.has_looked.set()
                await on_look()
                if is_seen and await self._wait():
                    failures = 0
                else:
                    # Also where it can be read but not waited for: what is
                    # looked at without a pause is hammered.
                    failures += 1
                    await asyncio.sleep(
                        pause_after(failures, first=1.0, most=LONGEST_PAUSE)
                    )
        finally:
            await self.mailbox.aclose()

    async def _look(self) -> bool:
        """Look once; return False if we could not see."""
        # At first everywhere: where a folder ended then, later tells what is new.
        is_first = not self.has_looked.is_set()
        is_due = self.due_at is not None and self.due_at <= self.clock()
        try:
            looked = await look(
                self.name,
                self.mailbox,
                self.ledger,
                everywhere=is_first or is_due,
                clock=self.clock,
            )
        except ProbeError as error:
            await record_blindness(self.name, error, self.ledger, clock=self.clock)
            return False
        self.due_at = looked.due_at
        await tidy(self.mailbox, looked.noted, self.after, folder=self.after_folder)
        return True

    async def _wait(self) -> bool:
        """Wait for news, the next deadline, or the pace; False if that broke off.

        Nobody is blind by that: the next look tells if the mailbox can be read.
        """
        try:
            await self.mailbox.wait(self._pause())
        except ProbeError as error:
            log.warning("mailbox.unheard", mailbox=self.name, error=error.message)
            return False
        return True

    def _pause(self) -> float:
        if self.due_at is None:
            return self.pace
        left = (self.due_at - self.clock()).total_seconds()
        return min(self.pace, max(left, 0.05))
