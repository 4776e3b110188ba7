"""A trial is made where it can tell more, and clues are not asked for too often."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world.clues import clues, declined
from tests.world.facts import NOON, RIVERSIDE, verdict
from watchdog.model import (
    Cause,
    Conclusion,
    Diagnosis,
    Experiment,
    IncidentId,
    Outcome,
    Sureness,
)
from watchdog.rules.diagnosis import trials as rule
from watchdog.rules.diagnosis.clues import Clues

MINUTE = timedelta(minutes=1)
ALL = frozenset(Experiment)
UNKNOWN = Conclusion(cause=None, sureness=Sureness.UNKNOWN, words="?")
PROVEN = Conclusion(cause=Cause.MAILBOX, sureness=Sureness.PROVEN, words="Full.")
DIRECT, SENDER = Experiment.DIRECT, Experiment.SENDER
FRESH, BROWSER = Experiment.FRESH_PAGE, Experiment.BROWSER
PLAIN = Experiment.PLAIN
REFUSED = clues(Outcome.REFUSED, evidence=declined("No."))
DRAWN = clues(Outcome.REFUSED, evidence=declined("No.", browser=True))
STRICT = {"visitor_policy": "reject"}


def made_in_turn(seen: Clues, *without: Experiment) -> list[Experiment]:
    """Return all the trials that are made while none of them proves anything."""
    made: list[Experiment] = []
    possible = ALL - {*without}
    while wanted := rule.next_experiment(seen, UNKNOWN, possible=possible, made=made):
        made.append(wanted)
    return made


@pytest.mark.parametrize(
    ("seen", "trials"),
    [
        pytest.param(clues(names=STRICT), [DIRECT, SENDER], id="lost"),
        pytest.param(
            clues(names={"visitor_policy": "none"}),
            [DIRECT],
            id="lost, and the visitor's domain forbids nothing",
        ),
        pytest.param(clues(Outcome.JUNKED, names=STRICT), [SENDER], id="in spam"),
        pytest.param(REFUSED, [FRESH, BROWSER], id="refused, without a browser"),
        pytest.param(DRAWN, [FRESH, PLAIN], id="refused, by a browser"),
        pytest.param(
            clues(Outcome.REFUSED, evidence={"answer": None}), [], id="nothing was sent"
        ),
        pytest.param(clues(Outcome.UNREACHABLE), [], id="the site is down"),
        pytest.param(clues(Outcome.MISFILED), [], id="it is known where it lies"),
    ],
)
def test_trials_are_made_that_tell_causes_apart(
    seen: Clues, trials: list[Experiment]
) -> None:
    assert made_in_turn(seen) == trials


def test_what_is_not_possible_is_passed_over() -> None:
    assert made_in_turn(clues(names=STRICT), DIRECT) == [SENDER]


def test_nothing_is_tried_once_the_cause_is_proven() -> None:
    assert not rule.next_experiment(clues(), PROVEN, possible=ALL, made=())


def found(**changes: Any) -> Diagnosis:
    fact: dict[str, Any] = {
        "incident": IncidentId(1),
        "check": RIVERSIDE,
        "outcome": Outcome.MISSING,
        "conclusion": UNKNOWN,
        "diagnosed_at": NOON,
    }
    return Diagnosis(**fact | changes)


def test_the_first_look_is_due_at_once_and_the_next_when_a_trial_is_over() -> None:
    old = verdict(judged_at=NOON)

    assert rule.is_due(None, old, over=0, now=NOON)
    assert rule.is_due(found(), old, over=1, now=NOON)
    assert not rule.is_due(found(trials=1), old, over=1, now=NOON + 600 * MINUTE)


@pytest.mark.parametrize(
    ("minutes", "number", "is_due"),
    [(9, 1, False), (10, 1, True), (19, 2, False), (20, 2, True)],
)
def test_clues_are_asked_for_ever_more_rarely(
    minutes: int, number: int, *, is_due: bool
) -> None:
    newest = found(number=number)
    now = NOON + minutes * MINUTE

    assert rule.is_due(newest, verdict(judged_at=now), over=0, now=now) is is_due


@pytest.mark.parametrize(
    ("outcome", "minutes", "is_due"),
    [
        (Outcome.MISSING, 600, False),
        (Outcome.REFUSED, 9, False),
        (Outcome.REFUSED, 10, True),
    ],
)
def test_what_is_proven_stays_so_until_messages_are_lost_otherwise(
    outcome: Outcome, minutes: int, *, is_due: bool
) -> None:
    newest, now = found(number=5, conclusion=PROVEN), NOON + minutes * MINUTE
    newer = verdict(outcome=outcome, judged_at=now)

    assert rule.is_due(newest, newer, over=0, now=now) is is_due
