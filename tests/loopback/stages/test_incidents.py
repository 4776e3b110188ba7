"""Verdicts in the ledger become incidents, each with its alarms, whoever dies."""

import asyncio

import pytest

from tests.loopback.stages.office import SECOND, Office
from tests.world.facts import RIVERSIDE, after
from watchdog.config import Config
from watchdog.ledger import Ledger, engine, open_ledger
from watchdog.model import Reason
from watchdog.stages.incidents import advance


async def test_a_loss_is_opened_with_an_alarm_for_each_step(office: Office) -> None:
    await office.judged("gbb")

    await advance(office.config, office.ledger, now=office.now)

    incident = await office.incident()
    alarms = await office.ledger.alarms_of(await office.incident_id())
    assert incident.checks == {RIVERSIDE}
    assert incident.window_from == after(seconds=0)
    assert [(one.channel, one.due_at - office.now) for one in alarms] == [
        ("owner-mail", after() - after()),
        ("owner-sms", after(minutes=10) - after()),
    ]


async def test_what_is_noted_is_not_read_again(office: Office) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)

    assert await office.ledger.unnoted(limit=9) == []


async def test_a_restart_before_the_noting_changes_nothing(
    office: Office, url: str
) -> None:
    class Dying(Ledger):
        async def note(self, *_: object) -> None:  # type: ignore[override]
            raise asyncio.CancelledError

    await office.judged("gbb")
    dying = Dying(engine.create(url))
    with pytest.raises(asyncio.CancelledError):
        await advance(office.config, dying, now=office.now)
    dying.close()
    assert len(await office.ledger.unnoted(limit=9)) == 3

    await advance(office.config, office.ledger, now=office.now)

    assert len(await office.ledger.incidents(limit=9)) == 1
    assert len(await office.ledger.alarms_of(await office.incident_id())) == 2
    assert await office.ledger.unnoted(limit=9) == []


async def test_a_form_that_fails_by_the_same_mailbox_joins_without_a_new_alarm(
    office: Office,
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    await office.judged("gbb", SECOND)
    await advance(office.config, office.ledger, now=office.now)

    assert (await office.incident()).checks == {RIVERSIDE, SECOND}
    assert len(await office.ledger.incidents(limit=9)) == 1
    assert len(await office.ledger.alarms_of(await office.incident_id())) == 2


async def test_a_shared_incident_lasts_until_the_last_form_is_well(
    office: Office,
) -> None:
    await office.judged("bb")
    await office.judged("bb", SECOND)
    await advance(office.config, office.ledger, now=office.now)

    await office.judged("gg")
    await advance(office.config, office.ledger, now=office.now)
    assert (await office.incident()).resolved_at is None

    await office.judged("gg", SECOND)
    await advance(office.config, office.ledger, now=office.now)
    assert (await office.incident()).resolved_at == office.now


async def test_a_form_that_left_the_configuration_leaves_its_incident(
    office: Office,
) -> None:
    await office.judged("bb")
    await advance(office.config, office.ledger, now=office.now)
    fewer = office.config.model_copy(update={"check": office.config.check[1:]})

    await advance(fewer, office.ledger, now=office.now)

    assert (await office.incident()).resolved_at == office.now
    assert (await office.incident()).window_to is None


async def test_after_a_bad_verdict_the_next_look_is_soon_and_after_two_it_is_not(
    office: Office,
) -> None:
    await office.judged("gb")
    await advance(office.config, office.ledger, now=office.now)
    retry = office.config.check[0].retry
    assert await office.ledger.retries() == {RIVERSIDE: office.now + retry}

    await office.judged("b")
    await advance(office.config, office.ledger, now=office.now)
    assert await office.ledger.retries() == {}

    await office.judged("g")
    await advance(office.config, office.ledger, now=office.now)
    assert await office.ledger.retries() == {RIVERSIDE: office.now + retry}

    await office.judged("g")
    await advance(office.config, office.ledger, now=office.now)
    assert await office.ledger.retries() == {}


async def test_a_single_accident_leaves_nothing_behind(office: Office) -> None:
    await office.judged("gb")
    await advance(office.config, office.ledger, now=office.now)
    await office.judged("g")
    await advance(office.config, office.ledger, now=office.now)

    assert await office.ledger.retries() == {}
    assert await office.ledger.incidents(limit=9) == []


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_of_two_daemons_on_one_ledger_each_incident_is_opened_and_ended_once(
    office: Office, database: str, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(database)
    async with open_ledger(address) as one, open_ledger(address) as other:
        office.ledger = one
        await office.judged("gbb")
        await both(office.config, one, other, office)
        await office.judged("gg")
        await both(office.config, one, other, office)

        assert len(await one.incidents(limit=9)) == 1
        assert await one.unnoted(limit=9) == []
        alarms = await one.alarms_of(await office.incident_id())
        assert [alarm.reason for alarm in alarms] == [
            Reason.OPENED,
            Reason.OPENED,
            Reason.RESOLVED,
        ]


async def both(config: Config, one: Ledger, other: Ledger, office: Office) -> None:
    """Let two daemons pass at once, and again, so that a conflict is settled."""
    for _ in range(2):
        passes = (advance(config, each, now=office.now) for each in (one, other))
        await asyncio.gather(*passes)


async def test_what_a_clock_that_was_ahead_saw_hides_no_trouble(office: Office) -> None:
    office.later(hours=9)
    await office.judged("ggg")
    await office.passes()
    office.later(hours=-9)
    await office.judged("bb")
    await office.passes()

    assert await office.heard() == ["opened"]
