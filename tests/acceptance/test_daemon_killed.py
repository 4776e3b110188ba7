"""Daemons that are killed at any instant, or work side by side, do no harm."""

import asyncio
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.world.command import ROOT
from tests.world.pages import Fault, Site
from watchdog.config import load
from watchdog.demo.business import OFFICE, OWNER, Business
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import Outcome, Verdict

KILLS = 6
TIMES = 30.0
"""A minute of the daemons' time is two seconds."""
DEADLINE = timedelta(minutes=2)
BOUND = 60


@dataclass(kw_only=True)
class Kennel:
    """A business, and daemons that watch it."""

    business: Business
    site: Site
    config: Path
    ledger: Ledger
    began: float

    async def start(self) -> asyncio.subprocess.Process:
        """Start one more daemon, and return when it works."""
        daemon = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.world.hasty_daemon", self.config),
            *(str(self.began), str(TIMES)),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": str(self.config.parent)},
            stderr=asyncio.subprocess.PIPE,
        )
        assert daemon.stderr
        async with asyncio.timeout(BOUND):
            assert "daemon.started" in (await daemon.stderr.readline()).decode()
        return daemon

    async def verdicts(self) -> list[Verdict]:
        """Return what was said so far."""
        (check,) = load(self.config).check
        return [*await self.ledger.verdicts(check.name, limit=10_000)]

    async def has_said(self, outcome: Outcome, *, times: int) -> bool:
        """Tell whether an outcome was found so often."""
        said = [verdict.outcome for verdict in await self.verdicts()]
        return said.count(outcome) >= times

    async def told(self) -> Counter[str]:
        """Return how often the owner got each mail, by its Message-ID."""
        mails = await self.business.mail_host.folder(OWNER)
        return Counter(str(mail["Message-ID"]) for mail in mails)

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
async def kennel(folder: Path) -> AsyncIterator[Kennel]:
    """Open a business, and its ledger for the test to look into."""
    async with Business() as business:
        config = business.write_config(folder, expected=DEADLINE, deadline=DEADLINE)
        site = Site.start(smtp_port=business.mail_host.smtp_port, owner=OFFICE)
        # What has come stays in the inbox, for the test to see.
        mailbox = "[mailbox.office]"
        kept = config.read_text().replace(mailbox, f'{mailbox}\nafter = "keep"')
        config.write_text(kept.replace(business.site.url, site.url))
        async with open_ledger(await load(config).watchdog.ledger_url()) as ledger:
            yield Kennel(
                business=business,
                site=site,
                config=config,
                ledger=ledger,
                began=time.time(),
            )
        await asyncio.to_thread(site.stop)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(BOUND):
        while not await true():  # noqa: ASYNC110  a ledger rings no bell
            await asyncio.sleep(0.1)


async def end(daemon: asyncio.subprocess.Process) -> int:
    daemon.send_signal(signal.SIGTERM)
    await daemon.communicate()
    assert daemon.returncode is not None
    return daemon.returncode


async def test_daemons_killed_at_any_instant_lose_nothing_and_do_nothing_twice(
    tmp_path: Path,
) -> None:
    chance = random.Random(2)
    async with kennel(tmp_path) as dogs:
        for kill in range(KILLS):
            if kill == KILLS // 2:
                dogs.site.fault = Fault.BLACK_HOLE
            daemon = await dogs.start()
            await asyncio.sleep(chance.uniform(0.0, 2.0))
            daemon.kill()
            await daemon.communicate()
        last = await dogs.start()
        await until(lambda: dogs.has_said(Outcome.MISSING, times=2))
        await until(lambda: _has_heard(dogs))
        assert await end(last) == 0

        lost = {v.marker for v in await dogs.verdicts() if v.outcome is Outcome.MISSING}
        told = await dogs.told()
        came = await dogs.came()

    assert len(dogs.sent) == len(set(dogs.sent))
    assert came
    assert not came & lost
    assert told
    assert sum(told.values()) <= len(told) + 1


async def _has_heard(dogs: Kennel) -> bool:
    return bool(await dogs.told()) and bool(dogs.business.gateway.messages)


async def test_two_daemons_on_one_ledger_do_everything_once(tmp_path: Path) -> None:
    async with kennel(tmp_path) as dogs:
        dogs.site.fault = Fault.BLACK_HOLE
        daemons = [await dogs.start(), await dogs.start()]
        await until(lambda: dogs.has_said(Outcome.MISSING, times=3))
        await until(lambda: _has_heard(dogs))
        ends = [await end(daemon) for daemon in daemons]
        told = await dogs.told()

    assert ends == [0, 0]
    assert len(dogs.sent) == len(set(dogs.sent))
    assert [*told.values()] == [1]
    assert len(dogs.business.gateway.messages) == 1
