"""A mail that is there before the form has answered."""

import pytest

from probes.secrets import Secret
from tests.loopback.stages.office import Office
from tests.world.facts import M1, NOON, after, answered, arrival, look, submission
from watchdog.model import Verdict
from watchdog.stages.judge import ANSWER, judge


@pytest.fixture
async def quick(office: Office) -> Office:
    """Return an office into which a mail came two seconds after it was sent."""
    came = arrival(M1, arrived_at=after(seconds=1), seen_at=after(seconds=2))
    await office.ledger.claim_beat(submission(M1))
    await office.ledger.record_look(look(at=after(seconds=2)), arrivals=[came])
    office.later(seconds=2)
    return office


def exempt(office: Office) -> None:
    check, *others = office.config.check
    assert check.form
    form = check.form.model_copy(update={"exemption": Secret(env="KEY")})
    exempted = check.model_copy(update={"form": form})
    office.config = office.config.model_copy(update={"check": [exempted, *others]})


async def judged(office: Office) -> list[Verdict]:
    return list(await judge(office.config, office.ledger, clock=office.clock))


async def test_it_decides_at_once(quick: Office) -> None:
    assert len(await judged(quick)) == 1


async def test_with_an_exemption_the_answer_says_what_it_proves(quick: Office) -> None:
    exempt(quick)

    too_soon = await judged(quick)
    await quick.ledger.record_answer(answered(M1, evidence={"exempted": True}))
    [verdict] = await judged(quick)

    assert too_soon == []
    assert verdict.evidence["exempted"] is True


async def test_an_answer_that_is_lost_holds_no_verdict_up(quick: Office) -> None:
    exempt(quick)
    quick.now = NOON + ANSWER

    assert len(await judged(quick)) == 1
