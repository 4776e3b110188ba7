"""Real people's inquiries, the mails that may be theirs, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from watchdog.model.outcome import CheckName, Evidence, MailboxName

InquiryId = NewType("InquiryId", int)
MailId = NewType("MailId", int)


class InquiryStatus(StrEnum):
    """What became of an inquiry's message."""

    ARRIVED = "arrived"
    LATE = "late"
    JUNKED = "junked"
    MISFILED = "misfiled"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    """The same person wrote the same, and one of these messages arrived."""
    SPAM = "spam"
    """The site holds it for spam: possibly real."""
    PENDING = "pending"
    """Younger than the deadline: its message may still come."""
    UNVERIFIABLE = "unverifiable"
    """We could not look, or what we saw does not decide."""


MISSED = frozenset({InquiryStatus.MISSING, InquiryStatus.JUNKED})
"""What nobody reads, and so has a case: its message never came, or lies in spam."""

CAME = frozenset({InquiryStatus.ARRIVED, InquiryStatus.LATE})
"""What lies in the inbox."""

UNSEEN = frozenset({InquiryStatus.MISSING, InquiryStatus.UNVERIFIABLE})
"""What a log tells of, and no mail was seen that could be it."""


class Certainty(StrEnum):
    """How sure we are of a status."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A real person's message through a form, as the site's store has it."""

    id: InquiryId | None = None
    """None until the ledger has given it a number."""
    check: CheckName
    entry: str
    """The store's own number of it, unique within the check."""
    submitted_at: datetime
    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    message: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Everything that was filled in, by the form's labels."""
    form: str = ""
    page: str = ""
    is_spam: bool = False
    """Whether the site holds it for spam."""
    mail_failed: bool | None = None
    """Whether the site itself noted that its mail failed; None if it does not say."""
    mail_error: str = ""
    """Why, in the words of the site's mailer."""
    is_contentless: bool = False
    """Whether we know only that there was one (an access log)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A missed inquiry of which nobody has been told yet."""

    id: InquiryId
    check: CheckName
    submitted_at: datetime


class MailKind(StrEnum):
    """What a mail is, apart from what it says."""

    MESSAGE = "message"
    ANSWER = "answer"
    """It answers or forwards another; what it quotes proves no arrival by itself."""
    BOUNCE = "bounce"
    OURS = "ours"
    """A synthetic message, or another mail of our own making."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What matching knows of one mail: its header's facts and its text's traits.

    Kept in the ledger, so that a mail which the owner deletes later is still a
    witness, and its text, which is his, is not kept.
    """

    id: MailId | None = None
    """None until the ledger has given it a number."""
    mailbox: MailboxName
    folder: str
    role: str
    """The folder's: `inbox`, `spam`, `sent`, `drafts`, `trash` or `other`."""
    validity: int
    uid: int
    arrived_at: datetime
    seen_at: datetime
    """When we read it."""
    is_read: bool | None = None
    """Whether the owner had opened it by then; None if the mailbox does not say."""
    kind: MailKind = MailKind.MESSAGE
    is_automatic: bool = False
    """Whether it says that no person wrote it."""
    message_id: str = ""
    references: Sequence[str] = ()
    """What it answers, without angle brackets."""
    senders: Sequence[str] = ()
    """The addresses in From."""
    repliers: Sequence[str] = ()
    """The addresses in Reply-To."""
    recipients: Sequence[str] = ()
    """The addresses in To and Cc; of a bounce, whom it says it could not reach."""
    subject: str = ""
    traits: Sequence[int] = ()
    """Of the mail's own words; what they are made of is `rules.matching`'s business."""
    quoted_traits: Sequence[int] = ()
    """Of what it quotes or brings back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What we hold true of one inquiry, and why."""

    status: InquiryStatus
    certainty: Certainty
    evidence: Evidence
    mail: MailId | None = None
    """The mail that is its message."""
