"""No question reads a whole table: its cost does not grow with the years."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.world import kept
from tests.world.cases import step
from tests.world.facts import (
    M1,
    NOON,
    OFFICE,
    RIVERSIDE,
    after,
    answered,
    arrival,
    bounce,
    failure,
    look,
    submission,
    verdict,
)
from watchdog.ledger import Ledger, open_ledger
from watchdog.ledger.inquiries import Beyond
from watchdog.ledger.mails import BeyondMail
from watchdog.model import (
    Alarm,
    AlarmId,
    Blindness,
    CaseId,
    ChannelName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    InquiryId,
    InquiryStatus,
    MailId,
    Outcome,
    Reason,
    Reply,
    StepKind,
)

GROWING = (
    "submission",
    "answer",
    "failure",
    "arrival",
    "bounce",
    "reply",
    "verdict",
    "incident",
    "incident_check",
    "alarm",
    "inquiry",
    "mail",
    "case",
    "case_step",
)

SMALL = (
    "submission_judge_at",
    "incident_kind_shared",
    "alarm_due_at",
    "inquiry_submitted_at",
    "case_opened_at",
)
"""Indexes of what is in work alone; they stay small and may be read to their end."""


REPLY = Reply(
    marker=M1, check=RIVERSIDE, mailbox=OFFICE, submitted_at=NOON, due_at=NOON
)


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Collect what is sent to a database."""
    sent: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        sent.append((arguments[2], arguments[3]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def ask_everything(ledger: Ledger) -> None:
    """Call every method once, so that each of its statements is sent."""
    await ledger.key()
    await ledger.claim_beat(submission(), REPLY)
    await ledger.record_answer(answered(answer="declined"))
    await ledger.record_failure(failure())
    await ledger.submission(M1)
    await ledger.before_look(OFFICE, since=NOON, after=NOON)
    await ledger.newest_beats([RIVERSIDE], since=NOON, until=NOON)
    await ledger.record_look(
        look(at=NOON), [], [arrival()], [bounce()], replies=[arrival()]
    )
    await ledger.reply_to(M1)
    await ledger.expected_reply(M1)
    await ledger.expected_replies(RIVERSIDE, limit=10)
    await ledger.record_blindness(
        Blindness(mailbox=OFFICE, failed_at=NOON, words="", permanent=True)
    )
    await ledger.arrival_of(M1)
    await ledger.facts(M1)
    await ledger.ripe(NOON, limit=10)
    await ledger.record_verdict(verdict())
    await ledger.verdict_on(M1)
    await ledger.verdicts(RIVERSIDE, limit=10)
    await ledger.latest_verdicts([RIVERSIDE])
    await ledger.open_incidents()
    await ledger.alarms_of(IncidentId(1))
    await ledger.due_alarms(NOON, lapse=timedelta(minutes=5), limit=10)
    await ledger.claim_alarm(AlarmId(1), now=NOON, lapse=timedelta(minutes=5))
    await ledger.failures_of(AlarmId(1))
    await ledger.forget(NOON, most=10)
    await ask_of_inquiries(ledger)
    await ask_of_losses(ledger)
    await ask_of_cases(ledger)


async def ask_of_inquiries(ledger: Ledger) -> None:
    """Call every method about inquiries, mails and cases that is called often."""
    span = {"since": NOON, "until": after(days=1)}
    await ledger.store_bookmark_of(RIVERSIDE)
    await ledger.record_entries([kept.inquiry()], kept.store_bookmark())
    await ledger.mail_bookmarks(OFFICE)
    await ledger.record_folders(OFFICE, [kept.mail_bookmark()])
    await ledger.record_mails([kept.mail()], kept.mail_bookmark())
    beyond = BeyondMail(NOON, MailId(1))
    await ledger.mails(OFFICE, **span, beyond=beyond, limit=10)
    await ledger.first_unsettled([RIVERSIDE], since=NOON)
    page = await ledger.traced([RIVERSIDE], **span, limit=10)
    await ledger.traced([RIVERSIDE], **span, beyond=Beyond(NOON, InquiryId(1)))
    await ledger.traced([RIVERSIDE], **span, statuses=[InquiryStatus.MISSING])
    await ledger.status_counts([RIVERSIDE], **span)
    for status in ("missing", "arrived", "missing"):
        pairs = [(one, kept.finding(status)) for one in page]
        await ledger.record_findings(pairs, now=NOON)
        page = await ledger.traced([RIVERSIDE], **span, limit=10)
    await ledger.outcomes_of(RIVERSIDE, **span, limit=10)
    await ledger.inquiries_kept(beyond=InquiryId(1), limit=10)
    await ledger.mails_kept(beyond=MailId(1), limit=10)
    await ledger.forget_inquiries(NOON, most=10)
    await ledger.forget_mails(NOON, most=10)


async def ask_of_losses(ledger: Ledger) -> None:
    """Call every method about those who are told as missed."""
    await ledger.untold_losses(limit=10)
    loss = Incident(
        kind=IncidentKind.REAL_LOSS,
        shared="mailbox:office",
        checks=frozenset({RIVERSIDE}),
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=NOON,
        window_from=None,
    )
    await ledger.record_loss(loss, [InquiryId(1)])
    await ledger.ended_losses(since=NOON)
    await ledger.missed_in(IncidentId(1), limit=10)
    await ledger.loss_counts([IncidentId(1)])
    await ledger.first_missed(IncidentId(1))
    await ledger.last_missed(IncidentId(1))
    await ledger.arrived_since(RIVERSIDE, NOON, most=5)
    await ledger.undecided([RIVERSIDE], begin=NOON, end=NOON)
    await ledger.written_at([RIVERSIDE], since=NOON, until=NOON)
    await ledger.form_senders(RIVERSIDE)
    await ledger.came_at(OFFICE, ["a@b.example"], since=NOON, until=NOON)


async def ask_of_cases(ledger: Ledger) -> None:
    """Call every method about the recovery desk."""
    number = CaseId(1)
    await ledger.open_cases([InquiryId(1)], now=NOON)
    await ledger.close_found([InquiryId(1)], now=NOON)
    await ledger.cases_under_way(limit=10)
    await ledger.cases_by_number([number])
    await ledger.cases_contacted(since=NOON, limit=10)
    await ledger.claim_draft(number, now=NOON, lapse=timedelta(minutes=5))
    await ledger.release_draft(number)
    await ledger.record_step(step(StepKind.CONTACTED))
    await ledger.mails_since(OFFICE, since=NOON, limit=10)
    reminder = Alarm(
        channel=ChannelName("owner"),
        step=0,
        reason=Reason.WAITING,
        created_at=NOON,
        due_at=NOON,
    )
    await ledger.raise_reminder(reminder, every=timedelta(days=1))


def reads_a_table(step: str) -> bool:
    """Tell whether a step of SQLite's plan goes through a growing table."""
    words = step.split()
    return (
        words[0] == "SCAN"
        and words[1] in GROWING
        and not any(index in step for index in SMALL)
    )


async def test_no_question_reads_a_growing_table_to_its_end(sqlite_url: str) -> None:
    async with open_ledger(sqlite_url) as ledger:
        with statements() as sent:
            await ask_everything(ledger)

    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        bad = []
        for statement, parameters in sent:
            if statement.startswith(("BEGIN", "COMMIT", "PRAGMA")):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            bad += [(step, statement) for *_, step in plan if reads_a_table(step)]

    assert len(sent) > 30
    assert bad == []


@pytest.mark.parametrize(
    ("step", "is_reading"),
    [
        ("SCAN submission", True),
        ("SCAN submission USING INDEX submission_judge_at", False),
        ("SEARCH submission USING INDEX submission_check_beat_key (check=?)", False),
        ("SCAN look", False),
    ],
)
def test_a_plan_is_read_aright(step: str, *, is_reading: bool) -> None:
    assert reads_a_table(step) is is_reading
