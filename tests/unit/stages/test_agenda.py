"""A check is asked again when something of it may be due, and not before."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.config import Config
from watchdog.config.load import parse
from watchdog.stages.agenda import Agenda

TEXT = f"""
[watchdog]
contact = "it@agency.example"

[mailbox.office]
kind = "maildir"
path = "mail"

[[check]]
name = "{RIVERSIDE}"
mailbox = "office"
form.url = "https://riverside.example/contact"
"""


def config() -> Config:
    return parse(TEXT, Path("config.toml"))


@pytest.mark.parametrize(
    ("now", "is_asked"),
    [
        pytest.param(after(minutes=-1), True, id="the clock was set back"),
        pytest.param(NOON, False, id="at the last glance"),
        pytest.param(after(minutes=59), False, id="before the next beat"),
        pytest.param(after(hours=1), True, id="at the next beat"),
        pytest.param(after(hours=9), True, id="after a long sleep"),
    ],
)
def test_a_check_rests_until_its_next_beat(now: datetime, *, is_asked: bool) -> None:
    agenda, watched = Agenda(), config()
    assert agenda.candidates(watched, {}, NOON) == [*watched.check]

    agenda.rest(RIVERSIDE, since=NOON, until=after(hours=1))

    assert bool(agenda.candidates(watched, {}, now)) is is_asked


def test_a_retry_wakes_a_check_when_it_is_due() -> None:
    agenda, watched, retries = Agenda(), config(), {RIVERSIDE: after(minutes=2)}
    agenda.candidates(watched, retries, NOON)
    agenda.rest(RIVERSIDE, since=NOON, until=after(hours=1))

    assert agenda.candidates(watched, retries, after(minutes=1)) == []
    assert agenda.candidates(watched, retries, after(minutes=2)) == [*watched.check]


def test_a_new_configuration_lets_nothing_rest() -> None:
    agenda = Agenda()
    agenda.candidates(config(), {}, NOON)
    agenda.rest(RIVERSIDE, since=NOON, until=after(hours=1))

    assert len(agenda.candidates(config(), {}, NOON)) == 1
