"""The facts that we keep, in the words of the glossary.

Frozen values: a change is a new fact.  Every `..._at` is an aware UTC datetime.
"""

from watchdog.model.outcome import (
    HEALTH,
    WORST_FIRST,
    ChannelName,
    CheckName,
    Evidence,
    Health,
    Leg,
    MailboxName,
    Marker,
    Outcome,
    Place,
)
from watchdog.model.submission import (
    Answered,
    Arrival,
    Blindness,
    Bounce,
    Facts,
    Failure,
    Look,
    Submission,
    Verdict,
)
from watchdog.model.trouble import (
    Alarm,
    AlarmId,
    AlarmResult,
    Incident,
    IncidentId,
    IncidentKind,
    Reason,
    Silence,
    SilenceId,
)
from watchdog.model.upkeep import SCHEDULE, DaySummary, Measure, Presence

__all__ = [
    "HEALTH",
    "SCHEDULE",
    "WORST_FIRST",
    "Alarm",
    "AlarmId",
    "AlarmResult",
    "Answered",
    "Arrival",
    "Blindness",
    "Bounce",
    "ChannelName",
    "CheckName",
    "DaySummary",
    "Evidence",
    "Facts",
    "Failure",
    "Health",
    "Incident",
    "IncidentId",
    "IncidentKind",
    "Leg",
    "Look",
    "MailboxName",
    "Marker",
    "Measure",
    "Outcome",
    "Place",
    "Presence",
    "Reason",
    "Silence",
    "SilenceId",
    "Submission",
    "Verdict",
]
