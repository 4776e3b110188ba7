"""Times are understood as people write them."""

from datetime import UTC, datetime, timedelta

import pytest
import typer

from watchdog.cli import spans


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-04T10:30:00Z",
        "2026-05-04T12:30+02:00",
        "2026-05-04T10:30:00.000000+00:00",
    ],
)
def test_a_moment_with_its_zone_is_taken_as_it_is(written: str) -> None:
    moment = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)

    assert spans.begin(written) == spans.end(written) == moment


def test_a_day_begins_and_ends_at_midnight_by_local_clocks() -> None:
    begin, end = spans.begin("2026-05-04"), spans.end("2026-05-04")

    assert begin.astimezone().replace(tzinfo=None) == datetime(2026, 5, 4)  # noqa: DTZ001
    assert end - begin == timedelta(days=1)


def test_a_time_without_a_zone_is_local() -> None:
    moment = spans.begin("2026-05-04 10:30").astimezone().replace(tzinfo=None)

    assert moment == datetime(2026, 5, 4, 10, 30)  # noqa: DTZ001


def test_a_length_is_counted_back_from_now() -> None:
    earliest = datetime.now(UTC) - timedelta(days=3)
    moment = spans.begin("3d")

    assert earliest <= moment <= datetime.now(UTC) - timedelta(days=3)


@pytest.mark.parametrize("written", ["", "yesterday", "2026-13-01", "-3d", "999999d"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no time"):
        spans.begin(written)
