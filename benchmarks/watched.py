"""A mailbox that the product watches in our own process."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import perf_counter

import structlog
from structlog.typing import EventDict, WrappedLogger

from benchmarks.world import CHECK, MAILBOX, address_of
from probes.mail.mailbox import Tidy
from probes.mail.open import open_mailbox
from probes.settings import ImapSettings
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import CheckName, MailboxName, Marker, Submission
from watchdog.rules import letter, marker
from watchdog.stages.watch import Watcher

REST = 0.1
"""Seconds in which the watcher comes back to its waiting, and the disk to rest."""

MS = 1000

Deliver = Callable[[EmailMessage], Awaitable[float]]
"""Hands a message to the mail host, and returns when that said 250."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A mailbox that the product watches, and the ledger that it writes."""

    ledger: Ledger
    seen_at: asyncio.Queue[float] = field(default_factory=asyncio.Queue)

    async def sample(self, deliver: Deliver) -> float:
        """Deliver a message that is waited for; return the ms from its 250 on."""
        await asyncio.sleep(REST)
        accepted_at = await deliver(message_of(await self._claim()))
        return (await self.seen_at.get() - accepted_at) * MS

    async def _claim(self) -> Marker:
        now = _clock()
        salt = secrets.token_bytes(marker.SALT_BYTES)
        submission = Submission(
            marker=marker.make(await self.ledger.key(), at=now, salt=salt),
            check=CheckName(CHECK),
            mailbox=MailboxName(MAILBOX),
            beat=now,
            submitted_at=now,
            expected=timedelta(minutes=2),
            due_at=now + timedelta(minutes=15),
        )
        await self.ledger.claim_beat(submission)
        return submission.marker

    def hear(self, _logger: WrappedLogger, _level: str, event: EventDict) -> EventDict:
        """Take the time of the log's line about an arrival: it follows the commit."""
        if event["event"] == "arrival.seen":
            self.seen_at.put_nowait(perf_counter())
        raise structlog.DropEvent


@asynccontextmanager
async def watching(settings: ImapSettings, ledger: Path) -> AsyncIterator[Watched]:
    """Watch a mailbox until the end of the block."""
    async with open_ledger(f"sqlite:///{ledger}") as opened:
        watched = Watched(opened)
        structlog.configure(processors=[watched.hear])
        watcher = Watcher(
            name=MailboxName(MAILBOX),
            mailbox=open_mailbox(settings),
            ledger=opened,
            clock=_clock,
            after=Tidy.MOVE,
            after_folder="Contact Watchdog",
            pace=settings.poll,
        )
        task = asyncio.create_task(watcher.run(lambda: asyncio.sleep(0)))
        try:
            await watcher.has_looked.wait()
            yield watched
        finally:
            task.cancel()
            await asyncio.wait([task])
            structlog.reset_defaults()


def message_of(mark: Marker) -> EmailMessage:
    """Return the mail of a website to whose form that marker was given."""
    synthetic = letter.compose(
        mark,
        check=CheckName(CHECK),
        contact=address_of("it"),
        visitor=address_of("it"),
    )
    message = EmailMessage()
    message["From"] = address_of("website")
    message["To"] = address_of("seen")
    message["Reply-To"] = synthetic.email
    message["Subject"] = "Message from your website"
    message.set_content(synthetic.message)
    return message


def _clock() -> datetime:
    return datetime.now(UTC)
