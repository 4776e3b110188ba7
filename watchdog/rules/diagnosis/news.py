"""Who hears that we know better why messages are lost: once, and of proof once more."""

from collections.abc import Sequence

from watchdog.model import (
    Alarm,
    AlarmResult,
    Cause,
    Conclusion,
    Diagnosis,
    Evidence,
    Incident,
    Reason,
    Sureness,
)
from watchdog.rules.hearing import alarms_for, may_have_heard, those_of
from watchdog.rules.ladder import Rung

VAIN = frozenset({AlarmResult.FAILED, AlarmResult.WITHDRAWN})
"""Results of alarms by which nobody heard."""


def is_news(conclusion: Conclusion, told: Evidence, *, is_last: bool) -> bool:
    """Tell whether a conclusion is worth a mail of its own.

    `told` is the evidence of the verdict, which alarms told before; `is_last` where
    no trial is to come that may show more.
    """
    if conclusion.cause is None:
        return False
    before = told.get("cause_name"), told.get("sureness")
    if before == (conclusion.cause.value, conclusion.sureness.value):
        return False
    return is_last or conclusion.sureness is Sureness.PROVEN


def news(
    incident: Incident,
    ladder: Sequence[Rung],
    alarms: Sequence[Alarm],
    found: Diagnosis,
    before: Sequence[Diagnosis],
) -> Sequence[Alarm]:
    """Return the alarms that tell a diagnosis, `found`.

    `alarms` are those of the incident, `before` the diagnoses before this one, oldest
    first.  Whoever has not yet heard of the incident will hear of both at once.
    """
    if incident.acknowledged_at or incident.resolved_at:
        return []
    now = found.diagnosed_at
    return [
        alarm
        for step, rung in enumerate(ladder)
        if _is_news_for(those_of(rung, alarms), found, before)
        for alarm in alarms_for(rung, step, incident, Reason.DIAGNOSED, now=now)
    ]


def _is_news_for(
    alarms: Sequence[Alarm], found: Diagnosis, before: Sequence[Diagnosis]
) -> bool:
    """Tell whether a channel is to hear of a diagnosis; `alarms` are those to it.

    Whoever heard of the trouble heard what was known then, and is told of more: once,
    and once more if a cause is proven that was not.  Whoever is still to be told will
    hear of that too.
    """
    causes = [one for one in alarms if one.reason is Reason.DIAGNOSED]
    told = [one for one in causes if one.result not in VAIN]
    heard = list(filter(may_have_heard, alarms))
    if not heard or len(told) > 1 or not all(map(may_have_heard, told)):
        return False
    heard_at = [one.claimed_at for one in heard if one.claimed_at]
    known = [one for one in before if heard_at and one.diagnosed_at <= max(heard_at)]
    if told:
        return _is_proven(found) and not (known and _is_proven(known[-1]))
    return not known or _said(known[-1]) != _said(found)


def _said(diagnosis: Diagnosis) -> tuple[Cause | None, Sureness]:
    return diagnosis.conclusion.cause, diagnosis.conclusion.sureness


def _is_proven(diagnosis: Diagnosis) -> bool:
    return diagnosis.conclusion.sureness is Sureness.PROVEN
