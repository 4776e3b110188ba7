"""One synthetic message: its way, what was seen of it, and what we hold true."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watchdog.model.outcome import (
    CheckName,
    Evidence,
    Leg,
    MailboxName,
    Marker,
    Outcome,
    Place,
    Way,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One synthetic message put through a form, or into the mail, at a beat."""

    marker: Marker
    check: CheckName
    mailbox: MailboxName
    beat: datetime
    submitted_at: datetime
    """When the beat was claimed; the message leaves us right after."""
    expected: timedelta
    due_at: datetime
    """When the deadline ends."""
    way: Way = Way.FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the form, or the mail server, answered, as the ledger keeps it."""

    marker: Marker
    answered_at: datetime
    answer: str
    """`accepted`, `declined`, `blocked` or `unclear`."""
    words: str
    status: int | None
    url: str
    system: str
    evidence: Evidence = field(default_factory=dict)
    """What else was seen on the way to it: by a browser, say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The submission did not go out: why, and on which leg."""

    marker: Marker
    failed_at: datetime
    outcome: Outcome
    """`refused`, `unreachable`, `blocked` or `blind`."""
    leg: Leg
    words: str
    evidence: Evidence = field(default_factory=dict)
    """As that of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """What a browser showed when a submission had come to its end."""

    marker: Marker
    taken_at: datetime
    image: bytes
    """A JPEG, bounded."""


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
