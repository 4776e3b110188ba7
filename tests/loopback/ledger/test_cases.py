"""Cases: opened once, moved by whoever is first, and gone with their inquiry."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.world.cases import ANNA, TEXT, inquiry, mail, step
from tests.world.facts import NOON, OFFICE, RIVERSIDE, after
from watchdog.ledger import Ledger, open_ledger
from watchdog.ledger.inquiry_tables import case_step
from watchdog.model import (
    Alarm,
    CaseId,
    CaseState,
    ChannelName,
    InquiryId,
    MailBookmark,
    Missed,
    Reason,
    StepKind,
    StoreBookmark,
)

LAPSE = timedelta(minutes=5)
EVERY = timedelta(days=1)


async def opened(ledger: Ledger, count: int = 1) -> list[Missed]:
    """Return so many new cases."""
    bookmark = StoreBookmark(
        check=RIVERSIDE, source="", since=NOON, cursor="", read_at=NOON
    )
    found = [
        replace(inquiry(number), submitted_at=after(minutes=number))
        for number in range(count)
    ]
    await ledger.record_entries(found, bookmark)
    traced = await ledger.traced([RIVERSIDE], since=NOON, until=after(days=1))
    numbers = [one.inquiry.id for one in traced if one.inquiry.id]
    assert await ledger.open_cases(numbers, now=NOON) == count
    return list(await ledger.cases_under_way(limit=count))


def number_of(missed: Missed) -> CaseId:
    assert missed.case.id is not None
    return missed.case.id


async def newest(ledger: Ledger, missed: Missed) -> Missed:
    [now] = await ledger.cases_by_number([number_of(missed)])
    return now


async def test_a_case_is_kept_with_its_inquiry(ledger: Ledger) -> None:
    [missed] = await opened(ledger)

    assert missed.case.state is CaseState.OPEN
    assert (missed.inquiry.email, missed.inquiry.message) == (ANNA, TEXT)
    assert missed.steps == []
    assert await ledger.cases(limit=9) == [missed]


async def test_an_inquiry_has_one_case_however_often_it_is_found(
    url: str, ledger: Ledger
) -> None:
    cases = await opened(ledger, 3)
    numbers = [one.case.inquiry for one in cases]

    async with open_ledger(url) as other:
        again = await asyncio.gather(
            *(one.open_cases(numbers, now=NOON) for one in (ledger, other) * 3)
        )

    assert sum(again) == 0
    assert len(await ledger.cases(limit=9)) == 3


async def test_a_case_ends_when_its_message_is_found(ledger: Ledger) -> None:
    waits, contacted = await opened(ledger, 2)
    await ledger.record_step(step(StepKind.CONTACTED, number_of(contacted)))
    found = [waits.case.inquiry, contacted.case.inquiry, InquiryId(999)]

    assert await ledger.close_found(found, now=after(hours=1)) == 1
    assert await ledger.close_found(found, now=after(hours=2)) == 0

    closed = await newest(ledger, waits)
    assert (closed.case.state, closed.case.ended_at) == (
        CaseState.CLOSED,
        after(hours=1),
    )
    assert [(one.kind, one.by) for one in closed.steps] == [
        (StepKind.CLOSED, "mailbox")
    ]
    assert (await newest(ledger, contacted)).case.state is CaseState.CONTACTED


async def test_what_a_person_wants_on_the_desk_stays_there(ledger: Ledger) -> None:
    [missed] = await opened(ledger)
    await ledger.close_found([missed.case.inquiry], now=NOON)
    assert await ledger.record_step(step(StepKind.REOPENED, number_of(missed)))

    assert await ledger.close_found([missed.case.inquiry], now=after(hours=2)) == 0
    assert (await newest(ledger, missed)).case.state is CaseState.OPEN


async def test_many_cases_are_closed_at_once(ledger: Ledger) -> None:
    cases = await opened(ledger, 600)

    closed = await ledger.close_found([one.case.inquiry for one in cases], now=NOON)

    assert closed == 600


async def test_each_step_is_taken_once_however_many_take_it(
    url: str, ledger: Ledger
) -> None:
    [missed] = await opened(ledger)
    taken = step(StepKind.CONTACTED, number_of(missed))

    async with open_ledger(url) as other:
        done = await asyncio.gather(
            *(one.record_step(taken) for one in (ledger, other) * 3)
        )

    assert sorted(done) == [False] * 5 + [True]
    now = await newest(ledger, missed)
    assert (now.case.state, now.case.contacted_at) == (
        CaseState.CONTACTED,
        taken.done_at,
    )
    assert list(now.steps) == [taken]


async def test_a_case_that_is_put_back_begins_anew(ledger: Ledger) -> None:
    [missed] = await opened(ledger)
    number = number_of(missed)
    for kind in (StepKind.CONTACTED, StepKind.ANSWERED, StepKind.CLOSED):
        assert await ledger.record_step(step(kind, number))
    assert not await ledger.record_step(step(StepKind.DISMISSED, number))

    assert await ledger.record_step(step(StepKind.REOPENED, number))

    now = await newest(ledger, missed)
    assert now.case == missed.case
    assert len(now.steps) == 4
    assert not await ledger.record_step(step(StepKind.REOPENED, number))


async def test_who_was_contacted_lately_is_known(ledger: Ledger) -> None:
    first, second, _ = await opened(ledger, 3)
    for missed, hours in ((first, 1), (second, 5)):
        taken = step(StepKind.CONTACTED, number_of(missed), done_at=after(hours=hours))
        await ledger.record_step(taken)

    lately = await ledger.cases_contacted(since=after(hours=2), limit=9)

    assert [one.case.id for one in lately] == [second.case.id]


async def test_one_alone_puts_a_letter_there_until_he_dies(
    url: str, ledger: Ledger
) -> None:
    [missed] = await opened(ledger)
    number = number_of(missed)

    async with open_ledger(url) as other:
        claims = await asyncio.gather(
            *(
                one.claim_draft(number, now=NOON, lapse=LAPSE)
                for one in (ledger, other) * 3
            )
        )
    assert sorted(claims) == [False] * 5 + [True]
    assert not await ledger.claim_draft(number, now=after(minutes=4), lapse=LAPSE)
    assert await ledger.claim_draft(number, now=after(minutes=5), lapse=LAPSE)

    await ledger.release_draft(number, step(StepKind.DRAFTED, number))

    assert [one.kind for one in (await newest(ledger, missed)).steps] == [
        StepKind.DRAFTED
    ]
    assert await ledger.claim_draft(number, now=after(minutes=6), lapse=LAPSE)


async def test_the_mails_since_are_told_oldest_first(ledger: Ledger) -> None:
    mails = [
        mail("sent", uid=uid, arrived_at=after(hours=uid), recipients=(ANNA,))
        for uid in (3, 1, 2, 4)
    ]
    bookmark = MailBookmark(
        mailbox=OFFICE,
        folder="Sent",
        validity=1,
        next_uid=5,
        since=NOON,
        read_at=NOON,
        watched_from=None,
    )
    await ledger.record_mails(mails, bookmark)

    found = await ledger.mails_since(OFFICE, since=after(hours=2), limit=2)

    assert [one.uid for one in found] == [3, 4]
    assert found[0].recipients == (ANNA,)


async def test_a_purged_inquiry_takes_its_case_and_steps_along(ledger: Ledger) -> None:
    [missed] = await opened(ledger)
    await ledger.record_step(step(StepKind.CONTACTED, number_of(missed)))

    await ledger.delete_inquiries([missed.case.inquiry])

    assert await ledger.cases(limit=9) == []
    [another] = await opened(ledger)
    assert number_of(another) > number_of(missed)
    steps = await ledger.read(
        lambda connection: connection.scalar(select(func.count(case_step.c.id)))
    )
    assert steps == 0


def reminder(**changes: object) -> Alarm:
    fact = Alarm(
        channel=ChannelName("owner-mail"),
        step=0,
        reason=Reason.WAITING,
        created_at=NOON,
        due_at=NOON,
    )
    return replace(fact, **changes)


async def test_a_reminder_is_raised_once_however_many_daemons_remind(
    url: str, ledger: Ledger
) -> None:
    async with open_ledger(url) as other:
        raised = await asyncio.gather(
            *(
                one.raise_reminder(reminder(), every=EVERY)
                for one in (ledger, other) * 3
            )
        )

    assert sorted(raised) == [False] * 5 + [True]
    assert len(await ledger.due_alarms(NOON, lapse=LAPSE, limit=9)) == 1


@pytest.mark.parametrize(("hours", "is_raised"), [(23, False), (24, True)])
async def test_the_next_reminder_comes_after_a_day(
    ledger: Ledger, hours: int, *, is_raised: bool
) -> None:
    await ledger.raise_reminder(reminder(), every=EVERY)
    [due] = await ledger.due_alarms(NOON, lapse=LAPSE, limit=9)
    assert due.id is not None
    claimed = await ledger.claim_alarm(due.id, now=NOON, lapse=LAPSE)
    assert claimed is not None
    await ledger.record_sent(claimed, now=NOON, message_id=None)

    later = reminder(created_at=after(hours=hours))

    assert await ledger.raise_reminder(later, every=EVERY) is is_raised
    other = replace(later, channel=ChannelName("owner-sms"))
    assert await ledger.raise_reminder(other, every=EVERY)


async def test_what_could_not_be_told_for_days_is_told_once(ledger: Ledger) -> None:
    assert await ledger.raise_reminder(reminder(), every=EVERY)

    later = reminder(created_at=after(days=3))

    assert not await ledger.raise_reminder(later, every=EVERY)
