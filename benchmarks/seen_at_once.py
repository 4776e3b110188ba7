"""Seen at once: from the mail host's "250" to the arrival in the ledger."""

import asyncio
import secrets
import smtplib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import perf_counter

import aiosmtplib
import structlog
from structlog.typing import EventDict, WrappedLogger

from benchmarks.idle_loop import idling
from benchmarks.measure import Measure, by_turns
from benchmarks.world import CHECK, MAILBOX, PASSWORD_VARIABLE, World, address_of
from probes.mail.mailbox import Tidy
from probes.mail.open import open_mailbox
from probes.secrets import Secret
from probes.settings import ImapSettings
from tests.world.dovecot import PASSWORD
from tests.world.process import LOOPBACK
from watchdog.demo.mailhost import MailHost
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import CheckName, MailboxName, Marker, Submission
from watchdog.rules import letter, marker
from watchdog.stages.watch import Watcher

ROUNDS = 15
BUDGET = 1.1
"""Times the bare IDLE loop."""

QUICK_ROUNDS = 60
QUICK_BUDGET = 20.0
"""Milliseconds, where the server itself waits for nothing."""

REST = 0.1
"""Seconds in which the watcher comes back to its waiting, and the disk to rest."""

MS = 1000

Deliver = Callable[[EmailMessage], Awaitable[float]]
"""Hands a message to the mail host, and returns when that said 250."""


async def measure(world: World) -> Sequence[Measure]:
    """Measure on Dovecot beside a bare loop, and on a server in our own process."""
    return [await _on_dovecot(world), await _in_process(world)]


async def _on_dovecot(world: World) -> Measure:
    dovecot = world.host.dovecot
    settings = _settings(
        "seen", host="localhost", port=dovecot.imaps_port, ca=dovecot.ca
    )
    bare = address_of("bare")
    async with (
        _watching(settings, world.folder / "seen.db") as product,
        idling(
            dovecot.imaps_port, ca=str(dovecot.ca), user=bare, password=PASSWORD
        ) as loop,
    ):

        async def sample_loop() -> float:
            seen = asyncio.create_task(loop.next_exists())
            accepted_at = await _by_lmtp(dovecot.lmtp_port, bare)(_message("none"))
            return (await seen - accepted_at) * MS

        deliver = _by_lmtp(dovecot.lmtp_port, settings.user)
        ours, beside = await by_turns(
            "seen at once, on Dovecot",
            ROUNDS,
            lambda: product.sample(deliver),
            sample_loop,
        )
    return Measure(
        claim="250 to the arrival in the ledger on Dovecot, beside a bare IDLE loop",
        unit="ms",
        ours=ours,
        beside=beside,
        budget=BUDGET,
    )


async def _in_process(world: World) -> Measure:
    user = address_of("seen")
    async with MailHost({user: PASSWORD}) as host:
        settings = _settings("seen", host=host.host, port=host.imap_port)

        async def deliver(message: EmailMessage) -> float:
            await aiosmtplib.send(message, hostname=host.host, port=host.smtp_port)
            return perf_counter()

        async with _watching(settings, world.folder / "quick.db") as product:
            (ours,) = await by_turns(
                "seen at once, in one process",
                QUICK_ROUNDS,
                lambda: product.sample(deliver),
            )
    return Measure(
        claim="250 to the arrival in the ledger, mail host in the same process",
        unit="ms",
        ours=ours,
        budget=QUICK_BUDGET,
    )


@dataclass(frozen=True, slots=True)
class Watched:
    """A mailbox that the product watches, and the ledger that it writes."""

    ledger: Ledger
    seen_at: asyncio.Queue[float] = field(default_factory=asyncio.Queue)

    async def sample(self, deliver: Deliver) -> float:
        """Deliver a message that is waited for; return the milliseconds from the 250."""
        await asyncio.sleep(REST)
        accepted_at = await deliver(_message(await self._claim()))
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

    def hear(
        self, _logger: WrappedLogger, _level: str, event: EventDict
    ) -> EventDict:
        """Take the time of the log's line about an arrival: it follows the commit."""
        if event["event"] == "arrival.seen":
            self.seen_at.put_nowait(perf_counter())
        raise structlog.DropEvent


@asynccontextmanager
async def _watching(settings: ImapSettings, ledger: Path) -> AsyncIterator[Watched]:
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


def _settings(
    name: str, *, host: str, port: int, ca: Path | None = None
) -> ImapSettings:
    return ImapSettings(
        host=host,
        port=port,
        security="tls" if ca else "none",
        user=address_of(name),
        password=Secret(env=PASSWORD_VARIABLE),
        ca=ca,
    )


def _message(word: str) -> EmailMessage:
    synthetic = letter.compose(
        Marker(word),
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


def _by_lmtp(port: int, user: str) -> Deliver:
    def deliver(message: EmailMessage) -> float:
        with smtplib.LMTP(LOOPBACK, port) as lmtp:
            lmtp.send_message(message, to_addrs=[user])
            return perf_counter()

    return lambda message: asyncio.to_thread(deliver, message)


def _clock() -> datetime:
    return datetime.now(UTC)
