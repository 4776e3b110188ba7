"""Inquiries and mails made by hand, for tests of how they are matched."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from watchdog.model import (
    CheckName,
    Finding,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Mail,
    MailboxName,
    MailId,
)
from watchdog.rules.matching import Scope, match, traits

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
CHECK = CheckName("studio")
OFFICE = MailboxName("office")
SITE = "web@studio.example"
ANNA = "anna@example.org"
TEXT = "Do you take photographs at weddings in October, and what does a whole day cost?"
OTHER = "My invoice of last week names the wrong street; would you kindly correct it?"

_numbers = count(1)


def inquiry(text: str = TEXT, **facts: Any) -> Inquiry:
    """Return Anna's inquiry at noon, unless `facts` say otherwise."""
    number = next(_numbers)
    told = {
        "id": InquiryId(number),
        "check": CHECK,
        "entry": f"{8000 + number}",
        "submitted_at": NOON,
        "name": "Anna Probe",
        "email": ANNA,
        "message": text,
    }
    return Inquiry(**(told | facts))


def mail(text: str = "", *, minutes: float = 1, quoted: str = "", **facts: Any) -> Mail:
    """Return a mail that came so long after noon."""
    number = next(_numbers)
    at = NOON + timedelta(minutes=minutes)
    told = {
        "id": MailId(number),
        "mailbox": OFFICE,
        "folder": "INBOX",
        "role": "inbox",
        "validity": 1,
        "uid": number,
        "arrived_at": at,
        "seen_at": at,
        "message_id": f"{number}@studio.example",
        "senders": (SITE,),
        "recipients": ("office@studio.example",),
        "traits": traits(f"{facts.get('subject', '')}\n{text}"),
        "quoted_traits": traits(quoted),
    }
    return Mail(**(told | facts))


def notice(one: Inquiry, *, minutes: float = 1, **facts: Any) -> Mail:
    """Return the site's mail about an inquiry."""
    text = f"Name: {one.name}\nEmail: {one.email}\nMessage: {one.message}"
    after = (one.submitted_at - NOON) / timedelta(minutes=1)
    told = {"subject": "New message", "repliers": (one.email,) if one.email else ()}
    return mail(text, minutes=after + minutes, **(told | facts))


def scope(**facts: Any) -> Scope:
    """Return a mailbox that was watched for weeks, and read to its end just now."""
    told = {
        "now": NOON + timedelta(days=10),
        "deadline": timedelta(minutes=15),
        "mailbox": OFFICE,
        "seen_from": NOON - timedelta(days=60),
        "seen_to": NOON + timedelta(days=10),
        "watched_from": NOON - timedelta(days=60),
    }
    return Scope(**(told | facts))


def finding(one: Inquiry, *mails: Mail, beside: tuple[Inquiry, ...] = ()) -> Finding:
    """Return what became of `one`, in a mailbox that was watched."""
    assert one.id is not None
    return match([one, *beside], mails, {CHECK: scope()})[one.id]


def status(
    one: Inquiry, *mails: Mail, beside: tuple[Inquiry, ...] = ()
) -> InquiryStatus:
    """Return its status alone."""
    return finding(one, *mails, beside=beside).status
