"""What is old is forgotten in small steps; what a day was like remains."""

from datetime import date, timedelta

from tests.world.facts import (
    M1,
    NOON,
    OFFICE,
    RIVERSIDE,
    after,
    answered,
    arrival,
    submission,
    verdict,
)
from watchdog.ledger import Ledger
from watchdog.model import DaySummary, Marker, Outcome


async def judged(ledger: Ledger, marker: str, outcome: Outcome, **span: float) -> None:
    at = after(**span)
    await ledger.claim_beat(submission(marker, beat=at, submitted_at=at))
    latency = timedelta(seconds=30) if outcome is Outcome.DELIVERED else None
    await ledger.record_verdict(verdict(marker, outcome=outcome, latency=latency))


def summary(outcome: Outcome, count: int, seconds: float) -> DaySummary:
    return DaySummary(
        check=RIVERSIDE,
        day=date(2026, 11, 22),
        outcome=outcome,
        count=count,
        latency_sum=timedelta(seconds=seconds),
        latency_max=timedelta(seconds=min(seconds, 30)),
    )


async def test_old_submissions_go_with_all_that_is_known_of_them(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_answer(answered())
    await ledger.record_news(OFFICE, [], [arrival()])
    await ledger.record_verdict(verdict())

    assert await ledger.forget(NOON, most=9) == 0
    assert await ledger.facts(M1) is not None
    assert await ledger.forget(after(seconds=1), most=9) == 1

    assert await ledger.facts(M1) is None
    assert await ledger.arrival_of(M1) is None
    assert await ledger.verdict_on(M1) is None


async def test_a_day_is_summed_up_over_all_steps(ledger: Ledger) -> None:
    for minute in range(5):
        await judged(ledger, f"d{minute}", Outcome.DELIVERED, minutes=minute)
    await judged(ledger, "m", Outcome.MISSING, minutes=9)

    steps = [await ledger.forget(after(days=1), most=2) for _ in range(4)]

    assert steps == [2, 2, 2, 0]
    assert await ledger.day_summaries(RIVERSIDE, since=date(2026, 1, 1)) == [
        summary(Outcome.DELIVERED, 5, seconds=150),
        summary(Outcome.MISSING, 1, seconds=0),
    ]
    assert await ledger.day_summaries(RIVERSIDE, since=date(2026, 11, 23)) == []


async def test_the_last_verdict_counts(ledger: Ledger) -> None:
    await judged(ledger, "m", Outcome.MISSING)
    await ledger.record_verdict(verdict("m", number=2, outcome=Outcome.LATE))

    await ledger.forget(after(days=1), most=9)

    [left] = await ledger.day_summaries(RIVERSIDE, since=date(2026, 1, 1))
    assert (left.outcome, left.count) == (Outcome.LATE, 1)


async def test_the_oldest_are_forgotten_first(ledger: Ledger) -> None:
    await judged(ledger, "new", Outcome.DELIVERED, minutes=1)
    await judged(ledger, "old", Outcome.DELIVERED)

    await ledger.forget(after(days=1), most=1)

    assert await ledger.submission(Marker("new")) is not None
    assert await ledger.submission(Marker("old")) is None
