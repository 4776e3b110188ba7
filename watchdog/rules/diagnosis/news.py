"""Who hears that we know better why messages are lost: once, and only who heard."""

from collections.abc import Sequence
from datetime import datetime

from watchdog.model import Alarm, Conclusion, Evidence, Incident, Reason, Sureness
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
    *,
    now: datetime,
) -> Sequence[Alarm]:
    """Return the alarms that tell a diagnosis; `alarms` are those of the incident.

    Whoever has not yet heard of the incident will hear of both at once.
    """
    is_told = any(one.reason is Reason.DIAGNOSED for one in alarms)
    if is_told or incident.acknowledged_at or incident.resolved_at:
        return []
    return [
        alarm
        for step, rung in enumerate(ladder)
        if any(map(may_have_heard, those_of(rung, alarms)))
        for alarm in alarms_for(rung, step, incident, Reason.DIAGNOSED, now=now)
    ]
