"""The facts that we keep, in the words of the glossary.

Frozen values: a change is a new fact.  Every `..._at` is an aware UTC datetime.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

CheckName = NewType("CheckName", str)
MailboxName = NewType("MailboxName", str)
ChannelName = NewType("ChannelName", str)
Marker = NewType("Marker", str)

Evidence = Mapping[str, str | int | float | bool | Sequence[str] | None]
"""What a probe kept to show why: small, flat, fit for JSON and for a person."""


class Health(StrEnum):
    """How well a check is, in the Nagios convention."""

    OK = "ok"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"

    @property
    def exit_code(self) -> int:
        """The exit code of a command that found this health."""
        return {"ok": 0, "warning": 1, "critical": 2, "unknown": 3}[self.value]


class Outcome(StrEnum):
    """What became of one submission."""

    DELIVERED = "delivered"
    LATE = "late"
    JUNKED = "junked"
    MISFILED = "misfiled"
    MISSING = "missing"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    BLIND = "blind"

    @property
    def health(self) -> Health:
        """What this outcome means for the check's health."""
        return HEALTH[self]


HEALTH: Mapping[Outcome, Health] = {
    Outcome.DELIVERED: Health.OK,
    Outcome.LATE: Health.WARNING,
    Outcome.JUNKED: Health.WARNING,
    Outcome.MISFILED: Health.WARNING,
    Outcome.MISSING: Health.CRITICAL,
    Outcome.BOUNCED: Health.CRITICAL,
    Outcome.REFUSED: Health.CRITICAL,
    Outcome.UNREACHABLE: Health.CRITICAL,
    Outcome.BLOCKED: Health.UNKNOWN,
    Outcome.BLIND: Health.UNKNOWN,
}

WORST_FIRST: Sequence[Health] = (
    Health.CRITICAL,
    Health.UNKNOWN,
    Health.WARNING,
    Health.OK,
)
"""Of several checks the worst counts: critical before unknown before warning."""


class Leg(StrEnum):
    """The legs of a message's way; a message is lost on the first one without proof."""

    SITE = "site"
    PAGE = "page"
    FORM = "form"
    ANSWER = "answer"
    MAIL = "mail"
    INBOX = "inbox"
    MAILBOX = "mailbox"
    """Not a leg of the message but of our sight: we could not look."""


class Place(StrEnum):
    """In what kind of folder an arrival was seen."""

    INBOX = "inbox"
    SPAM = "spam"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One synthetic message put through a form at a beat."""

    marker: Marker
    check: CheckName
    mailbox: MailboxName
    beat: datetime
    submitted_at: datetime
    """When the beat was claimed; the message leaves us right after."""
    expected: timedelta
    due_at: datetime
    """When the deadline ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the form answered, as the ledger keeps it."""

    marker: Marker
    answered_at: datetime
    answer: str
    """`accepted`, `declined`, `blocked` or `unclear`."""
    words: str
    status: int | None
    url: str
    system: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The submission did not go out: why, and on which leg."""

    marker: Marker
    failed_at: datetime
    outcome: Outcome
    """`refused`, `unreachable`, `blocked` or `blind`."""
    leg: Leg
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One completed reading of a mailbox."""

    mailbox: MailboxName
    looked_at: datetime
    """When the reading began: what came later, it cannot have seen."""
    everywhere: bool
    """True if every folder was read; only such a look can show absence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blindness:
    """A reading of a mailbox that failed."""

    mailbox: MailboxName
    failed_at: datetime
    words: str
    permanent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A marked message seen in a mailbox."""

    marker: Marker
    mailbox: MailboxName
    folder: str
    place: Place
    arrived_at: datetime
    """When the mail host took it."""
    seen_at: datetime
    """When we saw it."""
    validity: int
    uid: int
    evidence: Evidence = field(default_factory=dict)
    """Authentication results, hops, spam headers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A delivery status notification about one of our messages came back."""

    marker: Marker
    mailbox: MailboxName
    seen_at: datetime
    status: str
    """Enhanced status code (RFC 3463), as `5.1.1`, or empty."""
    words: str
    """The mail host's own reason, bounded."""
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that we know of one submission when it is judged."""

    submission: Submission
    answered: Answered | None = None
    failure: Failure | None = None
    arrival: Arrival | None = None
    bounce: Bounce | None = None
    looked_at: datetime | None = None
    """When the newest look into every folder began, if at or after `due_at`."""
    inbox_looked_at: datetime | None = None
    """When the newest look of any kind began."""
    blindness: Blindness | None = None
    """The newest failed reading of the mailbox, if no look has come after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What we hold true of one submission, and when we said so."""

    marker: Marker
    number: int = 1
    """2 where an arrival after the first verdict completes it."""
    check: CheckName
    outcome: Outcome
    judged_at: datetime
    leg: Leg | None
    """Where it was lost: the first leg without proof; None if nothing was lost."""
    cause: str
    advice: str
    latency: timedelta | None
    arrived_at: datetime | None
    folder: str | None
    evidence: Evidence


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
    RESOLVED = "resolved"
    BLIND = "blind"
    WARNING = "warning"
    """Messages still come, but something shows that soon they may not."""
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
