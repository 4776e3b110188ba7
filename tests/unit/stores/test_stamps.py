"""Which moment a stamp names, and which stamps are refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.stores.stamps import parsed

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 7, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-07-13T12:00:00Z",
        "2026-07-13T14:00:00.000+02:00",
        "20260713T120000Z",
        "2026-07-13 14:00",
        "2026-07-13 14:00:00",
        "2026-07-13 12:00:00 UTC",
        "2026-07-13 12:00:00 +0000",
        "2026/07/13 14:00:00",
        "1783944000",
        "1783944000.0",
        "1783944000000",
        "13.07.2026 14:00",
        "13.7.26, 14:00 Uhr",
        "13/07/2026 14:00",
        "07/13/2026 2:00 pm",
        "7/13/2026, 2:00:00 PM",
        "July 13, 2026 2:00 pm",
        "Monday, July 13th, 2026 at 14:00",
        "13-Jul-2026 14:00",
        "Mon, 13 Jul 2026 14:00:00 +0200",
        "Mon, 13 Jul 2026 14:00:00 +0200 (CEST)",
        "  2026-07-13   14:00 ",
    ],
)
def test_a_stamp_is_read_however_it_is_written(stamp: str) -> None:
    assert parsed(stamp, zone=BERLIN) == NOON


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("3/4/2026 10:00", "may be day or month first"),
        ("2026-07-13", "is no day with a time"),
        ("13.7.2026", "is no day with a time"),
        ("", "is no day with a time"),
        ("yesterday", "is no day with a time"),
        ("Foo 13, 2026 14:00", "names no month"),
        ("2026-02-30 14:00", "is on no calendar or clock"),
        ("13.7.2026 25:00", "is on no calendar or clock"),
        ("2026-07-13 14:00:00 +99:99", "is on no calendar or clock"),
        ("0001-01-01 00:00", "is no time of ours"),
    ],
)
def test_a_stamp_that_is_not_sure_is_refused(stamp: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parsed(stamp, zone=BERLIN)


def test_the_owner_says_whether_the_day_or_the_month_comes_first() -> None:
    april = parsed("3/4/2026 10:00", zone=UTC, order="day-first")
    march = parsed("3/4/2026 10:00", zone=UTC, order="month-first")

    assert (april.month, march.month) == (4, 3)


def test_midnight_and_noon_are_told_apart_on_a_clock_of_twelve_hours() -> None:
    midnight = parsed("July 13, 2026 12:05 am", zone=UTC)
    noon = parsed("July 13, 2026 12:05 p.m.", zone=UTC)

    assert (midnight.hour, noon.hour) == (0, 12)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_every_iso_stamp_is_the_time_it_names(moment: datetime) -> None:
    assert parsed(moment.isoformat(), zone=UTC) == moment.replace(tzinfo=UTC)


@given(st.text(alphabet="0123456789/-.: TZ+apm,janmryu"))
def test_any_text_is_a_time_in_utc_or_refused(text: str) -> None:
    try:
        moment = parsed(text, zone=BERLIN)
    except ValueError:
        return
    assert moment.tzinfo is UTC
