"""Drills come when they are due, once, and show what a channel is worth."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.loopback.stages.office import CONFIG, OWNER, Office
from watchdog.config import Config, load
from watchdog.drill import Drill, chosen, drill_if_due
from watchdog.model import ChannelName, Health
from watchdog.overview import read_overview
from watchdog.proof import Patience, Result
from watchdog.pulse import deaf
from watchdog.stages.alarms import LAPSE, tell
from watchdog.stages.warnings import warn

MAIL, SMS = ChannelName("owner-mail"), ChannelName("owner-sms")
NO_PATIENCE = Patience(mail=timedelta(seconds=0.2), report=timedelta(seconds=0.2))
MAILBOX = """user     = "{owner}"
port     = {port}
security = "none"
"""


def changed(office: Office, folder: Path, changes: Mapping[str, str]) -> Config:
    """Return the office's configuration with some of its lines written otherwise."""
    text = CONFIG.format(
        smtp_port=office.mail_host.smtp_port, gateway=office.gateway.url, to=OWNER
    )
    for line, other in changes.items():
        assert line in text
        text = text.replace(line, other)
    (folder / "config.toml").write_text(text)
    return load(folder / "config.toml")


@pytest.fixture
def monthly(office: Office, tmp_path: Path) -> Office:
    """Let alarms be drilled at ten on the first of each month; no mailbox is known."""
    config = changed(
        office, tmp_path, {"[mailbox.office]": 'drill = "0 10 1 * *"\n[mailbox.office]'}
    )
    return replace(office, config=config, now=datetime(2026, 3, 1, 9, 59, tzinfo=UTC))


async def heard(office: Office) -> tuple[int, int]:
    """Return how many mails and text messages the owner has."""
    return len(await office.mails()), len(office.texts())


async def due(office: Office) -> None:
    await drill_if_due(office.config, office.ledger, clock=office.clock)


async def test_a_drill_comes_at_its_time_and_once(monthly: Office) -> None:
    await due(monthly)
    assert await heard(monthly) == (0, 0)

    monthly.later(minutes=1)
    for _ in range(3):
        await due(monthly)
        monthly.later(minutes=10)
    assert await heard(monthly) == (1, 1)

    monthly.now = datetime(2026, 4, 1, 10, tzinfo=UTC)
    await due(monthly)
    assert await heard(monthly) == (2, 2)


async def test_a_drill_that_was_slept_through_is_not_caught_up(
    monthly: Office,
) -> None:
    monthly.later(hours=3)

    await due(monthly)

    assert await heard(monthly) == (0, 0)


async def test_a_drill_that_is_not_scheduled_never_comes(office: Office) -> None:
    await due(office)

    assert await heard(office) == (0, 0)


async def test_a_drill_is_told_once_though_the_daemon_runs(office: Office) -> None:
    drill = Drill(config=office.config, ledger=office.ledger, clock=office.clock)

    await drill.run(chosen(office.config))
    office.later(seconds=LAPSE.total_seconds() + 1)
    await tell(office.config, office.ledger, clock=office.clock)

    assert await heard(office) == (1, 1)


async def test_mail_that_does_not_come_into_a_known_mailbox_is_unproven(
    office: Office, tmp_path: Path
) -> None:
    office.mail_host.black_hole = True
    config = changed(
        office,
        tmp_path,
        {
            'host     = "imap.example"': 'host     = "127.0.0.1"',
            'user     = "office"\n': MAILBOX.format(
                owner=OWNER, port=office.mail_host.imap_port
            ),
        },
    )
    (tmp_path / "token").write_text("unused")
    drill = Drill(
        config=config, ledger=office.ledger, clock=office.clock, patience=NO_PATIENCE
    )

    [drilled] = await drill.run(chosen(config, [MAIL]))

    assert drilled.proof.result is Result.UNPROVEN
    assert drilled.proof.words == (
        f"It did not come into the mailbox of {OWNER} in time."
    )


async def test_a_mailbox_that_cannot_be_read_proves_nothing(
    office: Office, tmp_path: Path
) -> None:
    config = changed(
        office,
        tmp_path,
        {
            'host     = "imap.example"': 'host     = "127.0.0.1"',
            'user     = "office"\n': MAILBOX.format(
                owner=OWNER, port=office.mail_host.imap_port
            ),
        },
    )
    drill = Drill(config=config, ledger=office.ledger, clock=office.clock)

    [drilled] = await drill.run(chosen(config, [MAIL]))

    assert drilled.proof.result is Result.UNPROVEN
    assert drilled.proof.words.startswith(
        f"We could not look into the mailbox of {OWNER}: "
    )


def test_a_step_that_leaves_drills_out_is_drilled_by_name_alone(
    office: Office, tmp_path: Path
) -> None:
    config = changed(
        office, tmp_path, {'after    = "10m"': 'reasons  = ["opened", "worse"]'}
    )

    assert chosen(config) == {MAIL: ["owner"]}
    assert chosen(config, [SMS]) == {SMS: ["owner"]}
    assert set(chosen(config, ["owner"])) == {MAIL, SMS}


async def test_one_of_several_recipients_who_is_refused_spoils_the_proof(
    office: Office, tmp_path: Path
) -> None:
    config = changed(
        office,
        tmp_path,
        {f'to       = ["{OWNER}"]': f'to = ["{OWNER}", "gone@riverside.example"]'},
    )
    drill = Drill(config=config, ledger=office.ledger, clock=office.clock)

    [drilled] = await drill.run(chosen(config, [MAIL]))

    assert drilled.proof.result is Result.UNPROVEN
    assert drilled.proof.words.startswith("Not all were told. gone@riverside.example: ")
    assert len(await office.mails()) == 1


async def test_a_channel_that_fails_a_drill_is_warned_of_over_another_until_it_succeeds(
    monthly: Office,
) -> None:
    token = monthly.config.channel[SMS].token.file
    token.write_text("no longer right")
    monthly.later(minutes=1)
    await due(monthly)
    assert await deaf(monthly.config, monthly.ledger, now=monthly.now)
    overview = await read_overview(monthly.config, monthly.ledger, now=monthly.now)
    assert overview.health is Health.CRITICAL

    await warned(monthly)
    _, warning = await monthly.mails()
    assert "“owner-sms” did not succeed" in warning["Subject"]

    token.write_text("a-token")
    drill = Drill(config=monthly.config, ledger=monthly.ledger, clock=monthly.clock)
    await drill.run(chosen(monthly.config, [SMS]))
    monthly.later(hours=1)
    await warned(monthly)

    assert not await deaf(monthly.config, monthly.ledger, now=monthly.now)
    assert len(await monthly.mails()) == 3, "the end was told"


async def test_a_dead_mailbox_of_alarms_is_warned_of_by_sms(monthly: Office) -> None:
    await monthly.mail_host.stop()
    monthly.later(minutes=1)
    await due(monthly)
    for _ in range(2):
        await warned(monthly)
        monthly.later(minutes=10)

    _, warning = monthly.texts()
    assert '"owner-mail" did not succeed' in warning


async def warned(office: Office) -> None:
    await warn(office.config, office.ledger, clock=office.clock)
    await tell(office.config, office.ledger, clock=office.clock)
