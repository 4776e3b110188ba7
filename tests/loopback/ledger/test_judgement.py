"""What is to be judged, and what was said: once, and completed but not rewritten."""

import asyncio
from datetime import timedelta

import pytest

from tests.world.facts import (
    M1,
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
from watchdog.model import CheckName, Facts, Leg, Marker, Outcome


async def ripe(ledger: Ledger, **span: float) -> list[tuple[int, str]]:
    found = await ledger.ripe(after(**span), limit=100)
    return [(number, facts.submission.marker) for number, facts in found]


async def test_all_that_is_known_is_told_at_once(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    assert await ledger.facts(M1) == Facts(submission=submission())

    await ledger.record_answer(answered())
    await ledger.record_failure(failure())
    await ledger.record_look(
        look(at=after(minutes=15)), arrivals=[arrival()], bounces=[bounce()]
    )

    assert await ledger.facts(M1) == Facts(
        submission=submission(),
        answered=answered(),
        failure=failure(),
        arrival=arrival(),
        bounce=bounce(),
        looked_at=after(minutes=15),
        inbox_looked_at=after(minutes=15),
    )
    assert await ledger.facts(Marker("m2")) is None


async def test_without_news_a_submission_is_judged_at_its_deadline(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_answer(answered())

    assert await ripe(ledger, minutes=14) == []
    assert await ripe(ledger, minutes=15) == [(1, "m1")]


async def test_an_arrival_is_judged_at_once(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_news(OFFICE, [], [arrival()])

    assert await ripe(ledger, seconds=40) == [(1, "m1")]


async def test_a_failure_is_judged_at_once(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_failure(failure())

    assert await ripe(ledger, seconds=1) == [(1, "m1")]


@pytest.mark.parametrize("answer", ["declined", "blocked"])
async def test_an_answer_that_says_no_is_judged_at_once(
    ledger: Ledger, answer: str
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_answer(answered(answer=answer))

    assert await ripe(ledger, seconds=1) == [(1, "m1")]


async def test_the_oldest_are_judged_first_and_so_many_as_asked(
    ledger: Ledger,
) -> None:
    for minutes in (3, 1, 2):
        at = after(minutes=minutes)
        await ledger.claim_beat(submission(f"m{minutes}", beat=at, due_at=at))

    assert await ripe(ledger, hours=1) == [(1, "m1"), (1, "m2"), (1, "m3")]
    assert len(await ledger.ripe(after(hours=1), limit=2)) == 2


async def test_what_is_judged_is_not_judged_again(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())

    assert await ledger.record_verdict(verdict())
    assert not await ledger.record_verdict(verdict(outcome=Outcome.BLIND))

    assert await ledger.verdict_on(M1) == verdict()
    assert await ripe(ledger, hours=1) == []


async def test_of_two_who_judge_at_once_one_is_heard(url: str, ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    async with open_ledger(url) as other:
        judges = [ledger, other] * 5
        heard = await asyncio.gather(*(one.record_verdict(verdict()) for one in judges))

    assert sum(heard) == 1


async def test_a_message_after_its_verdict_is_judged_a_second_time(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_verdict(verdict())
    await ledger.record_news(OFFICE, [], [arrival(seen_at=after(hours=2))])

    [(number, completed)] = await ledger.ripe(after(hours=3), limit=9)
    late = verdict(
        number=2,
        outcome=Outcome.LATE,
        judged_at=after(hours=2),
        leg=None,
        latency=timedelta(hours=1, microseconds=7),
        arrived_at=after(hours=1),
        folder="INBOX",
    )

    assert number == 2
    assert completed.arrival == arrival(seen_at=after(hours=2))
    assert await ledger.record_verdict(late)
    assert await ripe(ledger, hours=3) == []
    assert await ledger.verdict_on(M1) == late
    assert await ledger.verdicts(RIVERSIDE, limit=9) == [late, verdict()]


async def test_a_message_that_comes_while_we_judge_is_not_overlooked(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=after(minutes=15)))
    [(_, facts)] = await ledger.ripe(after(minutes=16), limit=9)
    assert facts.arrival is None

    await ledger.record_news(OFFICE, [], [arrival(seen_at=after(minutes=16))])
    await ledger.record_verdict(verdict())

    assert await ripe(ledger, minutes=16) == [(2, "m1")]


async def test_an_arrival_and_a_verdict_at_once_leave_nothing_unsaid(
    url: str, ledger: Ledger
) -> None:
    markers = [f"m{number}" for number in range(40)]
    for number, marker in enumerate(markers):
        await ledger.claim_beat(submission(marker, beat=after(minutes=number)))

    async with open_ledger(url) as other:
        await asyncio.gather(
            *(ledger.record_verdict(verdict(marker)) for marker in markers),
            *(other.record_news(OFFICE, [], [arrival(marker)]) for marker in markers),
        )

    completed = await ripe(ledger, hours=1)
    assert sorted(completed) == sorted((2, marker) for marker in markers)


async def test_verdicts_are_told_by_check_newest_first(ledger: Ledger) -> None:
    other = CheckName("other")
    for minutes in range(5):
        at = after(minutes=minutes)
        await ledger.claim_beat(submission(f"m{minutes}", beat=at))
        await ledger.record_verdict(verdict(f"m{minutes}", judged_at=at))
    await ledger.claim_beat(submission("o", check=other))
    await ledger.record_verdict(verdict("o", check=other, leg=Leg.MAILBOX))

    found = await ledger.verdicts(RIVERSIDE, limit=2)
    latest = await ledger.latest_verdicts([RIVERSIDE, other, CheckName("new")])

    assert [each.marker for each in found] == ["m4", "m3"]
    assert latest == {
        RIVERSIDE: verdict("m4", judged_at=after(minutes=4)),
        other: verdict("o", check=other, leg=Leg.MAILBOX),
    }


async def test_the_key_is_made_once_for_all(url: str, ledger: Ledger) -> None:
    async with open_ledger(url) as other:
        keys = await asyncio.gather(*(one.key() for one in [ledger, other] * 3))

    assert len(set(keys)) == 1
    assert len(keys[0]) == 32
