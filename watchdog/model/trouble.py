"""Incidents, and whom we tell of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from watchdog.model.outcome import ChannelName, CheckName, Health, Outcome

IncidentId = NewType("IncidentId", int)
AlarmId = NewType("AlarmId", int)
SilenceId = NewType("SilenceId", int)


class IncidentKind(StrEnum):
    """What sort of trouble an incident is."""

    LOSS = "loss"
    REAL_LOSS = "real_loss"
    """A real inquiry was missed, whatever our own submissions say."""
    WARNING = "warning"
    """Nothing is lost, but something shows that soon it may be."""
    BLOCKED = "blocked"
    BLIND = "blind"


LOSSES = frozenset({IncidentKind.LOSS, IncidentKind.REAL_LOSS})
"""What loses messages, by what our own submissions or real inquiries say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A stretch in which messages did not arrive properly, or we could not see."""

    id: IncidentId | None = None
    """None until the ledger has given it a number."""
    change: int = 0
    """How often it was changed; only who has seen the newest may change it again."""
    kind: IncidentKind
    shared: str
    """What fails, as a key: checks that fail by the same thing are one incident."""
    checks: frozenset[CheckName]
    outcome: Outcome
    health: Health
    opened_at: datetime
    window_from: datetime | None
    """When the last message before it was delivered: possible loss begins here."""
    window_to: datetime | None = None
    """When the first message after it was delivered."""
    words: str = ""
    """What a warning says, in a sentence; of other kinds the verdicts tell."""
    advice: str = ""
    """What the owner can do about it, likewise."""
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    resolved_at: datetime | None = None


class Reason(StrEnum):
    """Why an alarm is raised.  Stored with it, and told in it."""

    OPENED = "opened"
    REMINDER = "reminder"
    WORSE = "worse"
    DIAGNOSED = "diagnosed"
    """We know better why it is than when it was told."""
    RESOLVED = "resolved"
    BLIND = "blind"
    WARNING = "warning"
    """Messages still come, but something shows that soon they may not."""
    WAITING = "waiting"
    """Somebody who was missed still waits for the owner to write."""
    DRILL = "drill"


class AlarmResult(StrEnum):
    """What became of an alarm in the end."""

    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """Nobody needed to hear it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One message to one channel about one incident, or about ourselves."""

    id: AlarmId | None = None
    """None until the ledger has given it a number."""
    incident: IncidentId | None = None
    """None where it is about ourselves, or until its incident has a number."""
    channel: ChannelName
    step: int
    reason: Reason
    created_at: datetime
    due_at: datetime
    claimed_at: datetime | None = None
    attempts: int = 0
    lapsed: bool = False
    """Whether a claim ended without a result: somebody may have heard."""
    settled_at: datetime | None = None
    result: AlarmResult | None = None
    message_id: str | None = None
    subject: str | None = None
    """What it was called when it was sent: later ones of its thread bear the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A planned time in which alarms are held back; verdicts go on."""

    id: SilenceId | None = None
    """None until the ledger has given it a number."""
    checks: str
    """The checks' names as a pattern: `*`, `Riverside*`."""
    from_at: datetime
    until_at: datetime | None
    """When it ends; None where it comes again for ever."""
    cron: str | None = None
    """When it comes again, each time for `lasting`; None for once."""
    lasting: timedelta | None = None
    timezone: str = "UTC"
    """On whose clocks `cron` goes."""
    words: str
    created_by: str
