"""Seen at once: from the mail host's "250" to the arrival in the ledger."""

import asyncio
import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from time import perf_counter

import aiosmtplib

from benchmarks.idle_loop import idling
from benchmarks.measure import Measure, by_turns
from benchmarks.watched import MS, Deliver, message_of, watching
from benchmarks.world import PASSWORD_VARIABLE, World, address_of
from probes.secrets import Secret
from probes.settings import ImapSettings
from tests.world.dovecot import PASSWORD
from tests.world.process import LOOPBACK
from watchdog.demo.mailhost import MailHost
from watchdog.model import Marker

ROUNDS = 15
BUDGET = 1.1
"""Times the bare IDLE loop."""

QUICK_ROUNDS = 60
QUICK_BUDGET = 20.0
"""Milliseconds, where the server itself waits for nothing."""


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
        watching(settings, world.folder / "seen.db") as product,
        idling(
            dovecot.imaps_port, ca=str(dovecot.ca), user=bare, password=PASSWORD
        ) as loop,
    ):

        async def sample_loop() -> float:
            seen = asyncio.create_task(loop.next_exists())
            accepted_at = await _by_lmtp(dovecot.lmtp_port, bare)(
                message_of(Marker("none"))
            )
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
            async with aiosmtplib.SMTP(hostname=host.host, port=host.smtp_port) as smtp:
                await smtp.send_message(message)
                return perf_counter()

        async with watching(settings, world.folder / "quick.db") as product:
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


def _by_lmtp(port: int, user: str) -> Deliver:
    def deliver(message: EmailMessage) -> float:
        with smtplib.LMTP(LOOPBACK, port) as lmtp:
            lmtp.send_message(message, to_addrs=[user])
            return perf_counter()

    return lambda message: asyncio.to_thread(deliver, message)
