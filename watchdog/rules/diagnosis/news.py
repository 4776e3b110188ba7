"""Who hears that we know better why messages are lost: once, and of proof once more."""

from collections.abc import Sequence

from watchdog.model import (
    Alarm,
    Conclusion,
    Diagnosis,
    Evidence,
    Incident,
    Reason,
    Sureness,
)
from watchdog.rules.hearing import alarms_for, may_have_heard, those_of
from watchdog.rules.ladder import Rung


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
    """Return the alarms that tell a diagnosis, `found`; `before` are those before it.

    `alarms` are those of the incident.  Whoever has not yet heard of it will hear of
    both at once.
    """
    is_told = any(one.reason is Reason.DIAGNOSED for one in alarms)
    if is_told and not _is_proof_at_last(found, before, alarms):
        return []
    if incident.acknowledged_at or incident.resolved_at:
        return []
    now = found.diagnosed_at
    return [
        alarm
        for step, rung in enumerate(ladder)
        if any(map(may_have_heard, those_of(rung, alarms)))
        for alarm in alarms_for(rung, step, incident, Reason.DIAGNOSED, now=now)
    ]


def _is_proof_at_last(
    found: Diagnosis, before: Sequence[Diagnosis], alarms: Sequence[Alarm]
) -> bool:
    """Tell whether a cause is proven now, and nobody was told of a proven one.

    Who was told, was told what was known then.  Whoever is still to be told will hear
    of the proof; and two mails about a cause are enough.
    """
    told = [one for one in alarms if one.reason is Reason.DIAGNOSED]
    heard_at = [
        one.claimed_at for one in told if may_have_heard(one) and one.claimed_at
    ]
    is_second = len({one.created_at for one in told}) == 1
    if not heard_at or not is_second or not _is_proven(found):
        return False
    return not any(
        _is_proven(one) for one in before if one.diagnosed_at <= max(heard_at)
    )


def _is_proven(diagnosis: Diagnosis) -> bool:
    return diagnosis.conclusion.sureness is Sureness.PROVEN
