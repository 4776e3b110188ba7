"""Watchdogs in processes of their own, to be killed; and the business they watch."""

import asyncio
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from tests.world.command import ROOT
from tests.world.pages import Site
from watchdog.config import load
from watchdog.demo.business import (
    GATEWAY_TOKEN,
    OFFICE,
    OFFICE_PASSWORD,
    OWNER,
    Business,
)
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import Outcome, Verdict

TIMES = 30.0
"""A minute of the daemons' time is two seconds."""
BOUND = 60
SQLITE = '"sqlite:///watchdog.db"'
SECRETS = (OFFICE_PASSWORD, GATEWAY_TOKEN)


@dataclass(kw_only=True)
class Dog:
    """One daemon, and what it says."""

    process: asyncio.subprocess.Process
    said: list[str] = field(default_factory=list)
    _hearing: asyncio.Task[None] | None = None

    async def hear(self) -> None:
        """Return when it works; from then on, keep what it says."""
        assert self.process.stderr
        async with asyncio.timeout(BOUND):
            while not await self.has_said("daemon.started"):
                line = await self.process.stderr.readline()
                assert line, self.said
                self.said.append(line.decode())
        self._hearing = asyncio.create_task(self._hear(self.process.stderr))

    async def has_said(self, words: str) -> bool:
        """Tell whether these words stand in its log."""
        return any(words in line for line in self.said)

    async def kill(self) -> None:
        """End it on whatever line it is."""
        self.process.kill()
        await self.ended()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(number)
        return await self.ended()

    async def _hear(self, stream: asyncio.StreamReader) -> None:
        async for line in stream:
            self.said.append(line.decode())

    async def ended(self) -> int:
        """Return its exit code, as soon as it has ended."""
        async with asyncio.timeout(BOUND):
            code = await self.process.wait()
            if self._hearing:
                await self._hearing
        return code


@dataclass(kw_only=True)
class Kennel:
    """A business, and daemons that watch it."""

    business: Business
    site: Site
    config: Path
    ledger: Ledger
    began: float
    dogs: list[Dog] = field(default_factory=list)

    async def start(self) -> Dog:
        """Start one more daemon, and return when it works."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.world.hasty_daemon", self.config),
            *(str(self.began), str(TIMES)),
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.config.parent),
                "GATEWAY_TOKEN": GATEWAY_TOKEN,
                "CREDENTIALS_DIRECTORY": str(self.config.parent),
            },
            stderr=asyncio.subprocess.PIPE,
        )
        dog = Dog(process=process)
        self.dogs.append(dog)
        await dog.hear()
        return dog

    def clock(self) -> datetime:
        """Return the daemons' time."""
        return datetime.fromtimestamp(
            self.began + (time.time() - self.began) * TIMES, UTC
        )

    async def verdicts(self) -> list[Verdict]:
        """Return what was said so far."""
        (check,) = load(self.config).check
        return [*await self.ledger.verdicts(check.name, limit=10_000)]

    async def has_found(self, outcome: Outcome, *, times: int) -> bool:
        """Tell whether an outcome was found so often."""
        found = [verdict.outcome for verdict in await self.verdicts()]
        return found.count(outcome) >= times

    async def mails(self) -> Sequence[EmailMessage]:
        """Return the owner's mails, oldest first."""
        return await self.business.mail_host.folder(OWNER)

    async def told(self) -> Counter[str]:
        """Return how often the owner got each mail, by its Message-ID."""
        return Counter(str(mail["Message-ID"]) for mail in await self.mails())

    async def has_heard(self, mails: int, messages: int) -> bool:
        """Tell whether the owner got so many different mails and messages."""
        texts = {sms.body for sms in self.business.gateway.messages}
        return len(await self.told()) >= mails and len(texts) >= messages

    async def came(self) -> set[str]:
        """Return the markers of what came into the office's mailbox."""
        text = "".join(map(str, await self.business.mail_host.folder(OFFICE)))
        return {marker for marker in self.sent if marker in text}

    @property
    def sent(self) -> list[str]:
        """The markers of what was put through the form, one for each time."""
        return [
            marker
            for posted in self.site.received
            for marker in re.findall(r"\+(\w+)@", posted["email"])
        ]


@asynccontextmanager
async def kennel(
    folder: Path, *, deadline: timedelta, ledger: str = SQLITE
) -> AsyncIterator[Kennel]:
    """Open a business, and its ledger for the test to look into."""
    async with Business() as business:
        config = business.write_config(folder, expected=deadline, deadline=deadline)
        site = Site.start(smtp_port=business.mail_host.smtp_port, owner=OFFICE)
        # What has come stays in the inbox, for the test to see.
        mailbox = "[mailbox.office]"
        text = config.read_text().replace(mailbox, f'{mailbox}\nafter = "keep"')
        text = text.replace(business.site.url, site.url)
        config.write_text(text.replace(SQLITE, ledger))
        dogs: list[Dog] = []
        try:
            async with open_ledger(await load(config).watchdog.ledger_url()) as opened:
                yield Kennel(
                    business=business,
                    site=site,
                    config=config,
                    ledger=opened,
                    began=time.time(),
                    dogs=dogs,
                )
        finally:
            for dog in dogs:
                if dog.process.returncode is None:
                    await dog.kill()
            await asyncio.to_thread(site.stop)
        said = "".join(line for dog in dogs for line in dog.said)
        assert not any(secret in said for secret in SECRETS), "a secret was logged"


async def until(true: Callable[[], Awaitable[bool]], *, within: float = BOUND) -> None:
    """Return when it is true."""
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110  a ledger rings no bell
            await asyncio.sleep(0.1)
