"""The desk: letters are drafted once, seen when they are sent, and reminded of."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from probes.channels.message import Notice, Sent
from probes.channels.send import send
from probes.errors import ProbeError, Refused, Unreachable
from probes.mail.drafts import Drafts, FileDrafts
from probes.settings import ChannelSettings
from tests.loopback.stages.office import Office, text_of
from tests.world.cases import inquiry, step
from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.config import load
from watchdog.model import (
    CaseId,
    CaseState,
    Missed,
    Silence,
    StepKind,
    StoreBookmark,
)
from watchdog.rules.handing_on import TRIES
from watchdog.stages.alarms import tell
from watchdog.stages.drafting import LAPSE, put_draft, ready
from watchdog.stages.letters import plan_letters
from watchdog.stages.recovery import recover, recover_if_due
from watchdog.stages.reminding import remind

CONFIG = """
[watchdog]
contact = "it@agency.example"
[mailbox.office]
kind = "maildir"
path = "Mail"
[[check]]
name = "Riverside Studio contact form"
mailbox = "office"
form.url = "https://riverside.example/contact"
"""
SENT = b"From: o@r.example\nTo: Anna <ANNA@example.org>\nMessage-ID: <s@r>\n\nHi\n"
ANSWER = b"From: anna@example.org\nTo: o@r.example\nMessage-ID: <a@x>\n\nThanks\n"


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Office:
    """Return the office with a mailbox in files, at its time."""
    path = tmp_path / "desk.toml"
    path.write_text(CONFIG)
    for folder in ("", ".Drafts", ".Sent"):
        for part in ("cur", "new", "tmp"):
            (tmp_path / "Mail" / folder / part).mkdir(parents=True)
    return replace(office, config=load(path))


async def opened(office: Office, count: int = 1) -> Sequence[Missed]:
    """Let so many people be missed, an hour ago."""
    bookmark = StoreBookmark(
        check=RIVERSIDE, source="", since=NOON, cursor="", read_at=NOON
    )
    began = office.now - timedelta(hours=1)
    found = [
        inquiry(number, submitted_at=began, email=f"anna{number or ''}@example.org")
        for number in range(count)
    ]
    ledger = office.ledger
    await ledger.record_entries(found, bookmark)
    traced = await ledger.traced([RIVERSIDE], since=began, until=after(days=9))
    numbers = [one.inquiry.id for one in traced if one.inquiry.id]
    await ledger.open_cases(numbers, now=office.now)
    return await ledger.cases_under_way(limit=99)


async def case(office: Office) -> Missed:
    [missed] = await office.ledger.cases(limit=9)
    return missed


def deliver(office: Office, raw: bytes, folder: str = "") -> None:
    """Let a mail come into a folder at the office's time."""
    path = Path(office.config.mailbox["office"].path, folder, "cur")
    mail = path / f"{len(list(path.iterdir()))}.mail:2,S"
    mail.write_bytes(raw)
    os.utime(mail, (office.now.timestamp(),) * 2)


@dataclass(frozen=True)
class Dying:
    """Drafts in which whoever has put a letter dies before he can tell."""

    drafts: Drafts

    async def holds(self, name: str, message_id: str, **since: object) -> bool:
        """Tell what is there."""
        return await self.drafts.holds(name, message_id, **since)

    async def put(self, name: str, raw: bytes) -> None:
        """Put a letter there, and die."""
        await self.drafts.put(name, raw)
        raise SystemExit


@dataclass(frozen=True)
class Away:
    """Drafts that cannot be reached."""

    async def holds(self, *_: object, **__: object) -> bool:
        """Fail."""
        raise Unreachable("It does not answer.")

    async def put(self, *_: object) -> None:
        """Fail."""
        raise Unreachable("It does not answer.")


async def drafted(office: Office, drafts: Drafts) -> bool:
    missed = await case(office)
    assert missed.case.id is not None
    taken = step(StepKind.DRAFTED, missed.case.id, done_at=office.now)
    key = await office.ledger.key()
    letter = ready(office.config, key, missed, taken.kind, now=office.now)
    return await put_draft(office.ledger, drafts, missed, taken, letter)


async def test_who_dies_before_he_has_told_leaves_no_second_letter(
    office: Office, tmp_path: Path
) -> None:
    drafts = FileDrafts(tmp_path / "letters")
    await opened(office)

    with pytest.raises(SystemExit):
        await drafted(office, Dying(drafts))
    assert (await case(office)).steps == []
    assert not await drafted(office, Dying(drafts)), "another may be at it"
    office.later(minutes=LAPSE / timedelta(minutes=1))
    assert await drafted(office, Dying(drafts)), "it lies there already"

    assert len(list((tmp_path / "letters").iterdir())) == 1
    assert [one.kind for one in (await case(office)).steps] == [StepKind.DRAFTED]


async def test_where_the_mailbox_is_away_it_can_be_tried_again_at_once(
    office: Office, tmp_path: Path
) -> None:
    await opened(office)

    with pytest.raises(Unreachable):
        await drafted(office, Away())

    assert await drafted(office, FileDrafts(tmp_path))


async def test_letters_to_and_from_them_move_a_case(desk: Office) -> None:
    await opened(desk)
    desk.later(hours=2)
    deliver(desk, SENT, ".Sent")

    assert await recover(desk.config, desk.ledger, clock=desk.clock) == []
    contacted = (await case(desk)).case
    desk.later(hours=2)
    deliver(desk, ANSWER)
    for _ in range(2):
        await recover(desk.config, desk.ledger, clock=desk.clock)

    assert contacted.state is CaseState.CONTACTED
    assert contacted.contacted_at == after(hours=2)
    answered = await case(desk)
    assert answered.case.state is CaseState.ANSWERED
    assert [one.by for one in answered.steps] == ["mailbox", "mailbox"]


async def test_a_mailbox_that_cannot_be_read_is_told(desk: Office) -> None:
    await opened(desk)
    missing = CONFIG.replace('"Mail"', '"nowhere"')
    path = Path(desk.config.mailbox["office"].path).parent / "other.toml"
    path.write_text(missing)

    unread = await recover(load(path), desk.ledger, clock=desk.clock)

    assert unread == ["office"]
    assert (await case(desk)).case.state is CaseState.OPEN


async def test_a_case_of_which_nothing_more_comes_is_closed(desk: Office) -> None:
    [missed] = await opened(desk)
    number = missed.case.id or CaseId(0)
    await desk.ledger.record_step(step(StepKind.CONTACTED, number, done_at=desk.now))

    desk.later(days=29)
    await recover(desk.config, desk.ledger, clock=desk.clock)
    assert (await case(desk)).case.state is CaseState.CONTACTED
    desk.later(days=1)
    await recover(desk.config, desk.ledger, clock=desk.clock)

    assert (await case(desk)).case.state is CaseState.CLOSED


async def test_of_several_daemons_one_reads_the_mailboxes(desk: Office) -> None:
    [missed] = await opened(desk)
    number = missed.case.id or CaseId(0)
    await desk.ledger.claim_measure("recovery", now=desk.now, every=LAPSE)
    await desk.ledger.record_step(
        step(StepKind.CONTACTED, number, done_at=after(days=-40))
    )

    async def once() -> CaseState:
        await recover_if_due(
            desk.config, desk.ledger, clock=desk.clock, got_on=lambda: None
        )
        return (await case(desk)).case.state

    assert await once() is CaseState.CONTACTED
    desk.later(minutes=5)
    assert await once() is CaseState.CLOSED


async def test_the_follow_up_is_for_those_whose_turn_it_is(desk: Office) -> None:
    first, second = await opened(desk, 2)
    for missed, days in ((first, 5), (second, 1)):
        at = desk.now - timedelta(days=days)
        number = missed.case.id or CaseId(0)
        await desk.ledger.record_step(step(StepKind.CONTACTED, number, done_at=at))

    planned = await plan_letters(
        desk.config,
        desk.ledger,
        [],
        StepKind.FOLLOWED_UP,
        again=False,
        eml=None,
        clock=desk.clock,
    )

    assert [one.missed.case.id for one in planned] == [first.case.id]


async def reminded(office: Office) -> bool:
    is_raised = await remind(office.config, office.ledger, now=office.now)
    await tell(office.config, office.ledger, clock=office.clock)
    return is_raised


async def test_the_first_step_is_reminded_each_day_while_anybody_waits(
    office: Office,
) -> None:
    await opened(office, 2)

    assert not await reminded(office), "an incident has told of it just now"
    office.later(days=1)
    assert await reminded(office)
    assert not await reminded(office)
    office.later(days=1)
    assert await reminded(office)

    first, second = await office.mail_host.folder("owner@riverside.example")
    assert first["Subject"] == second["Subject"] == "2 people wait for your answer."
    assert "- Anna Probe, anna@example.org" in text_of(first)
    assert first["Message-ID"] != second["Message-ID"]
    assert office.gateway.messages == []


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        pytest.param(Refused("No such user.", permanent=True), 1, id="for good"),
        pytest.param(Unreachable("It does not answer."), TRIES, id="again and again"),
    ],
)
async def test_where_the_first_step_cannot_hear_the_next_is_reminded(
    office: Office, error: ProbeError, passes: int
) -> None:
    async def deaf(settings: ChannelSettings, notice: Notice) -> Sent:
        if settings.kind == "email":
            raise error
        return await send(settings, notice)

    await opened(office)
    office.later(days=1)
    for _ in range(2):
        await remind(office.config, office.ledger, now=office.now)
        for _ in range(passes + 3):
            await tell(office.config, office.ledger, clock=office.clock, send=deaf)
            office.later(minutes=20)
        office.later(days=1)

    news = [
        text for text in office.texts() if "1 person waits for your answer." in text
    ]
    assert len(news) == 2


async def test_what_was_done_meanwhile_is_not_reminded_of(office: Office) -> None:
    [missed] = await opened(office)
    office.later(days=1)
    assert await remind(office.config, office.ledger, now=office.now)
    number = missed.case.id or CaseId(0)
    await office.ledger.record_step(step(StepKind.DISMISSED, number))

    await tell(office.config, office.ledger, clock=office.clock)

    assert await office.mail_host.folder("owner@riverside.example") == []
    assert not await office.ledger.due_alarms(office.now, lapse=LAPSE, limit=9)


async def test_a_silenced_form_reminds_of_nobody(office: Office) -> None:
    await opened(office)
    office.later(days=1)
    hush = Silence(
        checks="Riverside*",
        from_at=office.now,
        until_at=after(days=3),
        words="",
        created_by="ann",
    )
    await office.ledger.record_silence(hush)

    assert not await reminded(office)
