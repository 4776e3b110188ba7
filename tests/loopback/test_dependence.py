"""What is said at start of alarms that may be lost with what they tell of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.world.nameserver import Nameserver, nameserver
from watchdog.config.load import parse
from watchdog.dependence import Caution
from watchdog.supervision import Loop

CONFIG = """\
[watchdog]
contact = "it@agency.example"
[mailbox.office]
kind = "maildir"
path = "office"
[channel.owner]
kind = "email"
to   = ["{owner}"]
server = [{{ host = "smtp.mailer.example" }}]
[[ladder.owner]]
channel = "owner"
"""
NEVER = 'reasons = ["reminder", "waiting"]\n'
CHECK = """
[[check]]
name    = "form {number}"
mailbox = "office"
ladder  = "owner"
form.url = "https://www.riverside.example/{number}"
"""


@pytest.fixture
async def dns() -> AsyncIterator[Nameserver]:
    async with nameserver() as server:
        yield server


async def said(
    path: Path, dns: Nameserver, *, owner: str = "owner@riverside.example"
) -> list[str]:
    """Return what is warned of for two forms of one site, asked twice."""
    text = CONFIG.format(owner=owner) + CHECK.format(number=1) + CHECK.format(number=2)
    config = parse(text, path / "config.toml")
    caution = Caution(nameservers=[dns.address])
    loop = Loop(name="independence", failures=1)
    with capture_logs() as logs:
        await caution.warn(config, loop)
        await caution.warn(config, loop)
    assert loop.failures == 0  # it got on
    return [log["hint"] for log in logs if log["event"] == "check.dependent"]


async def test_it_is_said_once_that_nobody_might_hear(
    tmp_path: Path, dns: Nameserver
) -> None:
    assert await said(tmp_path, dns) == [
        "Every alarm about it may be lost with what it tells of."
    ]


async def test_it_is_said_what_could_not_be_compared(
    tmp_path: Path, dns: Nameserver
) -> None:
    dns.failing.add("smtp.mailer.example")

    (sentence,) = await said(tmp_path, dns, owner="me@home.test")

    assert "“owner” could not be compared with what it tells of." in sentence


async def test_it_is_said_of_each_form_that_no_step_hears_when_trouble_begins(
    tmp_path: Path, dns: Nameserver
) -> None:
    text = CONFIG.format(owner="me@home.test") + NEVER + CHECK.format(number=1)
    config = parse(text, tmp_path / "config.toml")

    with capture_logs() as logs:
        caution = Caution(nameservers=[dns.address])
        await caution.warn(config, Loop(name="independence"))

    (said,) = [log["hint"] for log in logs if log["event"] == "check.unheard"]
    assert said.startswith("Nobody hears when its messages begin to be lost")
