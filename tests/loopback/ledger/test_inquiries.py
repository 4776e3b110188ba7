"""Inquiries are kept once, with what is held true of them, and with their cases."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.world.facts import NOON, OFFICE, RIVERSIDE, after
from tests.world.kept import (
    finding,
    inquiry,
    mail,
    mail_bookmark,
    store_bookmark,
)
from watchdog.ledger import Ledger
from watchdog.ledger.inquiries import Beyond
from watchdog.model import (
    CaseState,
    CheckName,
    Finding,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Mail,
    Traced,
)

DAY = {"since": after(days=-1), "until": after(days=1)}


async def kept(ledger: Ledger) -> Sequence[Traced]:
    """Return all inquiries of the test's day."""
    return await ledger.traced([RIVERSIDE], **DAY)


async def written(ledger: Ledger, *inquiries: Inquiry) -> Sequence[Traced]:
    """Write inquiries down, and return how they are kept."""
    await ledger.record_entries(inquiries, store_bookmark())
    return await kept(ledger)


async def seen(ledger: Ledger, *mails: Mail) -> Sequence[Mail]:
    """Write mails down, and return how they are kept."""
    await ledger.record_mails(mails, mail_bookmark())
    return await ledger.mails(OFFICE, **DAY)


async def found(ledger: Ledger, *findings: Finding | str) -> Sequence[Traced]:
    """Write down what was found of each inquiry, in their order."""
    facts = [finding(one) if isinstance(one, str) else one for one in findings]
    pairs = list(zip(await kept(ledger), facts, strict=True))
    await ledger.record_findings(pairs, now=after(hours=2))
    return await kept(ledger)


async def test_an_inquiry_is_kept_as_it_was_read(ledger: Ledger) -> None:
    hostile = inquiry("2", message="a\0b\ud800", fields={"\0": "x'); --"}, email="")

    one, other = await written(ledger, inquiry(), hostile)

    assert one == Traced(inquiry=replace(inquiry(), id=one.inquiry.id))
    assert other.inquiry.message == "a\ufffdb?"
    assert other.inquiry.fields == {"\0": "x'); --"}
    assert await ledger.store_bookmark_of(RIVERSIDE) == store_bookmark()
    assert await ledger.store_bookmark_of(CheckName("other")) is None


async def test_a_piece_read_twice_changes_nothing(ledger: Ledger) -> None:
    pieces = [inquiry("1"), inquiry("2", submitted_at=after(minutes=1))]
    first = await ledger.record_entries(pieces, store_bookmark())
    before = await kept(ledger)

    again = await ledger.record_entries(pieces, store_bookmark())

    assert (first, again) == (2, 0)
    assert await kept(ledger) == before


async def test_what_was_said_first_stays_and_what_was_empty_is_filled_in(
    ledger: Ledger,
) -> None:
    await written(ledger, inquiry(phone="", is_spam=True))

    [now] = await written(
        ledger,
        inquiry(
            name="Somebody else",
            phone="+1 555 0100",
            mail_failed=True,
            mail_error="Could not connect.",
        ),
    )

    assert now.inquiry.name == "Ada Byron"
    assert now.inquiry.phone == "+1 555 0100"
    assert (now.inquiry.is_spam, now.inquiry.mail_failed) == (False, True)
    assert now.inquiry.mail_error == "Could not connect."


async def test_a_number_that_is_used_again_is_another_inquiry(ledger: Ledger) -> None:
    again = inquiry(submitted_at=after(days=5), name="Somebody else")
    await written(ledger, inquiry())

    counts = [await ledger.record_entries([again], store_bookmark()) for _ in range(2)]

    found = await ledger.traced([RIVERSIDE], since=NOON, until=after(days=9))
    assert counts == [1, 0]
    assert [one.inquiry.entry for one in found] == ["1", "1 (2026-11-27)"]
    assert [one.inquiry.name for one in found] == ["Ada Byron", "Somebody else"]


async def test_pages_tell_every_inquiry_once_in_order(ledger: Ledger) -> None:
    written_at = [NOON, NOON, NOON, after(minutes=1), after(minutes=1)]
    await written(
        ledger,
        *(inquiry(f"{n}", submitted_at=at) for n, at in enumerate(written_at)),
        inquiry("old", submitted_at=after(days=-2)),
    )

    told: list[Traced] = []
    beyond = None
    while page := await ledger.traced([RIVERSIDE], **DAY, beyond=beyond, limit=2):
        told += page
        last = page[-1].inquiry
        assert last.id is not None
        beyond = Beyond(last.submitted_at, last.id)

    assert [one.inquiry.entry for one in told] == ["0", "1", "2", "3", "4"]


async def test_a_missed_inquiry_gets_its_case_with_the_finding(ledger: Ledger) -> None:
    await written(ledger, inquiry("1"), inquiry("2"), inquiry("3"))

    missing, junked, arrived = await found(ledger, "missing", "junked", "arrived")

    assert missing.finding == finding()
    assert missing.matched_at == after(hours=2)
    assert missing.case
    assert missing.case.state is CaseState.OPEN
    assert missing.case.opened_at == after(hours=2)
    assert junked.case
    assert arrived.case is None
    counts = await ledger.status_counts([RIVERSIDE], **DAY)
    assert counts == dict.fromkeys(InquiryStatus, 0) | {
        InquiryStatus.MISSING: 1,
        InquiryStatus.JUNKED: 1,
        InquiryStatus.ARRIVED: 1,
    }


async def test_what_is_found_twice_changes_nothing(ledger: Ledger) -> None:
    await written(ledger, inquiry())
    first = await found(ledger, "missing")

    pairs = [(one, finding()) for one in first]
    changed = await ledger.record_findings(pairs, now=after(hours=3))

    assert changed == []
    assert await kept(ledger) == first


async def test_a_change_of_mind_is_told_in_the_case(ledger: Ledger) -> None:
    await written(ledger, inquiry())
    [message] = await seen(ledger, mail())
    assert message.id

    states = []
    for said in ("missing", finding("late", mail=message.id), "missing"):
        [now] = await found(ledger, said)
        assert now.case
        states.append(now.case.state)

    assert states == [CaseState.OPEN, CaseState.CLOSED, CaseState.OPEN]
    assert now.case.ended_at is None


async def test_who_has_read_less_does_not_overrule_who_found_more(
    ledger: Ledger,
) -> None:
    [early] = await written(ledger, inquiry())
    await found(ledger, "arrived")

    changed = await ledger.record_findings([(early, finding())], now=after(hours=3))

    [now] = await kept(ledger)
    assert changed == []
    assert (now.status, now.case) == (InquiryStatus.ARRIVED, None)


@pytest.mark.parametrize(
    ("statuses", "first"),
    [
        (["arrived", "missing", "arrived"], 1),
        (["arrived", "arrived", "pending"], 2),
        (["unverifiable", "arrived", "pending"], 0),
        (["arrived", "junked", "duplicate"], None),
    ],
)
async def test_what_may_come_to_be_seen_otherwise_is_matched_anew(
    ledger: Ledger, statuses: list[str], first: int | None
) -> None:
    times = [NOON, after(minutes=1), after(minutes=2)]
    await written(
        ledger, *(inquiry(f"{n}", submitted_at=at) for n, at in enumerate(times))
    )
    assert await ledger.first_unsettled([RIVERSIDE], since=after(days=1)) == NOON

    await found(ledger, *statuses)

    unsettled = await ledger.first_unsettled([RIVERSIDE], since=NOON)
    assert unsettled == (None if first is None else times[first])
    assert await ledger.first_unsettled([RIVERSIDE], since=after(days=1)) is None


async def test_a_mail_is_kept_as_it_was_seen_first(ledger: Ledger) -> None:
    [first] = await seen(ledger, mail())

    [again] = await seen(ledger, mail(seen_at=after(hours=1), is_read=True))

    assert replace(first, traits=tuple(first.traits), quoted_traits=()) == replace(
        mail(), id=first.id
    )
    assert again.seen_at == first.seen_at
    assert await ledger.mail_bookmarks(OFFICE) == {"INBOX": mail_bookmark()}


async def test_a_folder_numbered_anew_holds_no_second_mail(ledger: Ledger) -> None:
    nameless = mail(3, message_id="", subject="x")
    await seen(ledger, mail(1), mail(2), nameless)

    new = [replace(one, validity=2, uid=one.uid + 7) for one in (mail(1), nameless)]
    other = mail(2, validity=2, arrived_at=after(minutes=5))
    count = await ledger.record_mails([*new, other], mail_bookmark(validity=2))

    assert count == 1
    assert len(await ledger.mails(OFFICE, **DAY)) == 4


async def test_forgetting_leaves_whoever_still_waits(ledger: Ledger) -> None:
    await written(
        ledger,
        inquiry("waits"),
        inquiry("done"),
        inquiry("arrived"),
        inquiry("young", submitted_at=after(hours=5)),
    )
    await found(ledger, "missing", "missing", "arrived", "arrived")
    _, done, *_ = await kept(ledger)
    await ledger.record_findings([(done, finding("late"))], now=after(hours=3))

    early = await ledger.forget_inquiries(after(hours=2), most=9)
    steps = [await ledger.forget_inquiries(after(hours=4), most=1) for _ in range(3)]

    assert (early, steps) == (1, [1, 0, 0])
    left = [one.inquiry.entry for one in await kept(ledger)]
    assert left == ["waits", "young"]


async def test_forgotten_mails_are_no_longer_said_to_be_known(ledger: Ledger) -> None:
    await written(ledger, inquiry())
    old, _ = await seen(ledger, mail(1), mail(2, arrived_at=after(hours=2)))
    await found(ledger, finding("arrived", mail=old.id))

    steps = [await ledger.forget_mails(after(hours=1), most=1) for _ in range(2)]

    assert steps == [1, 0]
    [left] = await ledger.mails(OFFICE, **DAY)
    assert left.uid == 2
    [one] = await kept(ledger)
    assert one.finding
    assert (one.status, one.finding.mail) == (InquiryStatus.ARRIVED, None)
    bookmarks = await ledger.mail_bookmarks(OFFICE)
    assert bookmarks["INBOX"].since == after(hours=1)


async def test_a_person_is_deleted_with_case_and_mails(ledger: Ledger) -> None:
    await written(ledger, inquiry("1"), inquiry("2", email="bob@visitor.example"))
    await seen(ledger, mail(1), mail(2, repliers=["bob@visitor.example"]))
    await found(ledger, "missing", "missing")

    people = await ledger.inquiries_kept(beyond=InquiryId(0), limit=9)
    ada = [one.id for one in people if one.id and "ada" in one.email]
    assert await ledger.delete_inquiries(ada) == 1

    [left] = await kept(ledger)
    assert left.inquiry.email == "bob@visitor.example"
    assert left.case
