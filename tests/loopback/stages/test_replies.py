"""Visitors without a confirmation: told once, and once when replies come again."""

import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from probes.mail.open import open_mailbox
from tests.loopback.stages.office import OWNER, text_of
from tests.world.facts import answered, failure, submission, verdict
from watchdog.config import Config, load
from watchdog.demo.mailhost import MailHost
from watchdog.ledger import Ledger
from watchdog.model import Incident, IncidentKind, Outcome, Place, Reply
from watchdog.rules import marker
from watchdog.stages.alarms import tell
from watchdog.stages.collect import look, tidy
from watchdog.stages.warnings import warn

CONFIG = """
[watchdog]
contact = "tests@agency.example"
[mailbox.visitors]
kind = "maildir"
path = "Mail"
[[check]]
name = "Contact"
mailbox = "visitors"
ladder = "owner"
expect_reply = true
form.url = "http://127.0.0.1/contact"
[channel.owner-mail]
kind = "email"
to = ["{owner}"]
server = [{{ host = "127.0.0.1", port = {port}, security = "none" }}]
[[ladder.owner]]
channel = "owner-mail"
"""
MESSAGE = """\
From: web@riverside.example
To: tests@agency.example
Reply-To: {visitor}
Subject: Message from your website

Automatic delivery test {marker}
"""
REPLY = """\
From: web@riverside.example
To: {visitor}
Reply-To: office@riverside.example
Subject: Thank you for your message

You wrote: Automatic delivery test {marker}
"""
JUNK = ".Junk"


@dataclass(kw_only=True)
class Business:
    """A site that may forget its visitors, and a mailbox that is owner's and theirs."""

    config: Config
    ledger: Ledger
    mail_host: MailHost
    folder: Path
    now: datetime

    async def send(self, *mails: str, folder: str = "", is_taken: bool = True) -> Reply:
        """Let a test be sent, these mails come of it, and its deadlines pass."""
        [check] = self.config.check
        salt = secrets.token_bytes(marker.SALT_BYTES)
        mark = marker.make(await self.ledger.key(), at=self.now, salt=salt)
        due_at = self.now + check.reply_within
        sent = submission(
            mark,
            check=check.name,
            mailbox=check.mailbox,
            beat=self.now,
            submitted_at=self.now,
            due_at=due_at,
        )
        awaited = Reply(
            marker=mark,
            check=check.name,
            mailbox=check.mailbox,
            submitted_at=self.now,
            due_at=due_at,
        )
        assert await self.ledger.claim_beat(sent, awaited)
        if is_taken:
            await self.ledger.record_answer(answered(mark))
        else:
            await self.ledger.record_failure(failure(mark))
        visitor = marker.tagged(self.config.watchdog.visitor, mark)
        for number, mail in enumerate(mails):
            box = self.folder / "Mail" / (folder if mail is REPLY else "") / "new"
            text = mail.format(visitor=visitor, marker=mark)
            (box / f"{self.now.timestamp():.0f}.{mark[-9:]}{number}").write_text(text)
        self.now += timedelta(hours=2)
        return awaited

    async def look(self) -> None:
        """Look into every folder."""
        [(name, settings)] = self.config.mailbox.items()
        mailbox = open_mailbox(settings)
        looked = await look(
            name, mailbox, self.ledger, everywhere=True, clock=self.clock
        )
        await tidy(mailbox, looked.noted, settings.after, folder=settings.after_folder)
        await mailbox.aclose()

    async def passes(self) -> None:
        """Look, and then do what the daemon does."""
        await self.look()
        await warn(self.config, self.ledger, clock=self.clock)
        await tell(self.config, self.ledger, clock=self.clock)

    async def open(self) -> Sequence[Incident]:
        """Return what is wrong now."""
        return await self.ledger.open_incidents()

    async def subjects(self) -> Sequence[str]:
        """Return what the owner was told."""
        mails = await self.mail_host.folder(OWNER)
        return [" ".join(str(mail["Subject"]).split()) for mail in mails]

    def clock(self) -> datetime:
        """Return the time that we have set."""
        return self.now


@pytest.fixture
async def business(ledger: Ledger, tmp_path: Path) -> AsyncIterator[Business]:
    for box in ("", JUNK):
        for part in ("cur", "new", "tmp"):
            (tmp_path / "Mail" / box / part).mkdir(parents=True)
    async with MailHost({OWNER: "unused"}) as mail_host:
        path = tmp_path / "config.toml"
        path.write_text(CONFIG.format(owner=OWNER, port=mail_host.smtp_port))
        yield Business(
            config=load(path),
            ledger=ledger,
            mail_host=mail_host,
            folder=tmp_path,
            now=datetime.now(UTC),
        )


async def test_the_owner_is_told_once_and_once_when_replies_come_again(
    business: Business,
) -> None:
    await business.send(MESSAGE, REPLY)
    await business.passes()
    await business.send(MESSAGE)
    await business.passes()
    assert await business.open() == []

    for _ in range(2):
        await business.send(MESSAGE)
        await business.passes()
    [warned] = await business.open()
    begun = await business.subjects()
    await business.send(MESSAGE, REPLY)
    await business.passes()

    assert (warned.kind, warned.checks) == (IncidentKind.WARNING, {"Contact"})
    assert warned.words.startswith("Visitors get no confirmation any more: ")
    assert begun == [warned.words.rstrip()]
    assert await business.open() == []
    assert await business.subjects() == [*begun, f"[Resolved] {begun[0]}"]
    mails = await business.mail_host.folder(OWNER)
    assert "Meanwhile: Nothing is known to be lost yet." in text_of(mails[0])
    assert "switched on" in text_of(mails[0])


async def test_message_and_reply_in_one_mailbox_are_told_apart(
    business: Business,
) -> None:
    both = await business.send(MESSAGE, REPLY)
    alone = await business.send(REPLY)
    await business.look()

    for awaited in (both, alone):
        seen = await business.ledger.reply_to(awaited.marker)
        assert seen is not None
        assert (seen.folder, seen.place) == ("INBOX", Place.INBOX)
    assert await business.ledger.arrival_of(both.marker) is not None
    assert await business.ledger.arrival_of(alone.marker) is None


async def test_one_mail_for_owner_and_visitor_is_both(business: Business) -> None:
    both = MESSAGE.replace("Subject", "Cc: {visitor}\nSubject")
    sent = await business.send(both)
    await business.look()

    reply = await business.ledger.reply_to(sent.marker)
    assert reply is not None
    assert reply.folder == "INBOX"
    assert await business.ledger.arrival_of(sent.marker) is not None
    put_away = business.folder / "Mail" / ".Contact Watchdog" / "cur"
    assert len([*put_away.iterdir()]) == 1


async def test_replies_in_the_spam_folder_are_told(business: Business) -> None:
    for _ in range(2):
        await business.send(MESSAGE, REPLY, folder=JUNK)
        await business.passes()

    [warned] = await business.open()

    assert warned.shared == "reply-junked:Contact"


async def test_of_what_nobody_looked_for_and_what_was_not_taken_nothing_is_said(
    business: Business,
) -> None:
    for _ in range(3):
        await business.send(is_taken=False)
        await business.passes()
    for _ in range(3):
        await business.send()
    await warn(business.config, business.ledger, clock=business.clock)

    assert await business.open() == []


async def test_a_reply_that_comes_after_all_is_as_good(business: Business) -> None:
    await business.send(MESSAGE)
    late = await business.send(MESSAGE)
    await business.passes()
    assert len(await business.open()) == 1

    visitor = marker.tagged(business.config.watchdog.visitor, late.marker)
    text = REPLY.format(visitor=visitor, marker=late.marker)
    (business.folder / "Mail" / "new" / "late").write_text(text)
    business.now += timedelta(hours=2)
    await business.passes()

    assert await business.open() == []


async def test_a_verdict_stays_what_it_is(business: Business) -> None:
    sent = await business.send(MESSAGE)
    await business.ledger.record_verdict(
        verdict(sent.marker, check=sent.check, outcome=Outcome.DELIVERED)
    )
    await business.passes()

    said = await business.ledger.verdict_on(sent.marker)
    assert said is not None
    assert "reply" not in said.evidence
