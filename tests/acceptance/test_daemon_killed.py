"""Daemons that are killed at any instant, or work side by side, do no harm."""

import asyncio
import os
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world.kennel import TIMES, Kennel, kennel, until
from tests.world.pages import Fault
from watchdog.config import load
from watchdog.demo.business import GATEWAY_TOKEN
from watchdog.model import Outcome
from watchdog.scheduled import one_pass

WELL, BROKEN, MENDED = 6, 9, 5
"""So many daemons are killed before the mail stops, while it is lost, and after."""

SEED = "KILLING_SEED"
"""The variable that lets the daemons die at the same instants once more."""

DEADLINE = timedelta(minutes=10)


async def kill(dogs: Kennel, chance: random.Random, *, times: int) -> None:
    """Let daemons begin, and kill each at any instant."""
    for _ in range(times):
        dog = await dogs.start()
        await asyncio.sleep(chance.uniform(0.0, 1.5))
        await dog.kill()


async def test_daemons_killed_at_any_instant_tell_the_story_as_one_that_lived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test reads the configuration too, and so must be able to have its secrets.
    monkeypatch.setenv("GATEWAY_TOKEN", GATEWAY_TOKEN)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    seed = os.environ.get(SEED) or str(random.randrange(10**6))
    print(f"{SEED}={seed}")  # noqa: T201  shown if it fails
    chance = random.Random(seed)
    async with kennel(tmp_path, deadline=DEADLINE) as dogs:
        by_phone = '[[ladder.owner]]\nchannel  = "owner-sms"'
        text = dogs.config.read_text().replace(by_phone, f'{by_phone}\nafter = "1m"')
        # Wherever a secret comes from, no daemon's log may hold it: `kennel` looks.
        text = text.replace(
            'file = "office-password"', 'credential = "office-password"'
        )
        text = text.replace('file = "gateway-token"', 'env = "GATEWAY_TOKEN"')
        dogs.config.write_text(text)
        await kill(dogs, chance, times=WELL)
        dogs.site.fault = Fault.BLACK_HOLE
        await kill(dogs, chance, times=BROKEN)
        survivor = await dogs.start()
        await until(lambda: dogs.has_heard(1, 1))
        await survivor.kill()
        dogs.site.fault = None
        await kill(dogs, chance, times=MENDED - 1)
        last = await dogs.start()
        await until(lambda: dogs.has_heard(2, 2))
        assert await last.end() == 0

        lost = {v.marker for v in await dogs.verdicts() if v.outcome is Outcome.MISSING}
        first, *_, end = await dogs.mails()
        told, came = await dogs.told(), await dogs.came()
    rung = Counter(sms.body for sms in dogs.business.gateway.messages)

    assert len(dogs.sent) == len(set(dogs.sent)), "no beat is used twice"
    assert came
    assert not came & lost, "nothing is called missing that came"
    assert len(told) == len(rung) == 2, "one of each for the beginning and the end"
    assert sum((told + rung).values()) <= 4 + 1, "at most one is told twice"
    assert str(end["Subject"]).startswith("[Resolved]")
    assert end["References"] == first["Message-ID"]


async def passes(dogs: Kennel) -> None:
    """Do the daemon's work as cron would, once in each minute of the daemons."""
    config = load(dogs.config)
    while True:
        await one_pass(config, dogs.ledger, clock=dogs.clock)
        await asyncio.sleep(60 / TIMES)


async def test_two_daemons_and_cron_on_one_ledger_do_everything_once(
    tmp_path: Path,
) -> None:
    async with kennel(tmp_path, deadline=timedelta(minutes=2)) as dogs:
        dogs.site.fault = Fault.BLACK_HOLE
        daemons = [await dogs.start(), await dogs.start()]
        cron = asyncio.create_task(passes(dogs))
        await until(lambda: dogs.has_found(Outcome.MISSING, times=3))
        await until(lambda: dogs.has_heard(1, 1))
        ends = [await daemon.end() for daemon in daemons]
        assert not cron.done()
        cron.cancel()
        await asyncio.gather(cron, return_exceptions=True)
        told = await dogs.told()

    assert ends == [0, 0]
    assert len(dogs.sent) == len(set(dogs.sent))
    assert [*told.values()] == [1]
    assert len(dogs.business.gateway.messages) == 1
