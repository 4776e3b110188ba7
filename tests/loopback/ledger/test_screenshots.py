"""What browsers showed is kept of what went wrong, and forgotten with it."""

from datetime import timedelta

import pytest

from tests.world.facts import (
    M1,
    NOON,
    after,
    answered,
    failure,
    submission,
    verdict,
)
from watchdog.ledger import Ledger
from watchdog.ledger.screenshots import MOST_KEPT
from watchdog.model import Marker, Outcome, Screenshot

IMAGE = b"\xff\xd8\xff\0 an image"
SEEN = {"browser": True, "console_errors": ["ReferenceError: send is not defined"]}


async def test_what_a_browser_saw_comes_back_with_the_facts(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_answer(answered(evidence=SEEN), IMAGE)

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.answered == answered(evidence=SEEN)
    assert await ledger.screenshot_of(M1) == Screenshot(
        marker=M1, taken_at=answered().answered_at, image=IMAGE
    )


async def test_a_failure_keeps_the_first_that_was_seen_of_it(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    for image in (IMAGE, b"another"):
        await ledger.record_failure(failure(evidence=SEEN), image)

    kept = await ledger.screenshot_of(M1)

    assert kept is not None
    assert kept.image == IMAGE


@pytest.mark.parametrize(
    ("outcome", "is_kept"), [(Outcome.DELIVERED, False), (Outcome.MISSING, True)]
)
async def test_nothing_is_kept_of_what_turns_out_well(
    ledger: Ledger, outcome: Outcome, *, is_kept: bool
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_answer(answered(evidence=SEEN), IMAGE)

    await ledger.record_verdict(verdict(outcome=outcome, evidence=SEEN))

    assert (await ledger.screenshot_of(M1) is not None) is is_kept


async def test_what_came_well_before_its_form_had_ended_leaves_nothing(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_verdict(verdict(outcome=Outcome.DELIVERED))

    await ledger.record_answer(answered(evidence=SEEN), IMAGE)

    assert await ledger.screenshot_of(M1) is None


async def test_a_submission_that_is_forgotten_takes_its_screenshot_along(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_failure(failure(), IMAGE)

    await ledger.forget(after(seconds=1), most=9)

    assert await ledger.screenshot_of(M1) is None


async def test_of_too_many_the_oldest_go(ledger: Ledger) -> None:
    for number in range(MOST_KEPT + 2):
        marker, at = str(number), NOON + timedelta(minutes=number)
        await ledger.claim_beat(submission(marker, beat=at, submitted_at=at))
        await ledger.record_failure(failure(marker, failed_at=at), IMAGE)

    kept = [
        number
        for number in range(MOST_KEPT + 2)
        if await ledger.screenshot_of(Marker(str(number)))
    ]

    assert kept == list(range(2, MOST_KEPT + 2))
