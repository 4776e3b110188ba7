"""Which trial can tell causes apart that still fit, and when a new look is due."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from watchdog.model import (
    Conclusion,
    Diagnosis,
    Experiment,
    Outcome,
    Sureness,
    Verdict,
)
from watchdog.rules.diagnosis.clues import Clues

WANTED: Mapping[Outcome, Sequence[Experiment]] = {
    Outcome.MISSING: (Experiment.PLAIN, Experiment.DIRECT, Experiment.SENDER),
    Outcome.BOUNCED: (Experiment.DIRECT, Experiment.SENDER),
    Outcome.JUNKED: (Experiment.SENDER,),
    Outcome.REFUSED: (Experiment.FRESH_PAGE, Experiment.BROWSER, Experiment.PLAIN),
}
"""By what became of the check's own; of no other outcome a trial shows anything."""

SOON = timedelta(minutes=10)
"""How long after the first look the second one is due, after the second the third
twice as long, and so on: whoever is asked for clues is not asked too often."""


def next_experiment(
    clues: Clues,
    conclusion: Conclusion,
    *,
    possible: Collection[Experiment],
    made: Collection[Experiment],
) -> Experiment | None:
    """Return the trial that is worth a message now; None where none would tell more."""
    if conclusion.sureness is Sureness.PROVEN:
        return None
    wanted = WANTED.get(clues.outcome, ())
    new = (each for each in wanted if each in possible and each not in made)
    return next((each for each in new if _would_tell(clues, each)), None)


def _would_tell(clues: Clues, experiment: Experiment) -> bool:
    """Tell whether a trial differs at all from what the check itself has sent."""
    is_by_browser = bool(clues.evidence.get("browser"))
    is_answered = bool(clues.says("answer"))
    match experiment:
        case Experiment.DIRECT:
            return True
        case Experiment.SENDER:
            return clues.names.visitor_policy != "none"
        case Experiment.FRESH_PAGE:
            return is_answered
        case Experiment.BROWSER:
            return is_answered and not is_by_browser
        case Experiment.PLAIN:
            return is_by_browser
        case _:
            assert_never(experiment)


def is_due(
    newest: Diagnosis | None, verdict: Verdict, *, over: int, now: datetime
) -> bool:
    """Tell whether to look anew: `verdict` is the newest bad one, `over` the trials.

    What is proven stays so, until messages are lost in another manner.
    """
    if newest is None:
        return True
    is_other = newest.outcome is not verdict.outcome
    if newest.conclusion.sureness is Sureness.PROVEN and not is_other:
        return False
    if over > newest.trials:
        return True
    is_new = verdict.judged_at > newest.diagnosed_at
    pause = SOON if is_other else SOON * newest.number
    return is_new and now - newest.diagnosed_at >= pause
