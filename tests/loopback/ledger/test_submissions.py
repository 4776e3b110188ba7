"""What was sent: claimed once, answered once, awaited until it arrives."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.world.facts import (
    M1,
    NOON,
    OFFICE,
    after,
    answered,
    arrival,
    failure,
    look,
    submission,
    verdict,
)
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import CheckName, MailboxName, Marker


async def test_a_submission_comes_back_as_it_was_written(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())

    assert await ledger.submission(M1) == submission()
    assert await ledger.submission(Marker("m2")) is None


async def test_a_beat_is_claimed_once(ledger: Ledger) -> None:
    assert await ledger.claim_beat(submission("m1"))
    assert not await ledger.claim_beat(submission("m2"))

    assert await ledger.submission(Marker("m2")) is None


async def test_a_marker_is_claimed_once(ledger: Ledger) -> None:
    assert await ledger.claim_beat(submission())
    assert not await ledger.claim_beat(submission(beat=after(hours=1)))


async def test_other_beats_and_other_checks_are_claimed_apart(ledger: Ledger) -> None:
    assert await ledger.claim_beat(submission("m1"))
    assert await ledger.claim_beat(submission("m2", beat=after(hours=1)))
    assert await ledger.claim_beat(submission("m3", check=CheckName("other")))


async def test_of_many_who_claim_a_beat_at_once_exactly_one_may_send(
    url: str, ledger: Ledger
) -> None:
    async with open_ledger(url) as other:
        claims = [
            one.claim_beat(submission(f"{beat}x{racer}", beat=after(minutes=beat)))
            for beat in range(20)
            for racer, one in enumerate([ledger, other, ledger, other])
        ]
        won = await asyncio.gather(*claims)

    assert [sum(won[beat * 4 : beat * 4 + 4]) for beat in range(20)] == [1] * 20


async def test_times_of_any_zone_come_back_as_the_same_moment(ledger: Ledger) -> None:
    there = timezone(timedelta(hours=5, minutes=45))
    await ledger.claim_beat(submission(due_at=after(minutes=15).astimezone(there)))

    kept = await ledger.submission(M1)

    assert kept == submission()
    assert kept.due_at.utcoffset() == timedelta(0)


async def test_a_time_without_a_zone_is_a_bug_of_ours(ledger: Ledger) -> None:
    with pytest.raises(Exception, match="no time zone"):
        await ledger.claim_beat(submission(due_at=datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_the_first_answer_and_the_first_failure_stay(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    for words in ("first", "second"):
        await ledger.record_answer(answered(words=words, status=None))
        await ledger.record_failure(failure(words=words))

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.answered == answered(words="first", status=None)
    assert facts.failure == failure(words="first")


async def awaited_since(
    ledger: Ledger, *, mailbox: MailboxName = OFFICE, since: datetime = NOON
) -> datetime | None:
    _, oldest, _ = await ledger.before_look(mailbox, since=since, after=NOON)
    return oldest


async def test_a_message_is_awaited_until_it_arrives(ledger: Ledger) -> None:
    later = after(hours=1)
    await ledger.claim_beat(submission("m1"))
    await ledger.claim_beat(submission("m2", beat=later, submitted_at=later))
    assert await awaited_since(ledger) == NOON

    await ledger.record_look(look(at=after(minutes=1)), arrivals=[arrival("m1")])

    assert await awaited_since(ledger) == later


async def test_a_missing_message_is_awaited_still(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_verdict(verdict())

    assert await awaited_since(ledger) == NOON


async def test_what_was_judged_long_ago_and_other_mailboxes_are_not_awaited(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_verdict(verdict())

    assert await awaited_since(ledger, since=after(seconds=1)) is None
    assert await awaited_since(ledger, mailbox=MailboxName("other")) is None


async def test_what_nobody_has_judged_yet_is_awaited_however_old(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())

    assert await awaited_since(ledger, since=after(hours=24 * 30)) == NOON


async def next_due_at(
    ledger: Ledger,
    *,
    mailbox: MailboxName = OFFICE,
    hours: int = -1,
) -> datetime | None:
    _, _, due_at = await ledger.before_look(
        mailbox, since=NOON, after=after(hours=hours)
    )
    return due_at


async def test_the_next_deadline_is_the_earliest_without_a_verdict(
    ledger: Ledger,
) -> None:
    assert await next_due_at(ledger) is None
    for hours, marker in enumerate(["m1", "m2"]):
        due_at = after(hours=hours)
        await ledger.claim_beat(submission(marker, beat=due_at, due_at=due_at))
    assert await next_due_at(ledger) == NOON
    assert await next_due_at(ledger, hours=0) == after(hours=1)

    await ledger.record_verdict(verdict("m1"))

    assert await next_due_at(ledger) == after(hours=1)
    assert await next_due_at(ledger, mailbox=MailboxName("other")) is None


HOSTILE = [
    pytest.param("'); DROP TABLE submission; --", id="SQL"),
    pytest.param("%s %(x)s :x ? $1 {0}", id="placeholders"),
    pytest.param("\u202e\U0001f4a9 ünïcödé \u0301", id="Unicode"),
    pytest.param("line\r\n\x1b[31mred\x07", id="control characters"),
    pytest.param("x" * 300_000, id="long"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_come_back_unharmed(ledger: Ledger, words: str) -> None:
    name = CheckName(words[:500])
    await ledger.claim_beat(submission(check=name))
    await ledger.record_answer(answered(words=words))
    evidence = {words: words, "list": [words]}
    seen = arrival(folder=words, evidence=evidence)
    await ledger.record_look(look(at=NOON), arrivals=[seen])

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.submission.check == name
    assert facts.answered == answered(words=words)
    assert facts.arrival == seen


async def test_what_no_database_takes_is_replaced(ledger: Ledger) -> None:
    broken = "a\0b\udcffc"
    await ledger.claim_beat(submission())
    await ledger.record_answer(answered(words=broken))
    await ledger.record_look(
        look(at=NOON), arrivals=[arrival(folder=broken, evidence={"said": broken})]
    )

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.answered == answered(words="a\ufffdb?c")
    assert facts.arrival == replace(
        arrival(), folder="a\ufffdb?c", evidence={"said": broken}
    )
