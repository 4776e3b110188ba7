"""A time in a database is understood in its zone, whatever it is written in."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.stores.clocks import moment, site_zone

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 7, 1, 14),  # noqa: DTZ001  as MySQL's driver returns it
        datetime(2026, 7, 1, 17, 45, tzinfo=timezone(timedelta(hours=5.75))),
        "2026-07-01 14:00:00",
        "2026-07-01T14:00:00.000000",
        "2026-07-01T12:00:00Z",
        "2026-07-01 14:00:00+02:00",
        1782907200,
        1782907200.5,
        Decimal(1782907200),
        1782907200000,
        "1782907200",
    ],
    ids=str,
)
def test_a_time_is_the_same_however_it_is_written(value: object) -> None:
    assert moment(value, BERLIN) == NOON


@pytest.mark.parametrize(
    "value", [None, "", "0000-00-00 00:00:00", "soon", 0, True, "2026-13-45 00:00:00"]
)
def test_what_is_no_time_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        moment(value, UTC)


def test_of_an_hour_that_comes_twice_it_is_the_first() -> None:
    assert moment("2026-10-25 02:30:00", BERLIN) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@given(st.none() | st.text(), st.none() | st.text() | st.floats().map(str))
def test_whatever_a_site_says_of_its_zone_there_is_one(
    name: str | None, offset: str | None
) -> None:
    assert moment("2026-07-01 12:00:00", site_zone(name, offset)).tzinfo is UTC
