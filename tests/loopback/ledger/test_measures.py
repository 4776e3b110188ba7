"""What is measured is asked for once in a while, by one of us, and kept."""

import asyncio
from datetime import timedelta

from tests.world.facts import NOON, after
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import Measure

DAY = timedelta(days=1)


async def test_a_subject_is_claimed_once_a_day(ledger: Ledger) -> None:
    claimed = [
        await ledger.claim_measure("quota:office", now=after(hours=hours), every=DAY)
        for hours in (0, 1, 23, 24, 25)
    ]

    assert claimed == [True, False, False, True, False]
    assert await ledger.claim_measure("quota:other", now=NOON, every=DAY)


async def test_of_many_who_would_measure_one_does(url: str, ledger: Ledger) -> None:
    async with open_ledger(url) as other:
        claimed = await asyncio.gather(
            *(
                each.claim_measure("quota:office", now=NOON, every=DAY)
                for each in [ledger, other] * 5
            )
        )

    assert sum(claimed) == 1


async def test_what_was_found_is_kept_until_something_else_is(ledger: Ledger) -> None:
    await ledger.claim_measure("quota:office", now=NOON, every=DAY)
    assert await ledger.measures() == {
        "quota:office": Measure(subject="quota:office", asked_at=NOON)
    }

    await ledger.record_measure("quota:office", {"used": 1, "limit": 2})
    await ledger.claim_measure("quota:office", now=after(days=1), every=DAY)

    assert await ledger.measures() == {
        "quota:office": Measure(
            subject="quota:office",
            asked_at=after(days=1),
            evidence={"used": 1, "limit": 2},
        )
    }
