"""The tables of inquiries, the mails that may be theirs, and cases."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
)

from watchdog.ledger.columns import Json, Numbers, Texts, Utc, Word, Words
from watchdog.ledger.tables import METADATA
from watchdog.model import CaseState, Certainty, InquiryStatus, MailKind, StepKind

# How far a check's store is read, and since when: one row a check.
store_bookmark = Table(
    "store_bookmark",
    METADATA,
    Column("check", Words, primary_key=True),
    Column("source", Words, nullable=False),
    Column("since", Utc, nullable=False),
    Column("cursor", Words, nullable=False),
    Column("read_at", Utc),
)

# Likewise how far each folder is read for the mails of real people: apart from
# `bookmark`, which tells where our own messages are to be looked for.
mail_bookmark = Table(
    "mail_bookmark",
    METADATA,
    Column("mailbox", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("validity", BigInteger, nullable=False),
    Column("next_uid", BigInteger, nullable=False),
    Column("since", Utc, nullable=False),
    Column("read_at", Utc),
    Column("watched_from", Utc),
    PrimaryKeyConstraint("mailbox", "folder"),
)

mail = Table(
    "mail",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("mailbox", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("arrived_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("is_read", Boolean),
    Column("kind", Word(MailKind), nullable=False),
    Column("is_automatic", Boolean, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("references", Texts, nullable=False),
    Column("senders", Texts, nullable=False),
    Column("repliers", Texts, nullable=False),
    Column("recipients", Texts, nullable=False),
    Column("subject", Words, nullable=False),
    Column("traits", Numbers, nullable=False),
    Column("quoted_traits", Numbers, nullable=False),
    UniqueConstraint("mailbox", "folder", "validity", "uid"),
    Index(None, "mailbox", "arrived_at"),
    Index(None, "arrived_at"),
)

inquiry = Table(
    "inquiry",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("check", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("submitted_at", Utc, nullable=False),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("phone", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("fields", Json, nullable=False),
    Column("form", Words, nullable=False),
    Column("page", Words, nullable=False),
    Column("is_spam", Boolean, nullable=False),
    Column("mail_failed", Boolean),
    Column("mail_error", Words, nullable=False, server_default=""),
    Column("is_contentless", Boolean, nullable=False),
    # What we hold true of it now; null until it was matched for the first time.
    Column("status", Word(InquiryStatus)),
    Column("certainty", Word(Certainty)),
    Column("evidence", Json, nullable=False),
    Column("mail", ForeignKey("mail.id", ondelete="SET NULL"), index=True),
    Column("matched_at", Utc),
    # The trouble in which it was missed; null until that was told, or if it was not.
    Column("incident", ForeignKey("incident.id"), index=True),
    UniqueConstraint("check", "entry"),
    Index(None, "check", "submitted_at"),
    Index(None, "check", "status", "submitted_at"),
    Index(None, "email"),
    Index("inquiry_age", "submitted_at"),
)
_untold = and_(inquiry.c.status == InquiryStatus.MISSING, inquiry.c.incident.is_(None))
Index(None, inquiry.c.submitted_at, sqlite_where=_untold)

# A number is never given again, also where the newest case is purged: the owner's
# notes, files and letters name it.
case = Table(
    "case",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "inquiry",
        ForeignKey("inquiry.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("state", Word(CaseState), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("contacted_at", Utc),
    Column("answered_at", Utc),
    Column("ended_at", Utc),
    # Since when somebody is putting a letter into the mailbox.
    Column("drafting_at", Utc),
    Index(None, "contacted_at"),
    Index(None, "ended_at"),
    sqlite_autoincrement=True,
)
_waiting = case.c.ended_at.is_(None)
Index(None, case.c.opened_at, sqlite_where=_waiting)

case_step = Table(
    "case_step",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "case",
        ForeignKey("case.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("done_at", Utc, nullable=False),
    Column("kind", Word(StepKind), nullable=False),
    Column("by", Words, nullable=False),
    Column("words", Words, nullable=False),
)
