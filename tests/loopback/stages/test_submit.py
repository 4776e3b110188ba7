"""Each beat has one message, each site one at a time, and no site waits for another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from probes.forms.forms import Forms
from tests.world.facts import NOON, RIVERSIDE
from watchdog.config import Config, load
from watchdog.demo.business import Business
from watchdog.ledger import Ledger, open_ledger
from watchdog.rules.schedule import due_beat
from watchdog.stages.agenda import Agenda
from watchdog.stages.lanes import Lanes
from watchdog.stages.submit import GRACE, start_due, submit_due

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    async with Business() as opened:
        yield opened


@pytest.fixture
def config(business: Business, tmp_path: Path) -> Config:
    return load(business.write_config(tmp_path, expected=MINUTE, deadline=MINUTE))


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


async def test_a_beat_has_one_message_however_often_we_look(
    business: Business, config: Config, ledger: Ledger
) -> None:
    lanes, agenda = Lanes(), Agenda()
    for _ in range(3):
        await start_due(config, ledger, lanes, agenda, clock=at(NOON), forms=Forms())
    await lanes.finish()
    await submit_due(config, ledger, clock=at(NOON + MINUTE / 1000))

    assert len(business.site.inquiries) == 1


async def test_of_two_daemons_on_one_ledger_one_sends(
    business: Business, config: Config, ledger: Ledger, url: str
) -> None:
    async with open_ledger(url) as other:
        both = (submit_due(config, one, clock=at(NOON)) for one in (ledger, other))
        await asyncio.gather(*both)

    assert len(business.site.inquiries) == 1


async def test_a_second_look_comes_before_the_next_beat_and_once(
    business: Business, config: Config, ledger: Ledger
) -> None:
    business.site.form_gone = True
    [check] = config.check
    hourly = check.model_copy(update={"every": timedelta(hours=1)})
    config = config.model_copy(update={"check": (hourly,)})
    beat = due_beat(RIVERSIDE, config.every(hourly), NOON)
    retry_at = beat + 20 * MINUTE
    await submit_due(config, ledger, clock=at(beat))
    await ledger.note([], {RIVERSIDE: retry_at})

    beats = []
    for seconds in range(-60, 120, 20):
        now = retry_at + timedelta(seconds=seconds)
        await submit_due(config, ledger, clock=at(now))
        newest = await ledger.newest_beats(
            [RIVERSIDE], since=beat, until=beat + 60 * MINUTE
        )
        beats.append(newest[RIVERSIDE])

    assert beats == [beat] * 3 + [retry_at] * 6


async def test_a_beat_that_was_missed_is_not_caught_up(
    business: Business, config: Config, ledger: Ledger
) -> None:
    [check] = config.check
    hourly = check.model_copy(update={"every": timedelta(hours=1)})
    config = config.model_copy(update={"check": (hourly,)})
    beat = due_beat(RIVERSIDE, config.every(hourly), NOON)

    await submit_due(config, ledger, clock=at(beat + GRACE + MINUTE))

    assert business.site.inquiries == []
    assert (
        await ledger.newest_beats([RIVERSIDE], since=beat, until=beat + 60 * MINUTE)
        == {}
    )


async def test_beats_go_on_when_a_clock_that_was_ahead_is_put_right(
    business: Business, config: Config, ledger: Ledger
) -> None:
    await submit_due(config, ledger, clock=at(NOON + timedelta(days=2000)))
    for now in (NOON, NOON, NOON + MINUTE):
        await submit_due(config, ledger, clock=at(now))

    assert len(business.site.inquiries) == 3


async def test_a_slow_site_holds_up_itself_alone() -> None:
    lanes, slow, order = Lanes(), asyncio.Event(), list[str]()

    async def wait() -> None:
        await slow.wait()
        order.append("slow")

    async def go(name: str) -> None:
        order.append(name)

    lanes.start("a", "slow.example", wait)
    lanes.start("b", "slow.example", lambda: go("behind it"))
    lanes.start("c", "quick.example", lambda: go("quick"))
    await asyncio.wait([lanes.tasks["c"]])
    assert order == ["quick"]

    slow.set()
    await lanes.finish()
    assert order == ["quick", "slow", "behind it"]


async def test_a_bug_on_one_site_is_told_and_stops_no_other() -> None:
    lanes, order = Lanes(), list[str]()

    async def break_down() -> None:
        raise ZeroDivisionError

    async def go() -> None:
        order.append("gone")

    lanes.start("a", "bad.example", break_down)
    lanes.start("b", "good.example", go)
    with pytest.raises(BaseExceptionGroup) as caught:
        await lanes.finish()

    assert caught.group_contains(ZeroDivisionError)
    assert order == ["gone"]
    lanes.clear()


async def test_who_is_cancelled_leaves_nothing_under_way() -> None:
    lanes, begun = Lanes(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    lanes.start("a", "slow.example", hang)
    finishing = asyncio.create_task(lanes.finish())
    await begun.wait()
    finishing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await finishing

    lanes.clear()
    assert lanes.tasks == {}
