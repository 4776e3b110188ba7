"""The log is events with keys, one JSON object a line, without local variables."""

import io
import json
from collections.abc import Iterator

import pytest
import structlog

from watchdog import log


class Terminal(io.StringIO):
    """A stream that somebody is watching."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave structlog as it was for the tests that follow."""
    yield
    structlog.reset_defaults()


def test_an_event_is_a_line_of_json() -> None:
    stream = io.StringIO()
    log.configure(stream=stream)

    structlog.get_logger().info("verdict.reached", check="Riverside \x1b[2J")

    event = json.loads(stream.getvalue())
    assert "\x1b" not in stream.getvalue()
    assert event["event"] == "verdict.reached"
    assert event["level"] == "info"
    assert event["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_not_logged() -> None:
    stream = io.StringIO()
    log.configure("warning", stream=stream)

    structlog.get_logger().info("verdict.reached")

    assert stream.getvalue() == ""


@pytest.mark.parametrize("kind", [io.StringIO, Terminal])
def test_a_traceback_shows_no_local_variable(kind: type[io.StringIO]) -> None:
    stream = kind()
    log.configure(stream=stream)

    def log_in() -> None:
        password = "hunter" + str(2)
        raise ValueError(len(password))

    try:
        log_in()
    except ValueError:
        structlog.get_logger().exception("loop.failed")

    assert "log_in" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
