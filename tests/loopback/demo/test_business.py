"""The whole demonstration: site, mail host and gateway wired together."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from probes.settings import SmsSettings
from probes.stores.file_settings import CsvSettings
from watchdog import config
from watchdog.demo.business import OFFICE, Business
from watchdog.model import ChannelName

MINUTE = timedelta(minutes=1)


async def test_what_a_visitor_writes_arrives_at_the_office(business: Business) -> None:
    await business.visitor_writes("Ada", "ada@visitor.example", "A garden room?")

    (mail,) = await business.mail_host.folder(OFFICE)
    assert "A garden room?" in mail.get_content()


async def test_broken_mail_loses_inquiries_until_it_is_mended(
    business: Business,
) -> None:
    business.break_mail()
    await business.visitor_writes("Ada", "ada@visitor.example", "lost")
    business.mend_mail()
    await business.visitor_writes("Ben", "ben@visitor.example", "arrives")

    kept = [inquiry.message for inquiry in business.site.inquiries]
    mails = await business.mail_host.folder(OFFICE)
    assert kept == ["lost", "arrives"]
    assert [mail["Reply-To"] for mail in mails] == ["Ben <ben@visitor.example>"]


async def test_a_visitor_whom_the_site_turns_away_is_told(business: Business) -> None:
    business.site.form_gone = True

    with pytest.raises(httpx2.HTTPStatusError):
        await business.visitor_writes("Ada", "ada@visitor.example", "Hello?")


async def test_it_writes_a_configuration_that_the_watchdog_reads(
    business: Business, tmp_path: Path
) -> None:
    path = business.write_config(tmp_path, expected=MINUTE / 30, deadline=MINUTE / 10)

    read = config.load(path)

    (check,) = read.check
    office = read.mailbox[check.mailbox]
    assert check.form.url == business.site.url
    assert (check.expected, check.deadline) == (MINUTE / 30, MINUTE / 10)
    assert office.kind == "imap"
    assert office.port == business.mail_host.imap_port
    assert isinstance(check.store, CsvSettings)
    assert check.store.path == tmp_path / "inquiries.csv"
    assert [step.channel for step in read.steps(check)] == ["owner-mail", "owner-sms"]
    sms = read.channel[ChannelName("owner-sms")]
    assert isinstance(sms, SmsSettings)
    assert sms.api == business.gateway.url


async def test_its_secrets_are_in_files_that_nobody_else_reads(
    business: Business, tmp_path: Path
) -> None:
    path = business.write_config(tmp_path, expected=MINUTE, deadline=MINUTE)

    secrets = [tmp_path / "office-password", tmp_path / "gateway-token"]
    assert [file.stat().st_mode & 0o777 for file in secrets] == [0o600, 0o600]
    assert all(file.read_text() not in path.read_text() for file in secrets)


async def test_it_closes_at_once_and_leaves_nothing_behind() -> None:
    before = asyncio.all_tasks()
    opened = AsyncExitStack()
    business = await opened.enter_async_context(Business())
    url = httpx2.URL(business.site.url)
    _, silent_caller = await asyncio.open_connection(url.host, url.port)

    async with asyncio.timeout(20):
        await opened.aclose()

    silent_caller.close()
    assert asyncio.all_tasks() == before
