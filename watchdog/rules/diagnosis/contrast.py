"""What a trial shows, beside the check's own submissions."""

from watchdog.model import Experiment, Outcome, Sureness
from watchdog.rules.diagnosis.clues import Clues

LOST = frozenset({Outcome.MISSING, Outcome.BOUNCED})
"""The site took it, and the mailbox has it not."""
STOPPED = frozenset({Outcome.REFUSED, Outcome.BLOCKED})
"""The site did not take it."""
CAME = frozenset({Outcome.DELIVERED, Outcome.LATE})


def came(clues: Clues, experiment: Experiment) -> Sureness | None:
    """Return how well a trial that came shows that its one difference matters.

    While the check's own submissions have not failed again after it, it may have
    come because the trouble was over just then.
    """
    tried = clues.trials.get(experiment)
    if tried is None or tried.outcome not in CAME:
        return None
    return Sureness.PROVEN if tried.is_framed else Sureness.LIKELY


def stays_away(clues: Clues, experiment: Experiment) -> bool:
    """Tell whether a trial was taken, and lies nowhere either."""
    tried = clues.trials.get(experiment)
    return tried is not None and tried.outcome is Outcome.MISSING
