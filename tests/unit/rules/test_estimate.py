"""What the weeks before tell of the inquiries that nobody kept."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules.estimate import Estimate, estimate

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = timedelta(days=7)
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=BERLIN)
NOON = TUESDAY + timedelta(hours=2)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def told(
    arrivals: Sequence[datetime],
    *,
    known_from: datetime = LONG_AGO,
    begin: datetime = TUESDAY,
    end: datetime = NOON,
) -> Estimate | None:
    return estimate(arrivals, known_from=known_from, begin=begin, end=end, zone=BERLIN)


def on_tuesdays(*hours: float, weeks: int = 8) -> list[datetime]:
    """Return arrivals so many hours after ten, on each of the Tuesdays before."""
    return [
        TUESDAY - back * WEEK + timedelta(hours=hour)
        for back in range(1, weeks + 1)
        for hour in hours
    ]


def test_the_same_hours_of_the_weeks_before_tell_how_many() -> None:
    found = told(on_tuesdays(0.5, 1, 1.5), known_from=TUESDAY - 8 * WEEK)

    assert found == Estimate(likely=3, least=0, most=6, weeks=8)


def test_what_came_in_other_hours_or_on_other_days_counts_nothing() -> None:
    others = [each + timedelta(hours=3) for each in on_tuesdays(0, 5, 14)]

    found = told(others)

    assert found is not None
    assert (found.likely, found.least) == (0, 0)


def test_a_week_of_habit_is_no_habit() -> None:
    assert told(on_tuesdays(1), known_from=TUESDAY - 1.5 * WEEK) is None
    assert told(on_tuesdays(1), known_from=TUESDAY - 2 * WEEK) is not None


def test_less_knowledge_is_told_as_a_wider_range() -> None:
    short = told(on_tuesdays(1, 1.5), known_from=TUESDAY - 2 * WEEK)
    long = told(on_tuesdays(1, 1.5, weeks=12))

    assert short is not None
    assert long is not None
    assert short.likely == long.likely == 2
    assert short.most - short.least > long.most - long.least


def test_the_hours_are_those_on_the_clocks_also_when_these_were_changed() -> None:
    """Central Europe's clocks went back on 25 October 2026."""
    before = [TUESDAY - 5 * WEEK, TUESDAY - 6 * WEEK]
    assert {each.astimezone(UTC).hour for each in before} == {8}

    found = told(before, known_from=TUESDAY - 6 * WEEK)

    assert found is not None
    assert found.likely == 2 / 6


def test_a_stretch_of_ten_days_is_told_by_those_two_and_four_weeks_before() -> None:
    every_day = [TUESDAY - timedelta(days=day) for day in range(1, 100)]

    found = told(every_day, end=TUESDAY + timedelta(days=10))

    assert found is not None
    assert (found.likely, found.weeks) == (10, 12)


def test_no_time_at_all_brings_nobody() -> None:
    assert told([], end=TUESDAY) == Estimate(likely=0, least=0, most=0, weeks=0)


@given(st.lists(st.floats(0, 170), max_size=50), st.floats(0, 5000))
def test_whatever_came_the_range_is_one(days: list[float], hours: float) -> None:
    arrivals = [TUESDAY - timedelta(days=each) for each in days]

    found = told(arrivals, end=TUESDAY + timedelta(hours=hours))

    assert found is None or 0 <= found.least <= found.most
