"""`status` is green only where something proves it, just now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.loopback.stages.office import SECOND, Office
from watchdog.model import Health, Presence
from watchdog.overview import Overview, read_overview

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def office(office: Office) -> Office:
    """Give an office in which both forms have just delivered."""
    for check in office.config.check:
        await office.judged("g", check.name)
    return office


def present(office: Office) -> Presence:
    return Presence(daemon="shop:1", started_at=office.now, seen_at=office.now)


async def seen(office: Office, presence: Presence) -> Overview:
    await office.ledger.record_presence(presence)
    return await read_overview(office.config, office.ledger, now=office.now)


async def test_all_is_well_where_messages_came_and_somebody_watches(
    office: Office,
) -> None:
    assert (await seen(office, present(office))).health is Health.OK


async def test_it_cannot_tell_while_the_daemon_is_in_trouble(office: Office) -> None:
    troubled = replace(present(office), trouble="The work “submit” keeps failing.")

    assert (await seen(office, troubled)).health is Health.UNKNOWN


async def test_the_trouble_of_one_daemon_is_told_though_another_is_well(
    office: Office,
) -> None:
    troubled = replace(present(office), trouble="The work “submit” keeps failing.")
    await seen(office, troubled)
    office.later(seconds=5)

    both = await seen(office, replace(present(office), daemon="office:1"))

    assert both.health is Health.UNKNOWN


async def test_a_daemon_that_has_ended_hides_none_that_watches(
    office: Office,
) -> None:
    await seen(office, present(office))
    office.later(seconds=5)
    ended = replace(present(office), daemon="office:1", stopped_at=office.now)

    assert (await seen(office, ended)).health is Health.OK


async def test_a_daemon_that_died_is_missed_until_one_is_started_again(
    office: Office,
) -> None:
    one, other = present(office), replace(present(office), daemon="office:1")
    await seen(office, replace(one, seen_at=office.now + MINUTE))
    office.later(minutes=10)
    left = await seen(office, replace(other, seen_at=office.now))
    mended = await seen(office, replace(present(office), daemon="shop:2"))

    assert (left.health, left.is_watched) == (Health.UNKNOWN, True)
    assert left.daemon
    assert left.daemon.trouble == "The daemon shop:1 died, and none was started since."
    assert mended.health is Health.OK


async def test_a_sign_of_life_from_a_clock_that_was_ahead_is_none(
    office: Office,
) -> None:
    ahead = present(office)
    office.later(hours=-3)

    assert not (await seen(office, ahead)).is_watched


async def test_a_daemon_whose_clock_was_ahead_hides_none_that_runs(
    office: Office,
) -> None:
    ahead = replace(present(office), daemon="shop:2")
    office.later(hours=-3)
    await seen(office, ahead)

    assert (await seen(office, present(office))).is_watched


async def test_a_check_of_which_nothing_was_heard_for_two_beats_is_not_well(
    office: Office,
) -> None:
    office.later(hours=2, minutes=17)
    await office.judged("g", SECOND)

    overview = await seen(office, present(office))

    assert {one.check: one.health for one in overview.checks} == {
        check.name: Health.OK if check.name == SECOND else Health.UNKNOWN
        for check in office.config.check
    }


async def test_a_verdict_by_a_clock_that_was_ahead_shows_no_check_as_well(
    office: Office,
) -> None:
    office.later(hours=-3)

    overview = await seen(office, present(office))

    assert {one.health for one in overview.checks} == {Health.UNKNOWN}


async def test_what_cannot_tell_shows_no_check_as_well(office: Office) -> None:
    office.later(hours=2)
    await office.judged("?")
    never = await seen(office, present(office))
    await office.judged("g?")
    lately = await seen(office, present(office))

    assert never.checks[0].health is Health.UNKNOWN
    assert lately.checks[0].health is Health.OK


async def test_one_accident_is_no_incident_and_not_well_either(office: Office) -> None:
    await office.judged("b")
    overview = await seen(office, present(office))
    await office.judged("g")
    mended = await seen(office, present(office))

    assert overview.incidents == []
    assert overview.checks[0].health is Health.WARNING
    assert overview.health is Health.WARNING
    assert mended.checks[0].health is Health.OK
