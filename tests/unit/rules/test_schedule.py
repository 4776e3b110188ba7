"""When a check's next message is due."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim
from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules.schedule import (
    Cron,
    Interval,
    beat_to_claim,
    due_beat,
    next_beat,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOURLY = Interval(HOUR)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

names = st.text(min_size=1, max_size=40)
intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=30)).map(Interval)
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def berlin(*numbers: int, fold: int = 0) -> datetime:
    return datetime(*numbers, tzinfo=BERLIN, fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc]


# The grid of an interval


@given(names, intervals, moments)
def test_now_lies_between_its_beat_and_the_next_one(
    name: str, every: Interval, now: datetime
) -> None:
    beat = due_beat(name, every, now)

    assert beat <= now < beat + every.length == next_beat(name, every, now)


@given(names, intervals, moments, st.floats(0, 0.999))
def test_an_interval_has_exactly_one_beat(
    name: str, every: Interval, now: datetime, share: float
) -> None:
    beat = due_beat(name, every, now)

    assert due_beat(name, every, beat + every.length * share) == beat
    assert due_beat(name, every, beat + every.length) == beat + every.length


@given(names, intervals, moments, moments)
def test_a_later_moment_never_has_an_earlier_beat(
    name: str, every: Interval, one: datetime, other: datetime
) -> None:
    early, late = sorted((one, other))

    assert due_beat(name, every, early) <= due_beat(name, every, late)


def test_a_thousand_checks_are_spread_evenly_over_the_hour() -> None:
    beats = [due_beat(f"Customer {n} contact form", HOURLY, NOON) for n in range(1000)]

    per_tenth = Counter((NOON - beat) // (HOUR / 10) for beat in beats)
    assert len(set(beats)) == 1000
    assert len(per_tenth) == 10
    assert all(60 <= count <= 140 for count in per_tenth.values())


def test_the_grid_is_the_same_on_every_machine_and_in_every_release() -> None:
    beat = due_beat("Riverside Studio contact form", HOURLY, NOON)

    assert beat == datetime(2026, 11, 20, 11, 0, 44, 932990, tzinfo=UTC)


def test_beats_are_never_closer_than_a_minute() -> None:
    with pytest.raises(ValueError, match="one minute"):
        Interval(timedelta(seconds=59))


# Cron expressions


def test_a_cron_expression_goes_by_the_clocks_of_its_zone() -> None:
    every = Cron("30 7 * * MON-FRI", "Europe/Berlin")
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)

    beat = due_beat("any", every, saturday)

    assert beat == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    assert beat.tzinfo is UTC
    assert next_beat("any", every, saturday) == datetime(
        2026, 11, 23, 6, 30, tzinfo=UTC
    )


def test_a_beat_is_due_from_its_own_second_on() -> None:
    every = Cron("0 12 * * *")

    assert due_beat("any", every, NOON) == NOON
    assert due_beat("any", every, NOON - timedelta(microseconds=1)) == NOON - 24 * HOUR
    assert next_beat("any", every, NOON) == NOON + 24 * HOUR
    assert next_beat("any", every, NOON - timedelta(microseconds=1)) == NOON


def test_in_spring_the_beat_of_the_hour_that_is_not_comes_at_its_end() -> None:
    every = Cron("30 2 * * *", "Europe/Berlin")

    beat = next_beat("any", every, berlin(2026, 3, 29, 1, 59))

    assert beat == berlin(2026, 3, 29, 3, 0)
    assert due_beat("any", every, berlin(2026, 3, 29, 3, 1)) == beat


def test_in_autumn_the_beat_of_the_hour_that_comes_twice_comes_once() -> None:
    every = Cron("30 2 * * *", "Europe/Berlin")
    first = berlin(2026, 10, 25, 2, 30)
    second_time_round = [berlin(2026, 10, 25, 2, m, fold=1) for m in (0, 10, 30, 59)]

    assert {due_beat("any", every, now) for now in second_time_round} == {first}
    assert {next_beat("any", every, now) for now in second_time_round} == {
        berlin(2026, 10, 26, 2, 30)
    }


@cache
def beats_around(change: datetime, every: Cron) -> list[datetime]:
    """Return all beats of nine days either side, reckoned back from long after."""
    start, end = change - 9 * DAY, change + 9 * DAY
    back = CronSim(every.expression, end.astimezone(every.zone), reverse=True)
    return list(takewhile(start.__lt__, (beat.astimezone(UTC) for beat in back)))


@given(
    change=st.sampled_from([
        datetime(2026, 3, 29, tzinfo=UTC),  # Berlin forward
        datetime(2026, 4, 5, tzinfo=UTC),  # Lord Howe back, by half an hour
        datetime(2026, 10, 3, tzinfo=UTC),  # Lord Howe forward
        datetime(2026, 10, 25, tzinfo=UTC),  # Berlin back
    ]),
    after=st.timedeltas(-DAY, DAY),
    zone=st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe"]),
    expression=st.sampled_from(
        ["30 2 * * *", "*/20 * * * *", "0,45 1-3 * * *", "15 */2 * * *", "5 * * * SUN"]
    ),
)  # fmt: skip
def test_both_ways_along_the_grid_meet_the_same_beats(
    change: datetime, after: timedelta, zone: str, expression: str
) -> None:
    every = Cron(expression, zone)
    now = change + after
    beats = beats_around(change, every)

    assert due_beat("any", every, now) == max(b for b in beats if b <= now)
    assert next_beat("any", every, now) == min(b for b in beats if b > now)


@pytest.mark.parametrize(
    ("expression", "zone", "words"),
    [
        ("every day", "UTC", "five cron fields"),
        ("0 0 12 * * *", "UTC", "five cron fields"),
        ("61 2 * * *", "UTC", "Bad minute"),
        ("0 0 30 2 *", "UTC", "Bad day-of-month"),
        ("0 12 * * *", "Europe/Atlantis", "no time zone “Europe/Atlantis”"),
        ("0 12 * * *", "../../etc/passwd", "no time zone"),
    ],
)
def test_an_expression_that_never_comes_is_refused_at_once(
    expression: str, zone: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Cron(expression, zone)


# Which beat is to be claimed


def claim(now: datetime, **facts: datetime | None) -> datetime | None:
    facts = {"claimed": None, **facts}
    return beat_to_claim("any", Cron("0 * * * *"), now, grace=HOUR / 4, **facts)


def test_a_new_check_takes_the_beat_just_past_and_waits_where_that_is_long_ago() -> (
    None
):
    assert claim(NOON + HOUR / 4) == NOON
    assert claim(NOON + HOUR / 3) is None


def test_after_a_pause_only_the_newest_beat_is_due() -> None:
    assert claim(NOON + HOUR / 6, claimed=NOON - 30 * HOUR) == NOON


def test_a_beat_that_was_missed_by_more_than_the_grace_is_not_caught_up() -> None:
    assert claim(NOON + HOUR / 2, claimed=NOON - 30 * HOUR) is None


def test_a_claimed_beat_is_not_due_again_though_the_clock_be_set_back() -> None:
    assert claim(NOON + HOUR / 6, claimed=NOON) is None
    assert claim(NOON - 5 * HOUR, claimed=NOON) is None


def test_the_second_look_has_a_beat_of_its_own_once_it_has_come() -> None:
    retry_at = NOON + timedelta(minutes=20)

    assert (
        claim(retry_at - timedelta(seconds=1), claimed=NOON, retry_at=retry_at) is None
    )
    assert claim(retry_at, claimed=NOON, retry_at=retry_at) == retry_at
    assert claim(retry_at, claimed=retry_at, retry_at=retry_at) is None


def test_a_second_look_that_came_due_before_the_newest_beat_is_served_by_it() -> None:
    assert claim(NOON, claimed=NOON - HOUR, retry_at=NOON - HOUR / 4) == NOON


def test_no_form_is_written_to_twice_within_a_minute() -> None:
    retry_at = NOON - timedelta(seconds=59)

    assert claim(NOON, claimed=retry_at, retry_at=retry_at) is None
    assert claim(NOON, claimed=NOON - timedelta(seconds=60)) == NOON


@given(
    every=st.one_of(intervals, st.just(Cron("*/5 * * * *", "Europe/Berlin"))),
    start=moments,
    steps=st.lists(
        st.timedeltas(timedelta(days=-2), timedelta(days=2)), min_size=1, max_size=30
    ),
)
def test_however_the_clock_jumps_the_claimed_beats_only_ever_advance(
    every: Interval | Cron, start: datetime, steps: list[timedelta]
) -> None:
    claimed: list[datetime] = []
    now = start
    for step in steps:
        now += step
        last = claimed[-1] if claimed else None
        beat = beat_to_claim("any", every, now, claimed=last, grace=HOUR)
        if beat is not None:
            claimed.append(beat)

    assert all(later - earlier >= HOUR / 60 for earlier, later in pairwise(claimed))
