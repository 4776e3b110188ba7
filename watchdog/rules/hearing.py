"""Who has heard of an incident, and who is about to, by the alarms about it."""

from collections.abc import Sequence
from datetime import datetime

from watchdog.model import Alarm, AlarmResult, Incident, Reason
from watchdog.rules.ladder import Rung


def may_have_heard(alarm: Alarm) -> bool:
    """Tell whether somebody was told, or may have been: a claim without a result."""
    is_undecided = alarm.claimed_at is not None and not has_failed(alarm)
    return alarm.result is AlarmResult.SENT or alarm.lapsed or is_undecided


def those_of(rung: Rung, alarms: Sequence[Alarm]) -> Sequence[Alarm]:
    """Return the alarms to this step's channel."""
    return [alarm for alarm in alarms if alarm.channel == rung.channel]


def waits_beyond(alarm: Alarm, moment: datetime) -> bool:
    """Tell whether an alarm that nobody has tried yet is due only later."""
    is_untried = alarm.settled_at is None and not alarm.attempts
    return is_untried and alarm.due_at > moment


def has_failed(alarm: Alarm) -> bool:
    """Tell whether its channel refused it for good."""
    return alarm.result is AlarmResult.FAILED


def is_known(alarm: Alarm, incident: Incident) -> bool:
    """Tell whether somebody said "I know" to what this alarm is about."""
    known_at = incident.acknowledged_at
    return known_at is not None and alarm.created_at <= known_at


def is_vain(alarm: Alarm, incident: Incident) -> bool:
    """Tell whether nobody heard by this alarm, nor will."""
    is_unheard = alarm.settled_at is None and is_known(alarm, incident)
    return is_unheard or alarm.result in {AlarmResult.FAILED, AlarmResult.WITHDRAWN}


def alarms_for(
    rung: Rung, step: int, incident: Incident, reason: Reason, *, now: datetime
) -> Sequence[Alarm]:
    """Return the alarm for this step, due now, if the step takes such alarms."""
    if reason not in rung.reasons:
        return []
    return [
        Alarm(
            incident=incident.id,
            channel=rung.channel,
            step=step,
            reason=reason,
            created_at=now,
            due_at=now,
        )
    ]
