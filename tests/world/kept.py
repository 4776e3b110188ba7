"""Inquiries and mails as the ledger keeps them: complete, for tests of all kinds."""

from dataclasses import replace
from typing import Any

from tests.world.facts import NOON, OFFICE, RIVERSIDE, after
from watchdog.model import (
    Certainty,
    Finding,
    Inquiry,
    InquiryStatus,
    Mail,
    MailBookmark,
    StoreBookmark,
)


def inquiry(entry: str = "1", **changes: Any) -> Inquiry:
    """Return what Ada wrote at noon."""
    fact = Inquiry(
        check=RIVERSIDE,
        entry=entry,
        submitted_at=NOON,
        name="Ada Byron",
        email="ada@visitor.example",
        phone="+44 20 7946 0001",
        message="Do you have room for a wedding in May?",
        fields={"Your name": "Ada Byron"},
    )
    return replace(fact, **changes)


def store_bookmark(cursor: str = "1", **changes: Any) -> StoreBookmark:
    """Return how far the store of Riverside is read: all since the day before."""
    fact = StoreBookmark(
        check=RIVERSIDE,
        source="flamingo",
        since=after(days=-1),
        cursor=cursor,
        read_at=after(hours=1),
    )
    return replace(fact, **changes)


def mail(uid: int = 1, **changes: Any) -> Mail:
    """Return the mail that Ada's inquiry became, half a minute later."""
    fact = Mail(
        mailbox=OFFICE,
        folder="INBOX",
        role="inbox",
        validity=1,
        uid=uid,
        arrived_at=after(seconds=30),
        seen_at=after(minutes=1),
        message_id=f"{uid}@riverside.example",
        references=("thread@riverside.example",),
        senders=("site@riverside.example",),
        repliers=("ada@visitor.example",),
        recipients=("office@riverside.example",),
        subject="New message",
        traits=(0, 2**32 - 1),
    )
    return replace(fact, **changes)


def mail_bookmark(next_uid: int = 2, **changes: Any) -> MailBookmark:
    """Return how far the inbox is read: all since the day before."""
    fact = MailBookmark(
        mailbox=OFFICE,
        folder="INBOX",
        validity=1,
        next_uid=next_uid,
        since=after(days=-1),
        read_at=after(hours=1),
        watched_from=None,
    )
    return replace(fact, **changes)


def finding(status: str = "missing", **changes: Any) -> Finding:
    """Return what was found of an inquiry."""
    fact = Finding(
        status=InquiryStatus(status),
        certainty=Certainty.CERTAIN,
        evidence={"looked_to": NOON.isoformat(), "folders": ["INBOX", "Junk"]},
    )
    return replace(fact, **changes)
