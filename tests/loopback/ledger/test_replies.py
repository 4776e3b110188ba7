"""What visitors are to get: awaited with the submission, completed when it is seen."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.world.facts import (
    M1,
    NOON,
    OFFICE,
    RIVERSIDE,
    after,
    answered,
    arrival,
    failure,
    look,
    submission,
)
from watchdog.ledger import Ledger
from watchdog.model import Look, MailboxName, Marker, Place, Reply

VISITORS = MailboxName("visitors")
DUE_AT = after(minutes=15)


def reply(marker: str = M1, **changes: Any) -> Reply:
    fact = Reply(
        marker=Marker(marker),
        check=RIVERSIDE,
        mailbox=VISITORS,
        submitted_at=NOON,
        due_at=DUE_AT,
    )
    return replace(fact, **changes)


def looked(**span: float) -> Look:
    return Look(mailbox=VISITORS, looked_at=after(**span), everywhere=True)


async def test_a_reply_is_completed_once_by_its_first_sight(ledger: Ledger) -> None:
    await ledger.claim_beat(submission(), reply())
    first = arrival(mailbox=VISITORS, folder="Junk", place=Place.SPAM)
    second = arrival(mailbox=VISITORS, uid=99)

    assert await ledger.reply_to(M1) == reply()
    assert await ledger.record_news(VISITORS, [], replies=[first, second]) == [first]
    assert await ledger.record_look(looked(), replies=[second]) == []

    assert await ledger.reply_to(M1) == reply(
        folder="Junk",
        place=Place.SPAM,
        arrived_at=first.arrived_at,
        seen_at=first.seen_at,
    )
    assert await ledger.arrival_of(M1) is None


async def test_who_lost_the_beat_awaits_no_reply(ledger: Ledger) -> None:
    await ledger.claim_beat(submission(), reply())

    assert not await ledger.claim_beat(submission("m2"), reply("m2"))
    assert await ledger.reply_to(Marker("m2")) is None


async def test_what_nobody_awaits_in_a_mailbox_is_left_out(ledger: Ledger) -> None:
    await ledger.claim_beat(submission(), reply())
    await ledger.claim_beat(submission("m2", beat=DUE_AT))

    stray = arrival()
    copy = arrival("m2", mailbox=VISITORS)

    assert await ledger.record_news(OFFICE, [], replies=[stray]) == []
    assert await ledger.record_news(VISITORS, [], replies=[copy]) == []
    assert await ledger.reply_to(M1) == reply()


async def test_in_a_mailbox_of_the_visitor_alone_all_that_comes_is_for_him(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission(), reply())
    await ledger.claim_beat(submission("m2", beat=DUE_AT), reply("m2", mailbox=OFFICE))

    blind_copy = arrival(mailbox=VISITORS)
    own = arrival("m2")

    assert await ledger.record_news(VISITORS, [], [blind_copy]) == [blind_copy]
    assert await ledger.record_news(OFFICE, [], [own]) == [own]
    assert await ledger.record_news(OFFICE, [], [replace(own, uid=99)]) == []

    seen, unseen = [await ledger.reply_to(Marker(one)) for one in (M1, "m2")]
    assert seen is not None
    assert seen.arrived_at == blind_copy.arrived_at
    assert unseen == reply("m2", mailbox=OFFICE)


async def test_a_look_goes_back_to_the_oldest_reply_that_may_come(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission(), reply())
    asked = {"since": after(days=-7), "after": NOON}

    assert await ledger.before_look(VISITORS, **asked) == ({}, NOON, DUE_AT)
    assert await ledger.before_look(OFFICE, **asked) == ({}, NOON, DUE_AT)

    await ledger.record_news(VISITORS, [], replies=[arrival(mailbox=VISITORS)])
    assert await ledger.before_look(VISITORS, **asked) == ({}, None, None)


async def test_what_a_look_after_the_deadline_has_not_found_is_looked_for_no_more(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission(), reply())
    asked = {"since": after(days=-7), "after": after(days=-7)}

    await ledger.record_look(looked(minutes=14))
    early = await ledger.before_look(VISITORS, **asked)
    await ledger.record_look(look(at=after(minutes=16)))
    elsewhere = await ledger.before_look(VISITORS, **asked)
    await ledger.record_look(looked(minutes=15))
    late = await ledger.before_look(VISITORS, **asked)

    assert early == elsewhere == ({}, NOON, DUE_AT)
    # It may still come late.
    assert late == ({}, NOON, None)


async def test_a_check_shows_what_its_visitors_were_to_get(ledger: Ledger) -> None:
    for number in range(4):
        at = after(hours=number)
        due_at = at + timedelta(minutes=15)
        marker = f"m{number}"
        sent = submission(marker, beat=at, submitted_at=at, due_at=due_at)
        awaited = reply(marker, submitted_at=at, due_at=due_at)
        await ledger.claim_beat(sent, awaited)
    await ledger.record_failure(failure("m1"))
    await ledger.record_answer(answered("m2", answer="declined"))
    await ledger.record_answer(answered("m3"))
    await ledger.record_look(looked(hours=3))

    newest = await ledger.expected_replies(RIVERSIDE, limit=3)

    assert [one.reply.marker for one in newest] == ["m3", "m2", "m1"]
    assert [one.is_taken for one in newest] == [True, False, False]
    assert {one.looked_at for one in newest} == {after(hours=3)}


async def test_a_reply_is_forgotten_with_its_submission(ledger: Ledger) -> None:
    await ledger.claim_beat(submission(), reply())

    assert await ledger.forget(after(days=1), most=9) == 1
    assert await ledger.reply_to(M1) is None
