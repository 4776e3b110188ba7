"""A drill sends a test alarm by every channel, and proves that it came."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world.command import Ended, end, start
from watchdog.demo.business import OFFICE, OWNER, OWNER_PHONE, Business


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    async with Business() as business:
        yield business


@pytest.fixture
def config(business: Business, tmp_path: Path) -> Path:
    """Let the owner read his alarms in the mailbox that is watched."""
    path = business.write_config(
        tmp_path, expected=timedelta(minutes=2), deadline=timedelta(minutes=15)
    )
    path.write_text(path.read_text().replace(f'to       = ["{OWNER}"]', TO_OFFICE))
    return path


TO_OFFICE = f'to       = ["{OFFICE}"]'


async def run(config: Path, *arguments: str) -> Ended:
    """Run a command beside the servers, which live in this loop."""
    return await asyncio.to_thread(lambda: end(start(config, *arguments)))


async def test_mail_is_seen_in_the_mailbox_and_the_sms_is_reported(
    business: Business, config: Path
) -> None:
    ended = await run(config, "drill", "--json")

    rows = {row["channel"]: row for row in json.loads(ended.out)}
    assert ended.talk == ""
    assert {name: row["result"] for name, row in rows.items()} == {
        "owner-mail": "proven",
        "owner-sms": "proven",
    }
    assert rows["owner-mail"]["words"] == f"Seen in “INBOX” of {OFFICE}."
    assert rows["owner-sms"]["words"] == "The gateway reports: delivered."
    assert rows["owner-sms"]["ladders"] == ["owner"]
    assert ended.code == 0
    [mail] = await business.mail_host.folder(OFFICE)
    assert mail["Subject"] == "This is only a drill: nothing is wrong."
    [sms] = business.gateway.messages
    assert (sms.to, sms.body) == (OWNER_PHONE, mail["Subject"])


async def test_a_channel_that_fails_is_told_and_the_others_are_drilled_all_the_same(
    business: Business, config: Path
) -> None:
    (config.parent / "gateway-token").write_text("another")

    ended = await run(config, "drill")

    head, mail, seen, sms, *why = ended.out.splitlines()
    assert head.split() == ["channel", "ladder", "sent", "result"]
    assert mail.startswith("✓ owner-mail  owner ")
    assert mail.endswith(" proven")
    assert seen == f"  Seen in “INBOX” of {OFFICE}."
    assert sms.startswith("✗ owner-sms ")
    assert sms.endswith(" failed")
    assert "the account or its token is wrong" in " ".join(why)
    assert ended.code == 2
    assert len(await business.mail_host.folder(OFFICE)) == 1


async def test_an_alarm_in_the_spam_folder_is_no_proof(
    business: Business, config: Path
) -> None:
    business.mail_host.spam = True

    ended = await run(config, "drill", "owner-mail")

    assert " unproven" in ended.out
    assert f"It lies in the spam folder “Junk” of {OFFICE}." in ended.out
    assert ended.code == 1
    assert business.gateway.messages == []


async def test_where_nobody_can_look_the_server_s_word_is_told_as_such(
    business: Business, config: Path
) -> None:
    config.write_text(config.read_text().replace(TO_OFFICE, f'to = ["{OWNER}"]'))

    ended = await run(config, "drill", "owner-mail")

    assert " handed over" in ended.out
    assert ended.code == 0
    assert len(await business.mail_host.folder(OWNER)) == 1


async def test_status_says_when_alarms_were_last_proven(
    business: Business, config: Path
) -> None:
    before = await run(config, "status")
    (config.parent / "gateway-token").write_text("another")
    await run(config, "drill")

    after, as_json = await run(config, "status"), await run(config, "status", "--json")

    assert "No drill has proven yet that alarms come" in before.out
    assert "Last drill of owner-mail: proven, " in after.out
    assert "Last drill of owner-sms: failed, " in after.out
    drills = {
        row["channel"]: row["result"] for row in json.loads(as_json.out)["drills"]
    }
    assert drills == {"owner-mail": "proven", "owner-sms": "failed"}
    assert len(business.gateway.messages) == 0


@pytest.mark.usefixtures("business")
async def test_a_name_that_nothing_has_is_refused_and_nothing_is_sent(
    business: Business, config: Path
) -> None:
    ended = await run(config, "drill", "owner-mial")

    assert "there is no ladder or channel `owner-mial`" in ended.talk
    assert "did you mean `owner-mail`?" in ended.talk
    assert ended.code == 3
    assert await business.mail_host.folder(OFFICE) == []


async def test_without_a_ladder_there_is_nothing_to_drill(config: Path) -> None:
    text = config.read_text().partition("[channel.")[0]
    config.write_text(text.replace('ladder   = "owner"\n', ""))

    ended = await run(config, "drill")

    assert ended.talk == (
        "There is nothing to drill: the configuration names no ladder.\n"
    )
    assert ended.code == 3
