"""The documentation's outcomes are the model's, in the words of the rules."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchdog.model import (
    HEALTH,
    Answered,
    Arrival,
    Blindness,
    Bounce,
    CheckName,
    Facts,
    Failure,
    Leg,
    MailboxName,
    Marker,
    Outcome,
    Place,
    Submission,
    Way,
)
from watchdog.rules.cause import explain

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTCOMES = (ROOT / "docs/outcomes.md").read_text(encoding="utf-8")

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
MARKER = Marker("cwd")
OFFICE = MailboxName("office")
SENT = Submission(
    marker=MARKER,
    check=CheckName("Riverside"),
    mailbox=OFFICE,
    beat=NOW,
    submitted_at=NOW,
    expected=timedelta(minutes=2),
    due_at=NOW + timedelta(minutes=15),
)
ACCEPTED = Answered(
    marker=MARKER,
    answered_at=NOW,
    answer="accepted",
    words="Thank you!",
    status=200,
    url="https://riverside.example/",
    system="form",
)
MISFILED = Arrival(
    marker=MARKER,
    mailbox=OFFICE,
    folder="Archive",
    place=Place.OTHER,
    arrived_at=NOW,
    seen_at=NOW,
    validity=1,
    uid=1,
)
UNSEEN = Blindness(mailbox=OFFICE, failed_at=NOW, words="No.", permanent=True)


def failed(outcome: Outcome, leg: Leg) -> Facts:
    failure = Failure(
        marker=MARKER, failed_at=NOW, outcome=outcome, leg=leg, words="No."
    )
    return Facts(submission=SENT, failure=failure)


def bounced(status: str) -> Facts:
    bounce = Bounce(
        marker=MARKER,
        mailbox=OFFICE,
        seen_at=NOW,
        status=status,
        words="No.",
        recipient="",
    )
    return Facts(submission=SENT, answered=ACCEPTED, bounce=bounce)


WAYS: Sequence[tuple[Outcome, Facts]] = [
    (Outcome.DELIVERED, Facts(submission=SENT, answered=ACCEPTED)),
    (Outcome.LATE, Facts(submission=SENT, answered=ACCEPTED)),
    (Outcome.JUNKED, Facts(submission=SENT, answered=ACCEPTED)),
    (Outcome.MISSING, Facts(submission=SENT, answered=ACCEPTED)),
    *((Outcome.BOUNCED, bounced(s)) for s in ("5.1.1", "5.2.2", "4.2.2", "5.7.1", "")),
    *((Outcome.REFUSED, failed(Outcome.REFUSED, leg)) for leg in (Leg.PAGE, Leg.FORM)),
    (Outcome.REFUSED, Facts(submission=SENT, answered=ACCEPTED)),
    (Outcome.UNREACHABLE, failed(Outcome.UNREACHABLE, Leg.SITE)),
    (Outcome.BLOCKED, failed(Outcome.BLOCKED, Leg.FORM)),
    (Outcome.BLIND, failed(Outcome.BLIND, Leg.SITE)),
    (Outcome.BLIND, Facts(submission=SENT, answered=ACCEPTED, blindness=UNSEEN)),
    (Outcome.BLIND, Facts(submission=SENT, answered=ACCEPTED)),
    (Outcome.BLIND, Facts(submission=SENT)),
]


BY_MAIL = replace(SENT, way=Way.MAIL)
WAYS_BY_MAIL = [
    (Outcome.MISFILED, Facts(submission=SENT, answered=ACCEPTED, arrival=MISFILED)),
    *(
        (outcome, facts)
        for outcome, facts in WAYS
        if outcome is not Outcome.REFUSED or facts.failure
    ),
]
"""A mail server that refuses a mail answers nothing else."""


def section(outcome: Outcome) -> str:
    """Return what the documentation says of an outcome."""
    return OUTCOMES.partition(f"\n## {outcome}\n")[2].partition("\n## ")[0]


def test_the_readme_tells_the_outcomes_with_their_health_and_exit_code() -> None:
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| (\w+) \| (\d) \|$", README, re.MULTILINE)

    assert rows == [(o, h, str(h.exit_code)) for o, h in HEALTH.items()]


def test_each_outcome_has_a_section_in_the_order_of_the_model() -> None:
    assert re.findall(r"^## (.+)$", OUTCOMES, re.MULTILINE) == [*HEALTH]


@pytest.mark.parametrize("outcome", Outcome)
def test_each_section_tells_health_and_exit_code(outcome: Outcome) -> None:
    health = outcome.health
    assert f"Health `{health}`, exit code {health.exit_code}." in section(outcome)


@pytest.mark.parametrize(("outcome", "facts"), WAYS)
def test_the_advice_that_is_given_is_the_advice_that_is_documented(
    outcome: Outcome, facts: Facts
) -> None:
    assert explain(outcome, facts).advice in section(outcome)


@pytest.mark.parametrize(("outcome", "facts"), WAYS_BY_MAIL)
def test_so_is_the_advice_where_there_is_no_form_and_it_speaks_of_none(
    outcome: Outcome, facts: Facts
) -> None:
    told = explain(outcome, replace(facts, submission=BY_MAIL))

    assert told.advice in section(outcome)
    assert not re.search(r"\bform\b|website|\bpage\b", f"{told.cause} {told.advice}")
    assert told.leg in {None, Leg.SERVER, Leg.MAIL, Leg.INBOX, Leg.MAILBOX}


@pytest.mark.parametrize("submission", [SENT, BY_MAIL], ids=["form", "mail"])
@pytest.mark.parametrize("outcome", [Outcome.DELIVERED, Outcome.MISSING])
def test_the_causes_that_never_change_are_documented(
    outcome: Outcome, submission: Submission
) -> None:
    facts = Facts(submission=submission, answered=ACCEPTED)

    assert explain(outcome, facts).cause in section(outcome)
