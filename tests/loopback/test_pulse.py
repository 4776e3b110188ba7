"""That we live or fail is noticed outside, and by people where all else fails."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.world.owner import Owner, owner
from watchdog.config import Config, load
from watchdog.demo.http import Request, Response, serving
from watchdog.emergency import Crier
from watchdog.ledger import LedgerError, open_ledger
from watchdog.model import Presence
from watchdog.notebook import Notebook
from watchdog.pulse import Pulse
from watchdog.supervision import Loop, Supervisor

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CONFIG = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "it@example.test"
heartbeat = "http://127.0.0.1:{port}/us"

[mailbox.box]
kind = "maildir"
path = "box"

[[check]]
name = "Contact form"
mailbox = "box"
form.url = "http://127.0.0.1:9/contact"
"""
FULL = "The ledger cannot be written: the disk is full. Make room."


@dataclass(kw_only=True)
class Outside:
    """A service that hears our heartbeat, and the owner who hears our cries."""

    owner: Owner
    config: Config
    beats: list[str]
    now: datetime = NOW
    loop: Loop = field(default_factory=lambda: Loop(name="judge"))
    pulse: Pulse = field(init=False)


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    beats: list[str] = []

    async def hear(request: Request) -> Response:
        beats.append(request.path)
        return Response(status=HTTPStatus.OK, body="OK", kind="text/plain")

    async with serving(hear) as port, owner(token="secret") as told:
        path = tmp_path / "config.toml"
        path.write_text(CONFIG.format(port=port))
        (tmp_path / "secret").touch(mode=0o600)
        told.is_told_of(path, token="secret")
        config = load(path)
        async with open_ledger(await config.watchdog.ledger_url()) as ledger:
            found = Outside(owner=told, config=config, beats=beats)
            found.pulse = Pulse(
                ledger=ledger,
                supervisor=Supervisor(loops=[found.loop]),
                clock=lambda: found.now,
                presence=Presence(daemon="here:1", started_at=NOW, seen_at=NOW),
                crier=Crier(notebook=Notebook(files=[tmp_path / "notes" / "page"])),
            )
            yield found


async def test_the_heartbeat_goes_out_while_all_is_well(outside: Outside) -> None:
    await outside.pulse.tell_outside(outside.config)
    await outside.pulse.tell_outside(outside.config)

    assert outside.beats == ["/us/start", "/us", "/us"]


async def test_the_heartbeat_says_fail_while_a_stage_keeps_failing(
    outside: Outside,
) -> None:
    outside.loop.failed(ZeroDivisionError())

    await outside.pulse.tell_outside(outside.config)

    assert outside.beats == ["/us/start", "/us/fail"]
    await outside.pulse.tell_ledger()
    (told,) = await outside.pulse.ledger.presences()
    assert "“judge” keeps failing" in told.trouble


async def test_people_hear_ever_more_rarely_that_the_ledger_fails_and_once_of_its_end(
    outside: Outside,
) -> None:
    outside.loop.failed(LedgerError(FULL))
    for _ in range(70):
        await outside.pulse.tell_outside(outside.config)
        outside.now += MINUTE
    first, again = await outside.owner.mails()
    assert FULL in " ".join(first.get_body(("plain",)).get_content().split())

    outside.loop.got_on()
    await outside.pulse.tell_ledger()
    for _ in range(20):
        await outside.pulse.tell_outside(outside.config)
        outside.now += MINUTE

    *_, last = await outside.owner.mails()
    assert len(await outside.owner.mails()) == 3
    assert last["Subject"] == "The watchdog of your contact forms works again"
    assert again["References"] == last["References"] == first["Message-ID"]
    assert not outside.owner.messages


async def test_a_ledger_that_was_only_read_is_not_said_to_work_again(
    outside: Outside,
) -> None:
    outside.loop.failed(LedgerError(FULL))
    for _ in range(2):
        await outside.pulse.tell_outside(outside.config)
        outside.now += MINUTE
    outside.loop.got_on()
    outside.now += 60 * MINUTE

    await outside.pulse.tell_outside(outside.config)

    assert len(await outside.owner.mails()) == 1


async def test_a_ledger_that_is_locked_for_a_moment_makes_nobody_jump(
    outside: Outside,
) -> None:
    await outside.pulse.tell_ledger()
    for _ in range(5):
        outside.loop.failed(LedgerError(FULL))
        await outside.pulse.tell_outside(outside.config)
        outside.now += MINUTE / 3
        outside.loop.got_on()
        await outside.pulse.tell_outside(outside.config)
        outside.now += MINUTE

    assert not await outside.owner.mails()


async def test_where_the_mail_fails_the_phone_hears_of_the_ledger(
    outside: Outside,
) -> None:
    await outside.owner.mail_host.stop()
    outside.loop.failed(LedgerError(FULL))
    for _ in range(2):
        await outside.pulse.tell_outside(outside.config)
        outside.now += MINUTE

    (sms,) = outside.owner.messages
    assert "cannot work" in sms.body
