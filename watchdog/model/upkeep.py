"""What we keep about ourselves, and of what is forgotten."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from watchdog.model.outcome import CheckName, Evidence, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """What remains of a check's submissions of one day (UTC) with one outcome."""

    check: CheckName
    day: date
    outcome: Outcome
    count: int
    latency_sum: timedelta
    latency_max: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What was found of something that is asked for at most so often."""

    subject: str
    """What was measured, as a key: `certificate:riverside.example`."""
    asked_at: datetime
    """When we last set out to measure it."""
    evidence: Evidence = field(default_factory=dict)
    """What was found when it was last found; empty if it never was."""


SCHEDULE = "schedule"
"""The name by which passes that a timer starts tell of themselves, as one daemon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A daemon, as it last told of itself."""

    daemon: str
    """Its machine and process."""
    started_at: datetime
    seen_at: datetime
    stopped_at: datetime | None = None
    """When it ended in good order; None while it runs, or if it died."""
    trouble: str = ""
    """What keeps failing, in a sentence; empty while all is well with it."""
