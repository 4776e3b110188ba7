"""The form's own mail to its visitor about one submission: awaited, and maybe seen."""

from dataclasses import dataclass
from datetime import datetime

from watchdog.model.outcome import CheckName, MailboxName, Marker, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the visitor is to get; where it has come, also when and where it came."""

    marker: Marker
    check: CheckName
    mailbox: MailboxName
    """The one that takes the visitor's mail."""
    submitted_at: datetime
    due_at: datetime
    """When it should have come."""
    folder: str | None = None
    place: Place | None = None
    arrived_at: datetime | None = None
    """When the mail host took it; None while it has not been seen."""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A reply, and what is known of why it may not have come."""

    reply: Reply
    is_taken: bool
    """Whether the form has taken the message, as far as we know."""
    looked_at: datetime | None
    """When the newest look into every folder of its mailbox began."""
