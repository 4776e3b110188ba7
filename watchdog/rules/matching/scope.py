"""What is known of a check's mailbox when its inquiries are matched."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchdog.model import MailboxName


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far we can see into the mailbox of one check."""

    now: datetime
    deadline: timedelta
    """How long a message may take; beyond it, it is late."""
    mailbox: MailboxName
    seen_from: datetime
    """Mail that came before was never read."""
    seen_to: datetime | None
    """When the newest completed reading of every folder began; None if never."""
    watched_from: datetime | None
    """Since when mails are noted as they come, so that one which the owner deletes
    later is still known; None if never."""
