"""Real people's lost inquiries, from the ledger to the owner's inbox, each once."""

import asyncio
import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from probes.channels.message import Notice, Sent
from probes.channels.send import send
from probes.settings import ChannelSettings
from probes.stores.log_settings import AccessLogSettings
from tests.loopback.stages.office import SECOND, Office, text_of
from tests.world.facts import OFFICE, RIVERSIDE, after, arrival, submission
from tests.world.kept import (
    finding,
    inquiry,
    mail,
    mail_bookmark,
    store_bookmark,
)
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import IncidentKind, Inquiry, MailKind, Silence
from watchdog.stages.alarms import LAPSE, tell
from watchdog.stages.incidents import advance
from watchdog.stages.real_loss import tell_losses

LONG_AGO, FAR_AHEAD = after(days=-999), after(days=999)


async def traced(office: Office, status: str, *inquiries: Inquiry) -> None:
    """Let inquiries have been read and matched."""
    await office.ledger.record_entries(inquiries, store_bookmark())
    kept = await office.ledger.traced([RIVERSIDE], since=LONG_AGO, until=FAR_AHEAD)
    entries = {one.entry for one in inquiries}
    found = [(one, finding(status)) for one in kept if one.inquiry.entry in entries]
    await office.ledger.record_findings(found, now=office.now)


async def passes(office: Office, ledger: Ledger | None = None) -> None:
    """Do what the daemon does, once."""
    await advance(office.config, ledger or office.ledger, now=office.now)
    await tell_losses(office.config, ledger or office.ledger, now=office.now)
    await tell(office.config, ledger or office.ledger, clock=office.clock)


async def firsts(office: Office) -> Sequence[str]:
    """Return the first line of each mail to the owner."""
    return [text_of(mail).splitlines()[0] for mail in await office.mails()]


def rows(mail: EmailMessage) -> list[dict[str, str]]:
    """Return what the attached table says."""
    [file] = mail.iter_attachments()
    assert file.get_filename() == "missed.csv"
    return list(csv.DictReader(file.get_content().removeprefix("\ufeff").splitlines()))


def arrived(office: Office, count: int) -> list[Inquiry]:
    return [
        inquiry(f"later {n}", submitted_at=office.now, name="Bob", message="Hello")
        for n in range(count)
    ]


async def test_one_lost_person_is_one_alarm_with_their_name_and_one_end_with_a_list(
    office: Office,
) -> None:
    await office.judged("ggg")
    await traced(office, "missing", inquiry())
    await passes(office)

    [begun] = await office.mails()
    text = text_of(begun)
    assert begun["Subject"] == (
        "Inquiries through “Riverside Studio contact form” did not reach you."
    )
    assert text.splitlines()[0] == (
        "1 inquiry through “Riverside Studio contact form” did not reach you."
    )
    assert (
        "- Ada Byron, ada@visitor.example, +44 20 7946 0001, 2026-11-22 12:00 UTC:"
        " “Do you have room for a wedding in May?”"
    ) in text
    assert "“contact-watchdog missed” shows them all" in text

    office.later(days=1.1)
    await traced(office, "arrived", *arrived(office, 5))
    for _ in range(3):
        await passes(office)
        office.later(days=1)

    mails = await office.mails()
    ended = mails[-1]
    assert ended["Subject"] == f"[Resolved] {begun['Subject']}"
    assert ended["In-Reply-To"] == begun["Message-ID"]
    assert text_of(ended).startswith(
        "No more messages from “Riverside Studio contact form” are known to be lost."
    )
    assert [(row["Name"], row["Email"]) for row in rows(ended)] == [
        ("Ada Byron", "ada@visitor.example")
    ]
    assert sum("[Resolved]" in str(mail["Subject"]) for mail in mails) == 1


async def test_the_next_night_brings_no_second_alarm_for_the_same_person(
    office: Office,
) -> None:
    await traced(office, "missing", inquiry())
    await passes(office)
    await office.ledger.acknowledge(
        await office.incident_id(), by="Ann", now=office.now
    )

    for _ in range(3):
        office.later(hours=7)
        await traced(office, "missing", inquiry())
        await passes(office)

    assert len(await office.mails()) == 1


async def test_another_lost_person_is_told_to_whoever_knew_of_the_first(
    office: Office,
) -> None:
    await traced(office, "missing", inquiry())
    await passes(office)
    await office.ledger.acknowledge(
        await office.incident_id(), by="Ann", now=office.now
    )
    office.later(hours=7)
    await traced(office, "missing", inquiry("2", name="Grace", submitted_at=office.now))
    await passes(office)

    first, second = await office.mails()
    assert second["Subject"] == f"[Worse now] {first['Subject']}"
    assert text_of(second).startswith("Worse now: 2 inquiries through ")
    assert "- Grace, " in text_of(second)


async def test_while_our_own_messages_are_lost_the_first_person_makes_it_worse(
    office: Office,
) -> None:
    await office.judged("gbb")
    await passes(office)
    await traced(office, "missing", inquiry(submitted_at=office.now))
    for _ in range(2):
        await passes(office)

    assert await office.heard() == ["opened", "worse"]
    begun, worse = await office.mails()
    assert "Who was missed: Nobody, as far as we know." in text_of(begun)
    assert "Not kept:" not in text_of(begun)
    assert "- Ada Byron, ada@visitor.example" in text_of(worse)
    assert len(await office.ledger.open_incidents()) == 1

    await traced(office, "missing", inquiry("2", submitted_at=office.now))
    await passes(office)
    assert await office.heard() == ["opened", "worse"]

    await office.judged("gg")
    await passes(office)
    ended = (await office.mails())[-1]
    assert text_of(ended).splitlines()[0].endswith("reach you again.")
    assert len(rows(ended)) == 2


async def test_who_is_found_after_the_end_is_told_in_the_same_thread(
    office: Office,
) -> None:
    await office.judged("gbb")
    await passes(office)
    written = inquiry(submitted_at=office.now)
    await traced(office, "pending", written)
    await office.judged("gg")
    await passes(office)
    assert "May still come: 1 more." in text_of((await office.mails())[-1])

    await traced(office, "missing", written)
    for _ in range(2):
        await passes(office)

    begun, ended, completed = await office.mails()
    assert completed["Subject"] == ended["Subject"] == f"[Resolved] {begun['Subject']}"
    assert len(rows(completed)) == 1
    assert [one.kind for one in await office.ledger.incidents(limit=9)] == [
        IncidentKind.LOSS
    ]


async def test_a_history_of_losses_is_told_once_as_the_past(office: Office) -> None:
    office.later(days=90)
    await traced(
        office,
        "missing",
        *(
            inquiry(str(n), submitted_at=after(days=n), name=f"No. {n}")
            for n in range(8)
        ),
    )
    for _ in range(3):
        await passes(office)
        office.later(days=1)

    [mail] = await office.mails()
    assert text_of(mail).startswith(
        "In the past 91 days: 8 inquiries through “Riverside Studio contact form” did"
        " not reach you."
    )
    assert "- and 3 more" in text_of(mail)
    assert len(rows(mail)) == 8
    assert await office.ledger.open_incidents() == []


def without_ends(office: Office) -> None:
    """Let the owner have asked not to hear of ends."""
    steps = tuple(
        step.model_copy(update={"reasons": ("opened", "worse")})
        for step in office.config.ladder["owner"]
    )
    ladder = {**office.config.ladder, "owner": steps}
    office.config = office.config.model_copy(update={"ladder": ladder})


async def test_a_history_of_losses_is_told_to_who_wants_to_hear_of_no_ends(
    office: Office,
) -> None:
    without_ends(office)
    office.later(days=90)
    await traced(office, "missing", inquiry(submitted_at=after(days=1)))
    for _ in range(2):
        await passes(office)

    [first] = await firsts(office)
    assert first.startswith("In the past 90 days: 1 inquiry")


async def test_who_is_found_after_the_end_is_told_to_who_wants_to_hear_of_no_ends(
    office: Office,
) -> None:
    without_ends(office)
    await office.judged("gbb")
    await passes(office)
    await office.judged("gg")
    await passes(office)
    assert len(await office.mails()) == 1
    incident = await office.incident()
    await traced(office, "missing", inquiry(submitted_at=incident.opened_at))
    for _ in range(2):
        await passes(office)

    [_, completed] = await office.mails()
    assert [row["Name"] for row in rows(completed)] == ["Ada Byron"]


async def test_a_text_message_tells_how_many_and_nobodys_name(office: Office) -> None:
    await office.judged("gbb")
    await traced(
        office, "missing", *(inquiry(str(n), submitted_at=office.now) for n in range(3))
    )
    await passes(office)
    office.later(minutes=10)
    await passes(office)

    [sms] = office.texts()
    assert "3 inquiries missed." in sms
    assert len(sms) <= 160
    assert "Ada" not in sms
    assert "visitor.example" not in sms


class Dying:
    """A sender that hangs for ever, after it has sent."""

    def __init__(self) -> None:
        self.hangs = asyncio.Event()

    async def __call__(self, settings: ChannelSettings, notice: Notice) -> Sent:
        """Send, and hang."""
        await send(settings, notice)
        self.hangs.set()
        await asyncio.Event().wait()
        raise AssertionError


async def test_killed_in_between_the_next_daemon_tells_it_as_the_same_mail(
    office: Office,
) -> None:
    await traced(office, "missing", inquiry())
    await tell_losses(office.config, office.ledger, now=office.now)
    dying = Dying()
    task = asyncio.create_task(
        tell(office.config, office.ledger, clock=office.clock, send=dying)
    )
    await dying.hangs.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    office.now += LAPSE
    await passes(office)
    await passes(office)

    mails = await office.mails()
    assert len(mails) == 2
    assert len({mail["Message-ID"] for mail in mails}) == 1


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_of_two_daemons_one_tells_it(
    office: Office, database: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(database)
    async with open_ledger(url) as one, open_ledger(url) as other:
        office.ledger = one
        await traced(office, "missing", inquiry(), inquiry("2"))

        for _ in range(2):
            await asyncio.gather(*(passes(office, each) for each in (one, other)))

        assert len(await one.incidents(limit=9)) == 1
        assert len(await office.mails()) == 1


async def test_what_strangers_wrote_is_told_harmlessly(office: Office) -> None:
    hostile = inquiry(
        name='=HYPERLINK("http://evil.example")\r\nBcc: victim@example.com',
        message="<script>alert(1)</script>\x1b[2J" + "x" * 100_000,
        email="a@b.example\nX-Evil: 1",
    )
    office.later(days=30)
    await traced(office, "missing", hostile)
    await passes(office)

    [mail] = await office.mails()
    html = mail.get_body(("html",)).get_content()
    [row] = rows(mail)
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert "<script>" not in html
    assert "\x1b" not in html + text_of(mail)
    assert len(text_of(mail)) < 5_000
    assert row["Name"].startswith("'=HYPERLINK")
    assert len(row["Message"]) <= 5_001


async def test_who_was_missed_in_a_planned_silence_is_told_after_it(
    office: Office,
) -> None:
    quiet = Silence(
        checks="*",
        from_at=office.now,
        until_at=office.now + timedelta(hours=1),
        words="The host moves.",
        created_by="Ann",
    )
    await office.ledger.record_silence(quiet)
    await office.judged("gbb")
    await passes(office)
    await traced(office, "missing", inquiry(submitted_at=office.now))
    await passes(office)
    await office.judged("gg")
    await passes(office)
    assert await office.mails() == []

    office.later(hours=1.1)
    await passes(office)

    [ended] = await office.mails()
    assert len(rows(ended)) == 1


async def test_how_many_could_not_write_at_all_is_estimated_by_the_weeks_before(
    office: Office,
) -> None:
    usual = [
        inquiry(f"{week} {n}", submitted_at=after(weeks=week, minutes=n))
        for week in range(6)
        for n in range(-20, 30, 10)
    ]
    since = store_bookmark(since=after(days=-1))
    await office.ledger.record_entries(usual, since)
    office.later(weeks=6, hours=-1)
    await office.judged("g")
    office.later(hours=1)
    await office.judged("rr")
    await passes(office)

    [mail] = await office.mails()
    assert "Turned away: Nobody could write to you in that time" in text_of(mail)
    assert "An estimate by the same hours of the 6 weeks before: " in text_of(mail)


async def test_how_many_were_lost_of_whom_nothing_is_kept_is_estimated_by_mails(
    office: Office,
) -> None:
    tested = submission("first", check=SECOND)
    await office.ledger.claim_beat(tested)
    came = arrival(tested.marker, evidence={"from": "site@riverside.example"})
    await office.ledger.record_news(OFFICE, [], [came])
    usual = [
        mail(week, arrived_at=after(weeks=week, minutes=-1), message_id=str(week))
        for week in range(-1, 6)
    ]
    answers = mail(9, arrived_at=after(weeks=1, minutes=-1), kind=MailKind.ANSWER)
    moved = replace(usual[2], folder="Archive")
    await office.ledger.record_mails(
        [*usual, answers, moved], mail_bookmark(since=after(weeks=-5))
    )
    office.later(weeks=6, hours=-1)
    await office.judged("g", SECOND)
    office.later(hours=1)
    await office.judged("bb", SECOND)
    await passes(office)

    [told] = await office.mails()
    assert "Not kept: The website keeps no inquiries" in text_of(told)
    assert (
        "An estimate by the same hours of the 6 weeks before: probably 0 to 3"
        " inquiries."
    ) in text_of(told)


async def test_where_there_is_only_a_log_its_count_is_told(office: Office) -> None:
    log = AccessLogSettings(path=Path("/var/log/access.log"))
    first, *others = office.config.check
    checks = (first.model_copy(update={"store": log}), *others)
    office.config = office.config.model_copy(update={"check": checks})
    await office.judged("g")
    posted = [
        inquiry(str(n), submitted_at=office.now, is_contentless=True, name="")
        for n in range(3)
    ]
    await traced(office, "unverifiable", *posted[:1])
    await traced(office, "missing", *posted[1:])
    await office.judged("bb")
    await passes(office)

    [mail] = await office.mails()
    assert "Not kept: The website's log counts 3 inquiries" in text_of(mail)
    assert "Who was missed:" not in text_of(mail)
