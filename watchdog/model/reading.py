"""How far we have read stores and mailboxes, and what we hold true of an inquiry."""

from dataclasses import dataclass
from datetime import datetime

from watchdog.model.inquiry import Finding, Inquiry, InquiryStatus
from watchdog.model.outcome import CheckName, MailboxName
from watchdog.model.recovery import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreBookmark:
    """How far a check's store is read: what was submitted since then, to a cursor."""

    check: CheckName
    source: str
    """Which store it is: a cursor of another one tells nothing."""
    since: datetime
    cursor: str
    read_at: datetime | None
    """When the newest reading to the store's end began; None if there was none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailBookmark:
    """How far a folder is read for the mails of real people.

    The ledger has each mail that arrived since then and is numbered below `next_uid`.
    """

    mailbox: MailboxName
    folder: str
    validity: int
    next_uid: int
    since: datetime
    read_at: datetime | None
    """When the newest reading to the folder's end began; None if there was none yet."""
    watched_from: datetime | None
    """Since when it is read so often that hardly a mail is deleted in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An inquiry, what we hold true of it, and its case if it was missed."""

    inquiry: Inquiry
    finding: Finding | None = None
    """None until it was matched for the first time."""
    matched_at: datetime | None = None
    """Since when we hold it true."""
    case: Case | None = None

    @property
    def status(self) -> InquiryStatus | None:
        """What became of it, if we know."""
        return None if self.finding is None else self.finding.status
