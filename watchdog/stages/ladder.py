"""Whom an incident is told to: the ladders of its checks, as one."""

from collections.abc import Collection, Sequence

from watchdog.config import Check, Config
from watchdog.model import CheckName, Reason
from watchdog.rules.ladder import Rung, merged


def ladder_of(config: Config, checks: Collection[CheckName]) -> Sequence[Rung]:
    """Return the steps of one ladder for all of `checks`; what is unknown has none."""
    return merged(
        [
            Rung(
                channel=step.channel,
                after=step.after,
                reasons=frozenset(map(Reason, step.reasons or Reason)),
            )
            for step in config.steps(check)
        ]
        for check in config.check
        if check.name in checks
    )


def calls_somebody(config: Config, check: Check) -> bool:
    """Tell whether anybody hears when messages of this check begin to be lost."""
    ladder = ladder_of(config, [check.name])
    return any(Reason.OPENED in rung.reasons for rung in ladder)
