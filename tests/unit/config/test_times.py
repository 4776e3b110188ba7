"""Durations are written with their unit, and anything else is told how."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.config.known import schema
from watchdog.config.times import duration, interval, written


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0s", 0),
        ("90s", 90),
        ("15m", 900),
        ("1h", 3600),
        ("2h30m", 9000),
        ("1d", 86400),
        ("1d1h1m1s", 90061),
    ],
)
def test_a_duration_is_read_by_its_units(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "wrong",
    [5, 1.5, True, "", "5", "m", "1x", "-1h", "1m1h", "1 h", "\u0661h", [], "9999999d"],
)
def test_anything_else_is_answered_with_how_to_write_it(wrong: object) -> None:
    with pytest.raises(ValueError, match='its unit, like "90s", "15m"'):
        duration(wrong)


@pytest.mark.parametrize(
    "wrong", ["* * * *", "* * * * * *", "61 * * * *", "0 0 30 2 *", "a b c d e"]
)
def test_a_cron_expression_has_five_good_fields(wrong: str) -> None:
    with pytest.raises(ValueError, match="cron"):
        interval(wrong)


def test_a_cron_expression_is_kept_as_it_was_written() -> None:
    assert interval("*/5 8-18 * * MON-FRI") == "*/5 8-18 * * MON-FRI"


@given(st.integers(0, 10**9))
def test_a_written_duration_reads_back(seconds: int) -> None:
    stretch = timedelta(seconds=seconds)

    assert duration(written(stretch)) == stretch


def test_an_editor_completes_durations_as_the_configuration_takes_them() -> None:
    check = schema()["$defs"]["Check"]["properties"]

    assert check["every"]["default"] == "1h"
    assert check["deadline"]["default"] == "15m"
