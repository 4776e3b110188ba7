"""A silence holds back while it lasts, and what it does not cover not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.model import CheckName, Silence
from watchdog.rules.silence import is_running, is_silenced

OTHER = CheckName("Another form")
HOUR = timedelta(hours=1)


def quiet(**changes: Any) -> Silence:
    fact = Silence(
        checks="*",
        from_at=NOON,
        until_at=after(hours=2),
        words="The host moves.",
        created_by="Ann",
    )
    return replace(fact, **changes)


def nightly(**changes: Any) -> Silence:
    """Return a silence from three to four at night, by Berlin's clocks."""
    recurring = {"cron": "0 3 * * *", "lasting": HOUR, "timezone": "Europe/Berlin"}
    return replace(quiet(until_at=None, **recurring), **changes)


def at(day: int, hour: int, minute: int = 0, *, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "lasts"), [(-1, False), (0, True), (1, True), (2, False)]
)
def test_a_silence_lasts_from_its_beginning_to_its_end(hours, lasts):
    assert is_running(quiet(), now=after(hours=hours)) is lasts


@pytest.mark.parametrize(
    ("now", "lasts"),
    [
        (at(5, 1, 59), False),
        (at(5, 2), True),
        (at(5, 2, 59), True),
        (at(5, 3), False),
        (datetime(2027, 7, 5, 1, 30, tzinfo=UTC), True),
        (datetime(2027, 7, 5, 2, 30, tzinfo=UTC), False),
    ],
)
def test_a_nightly_silence_comes_again_by_the_clocks_of_its_zone(now, lasts):
    assert is_running(nightly(), now=now) is lasts


def test_a_recurring_silence_does_not_begin_in_the_midst_of_one_before_it_was_made():
    late = nightly(from_at=at(5, 2, 30))
    assert not is_running(late, now=at(5, 2, 45))
    assert is_running(late, now=at(6, 2, 45))


def test_a_recurring_silence_that_was_ended_comes_no_more():
    assert not is_running(nightly(until_at=at(5, 2, 30)), now=at(6, 2, 30))


def test_a_silence_that_nobody_understands_any_more_holds_nothing_back():
    assert not is_running(nightly(timezone="Atlantis/Poseidonis"), now=at(5, 2, 30))
    assert not is_running(nightly(cron="whenever"), now=at(5, 2, 30))


@pytest.mark.parametrize(
    ("patterns", "silenced"),
    [
        ([], False),
        (["*"], True),
        (["River*"], False),
        (["River*", "Another form"], True),
    ],
)
def test_what_several_forms_share_is_silenced_only_if_all_of_them_are(
    patterns, silenced
):
    silences = [quiet(checks=pattern) for pattern in patterns]
    checks = {RIVERSIDE, OTHER}
    assert is_silenced(checks, silences, now=NOON) is silenced
