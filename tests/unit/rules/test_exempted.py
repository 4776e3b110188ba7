"""What is said of a test that a site has exempted from its form's guard."""

import pytest

from tests.world.facts import after, answered, arrival, submission
from watchdog.cli import verdicts
from watchdog.model import Facts, Outcome, Place, Verdict
from watchdog.rules.guard_cause import EXEMPTED
from watchdog.rules.verdict import judge

SIGNED = {"exempted": True}


def judged(**facts: object) -> Verdict:
    whole = Facts(submission=submission(), **facts)  # type: ignore[arg-type]
    verdict = judge(whole, now=after(hours=1))
    assert verdict is not None
    return verdict


@pytest.mark.parametrize("place", Place)
def test_wherever_it_arrived_it_is_told_what_that_does_not_prove(place: Place) -> None:
    verdict = judged(answered=answered(evidence=SIGNED), arrival=arrival(place=place))

    assert EXEMPTED in verdict.cause
    assert verdict.evidence["exempted"] is True
    assert "not that the guard" in " ".join(
        verdicts.as_text(submission(), verdict).split()
    )


def test_a_test_without_an_exemption_needs_no_such_words() -> None:
    verdict = judged(answered=answered(), arrival=arrival())

    assert "exempt" not in verdict.cause
    assert "exempted" not in verdict.evidence
    assert verdicts.as_text(submission(), verdict).count("\n") == 0


def test_a_guard_that_stops_a_signed_test_did_not_honour_it() -> None:
    stopped = answered(answer="blocked", words="Captcha failed.", evidence=SIGNED)

    verdict = judged(answered=stopped)

    assert verdict.outcome is Outcome.BLOCKED
    assert verdict.cause.endswith("The site did not honour the signed exemption.")
    assert "X-Contact-Watchdog" in verdict.advice


def test_a_guard_that_stops_an_unsigned_test_is_told_with_the_choices() -> None:
    verdict = judged(answered=answered(answer="blocked", words="Captcha failed."))

    assert "honour" not in verdict.cause
    assert all(
        choice in verdict.advice for choice in ("`exemption`", "test keys", '"widget"')
    )
