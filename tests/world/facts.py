"""Facts for tests: complete, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from watchdog.model import (
    Answered,
    Arrival,
    Bounce,
    CheckName,
    Failure,
    Leg,
    Look,
    MailboxName,
    Marker,
    Outcome,
    Place,
    Submission,
    Verdict,
)

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
OFFICE = MailboxName("office")
RIVERSIDE = CheckName("Riverside Studio contact form")
M1 = Marker("m1")


def after(**span: float) -> datetime:
    """Return a time so long after noon."""
    return NOON + timedelta(**span)


def submission(marker: str = M1, **changes: Any) -> Submission:
    """Return a submission of noon, due a quarter of an hour later."""
    fact = Submission(
        marker=Marker(marker),
        check=RIVERSIDE,
        mailbox=OFFICE,
        beat=NOON,
        submitted_at=NOON,
        expected=timedelta(minutes=2),
        due_at=after(minutes=15),
    )
    return replace(fact, **changes)


def answered(marker: str = M1, **changes: Any) -> Answered:
    """Return a friendly answer a second later."""
    fact = Answered(
        marker=Marker(marker),
        answered_at=after(seconds=1),
        answer="accepted",
        words="Thank you",
        status=200,
        url="https://riverside.example/thanks",
        system="form",
    )
    return replace(fact, **changes)


def failure(marker: str = M1, **changes: Any) -> Failure:
    """Return a page that was not there a second later."""
    fact = Failure(
        marker=Marker(marker),
        failed_at=after(seconds=1),
        outcome=Outcome.REFUSED,
        leg=Leg.PAGE,
        words="The page answered 404.",
    )
    return replace(fact, **changes)


def arrival(marker: str = M1, **changes: Any) -> Arrival:
    """Return an arrival in the inbox, half a minute later, seen ten seconds on."""
    fact = Arrival(
        marker=Marker(marker),
        mailbox=OFFICE,
        folder="INBOX",
        place=Place.INBOX,
        arrived_at=after(seconds=30),
        seen_at=after(seconds=40),
        validity=2**32 - 1,
        uid=2**32 - 1,
        evidence={"spf": "pass", "hops": ["a.example", "b.example"], "score": 0.5},
    )
    return replace(fact, **changes)


def bounce(marker: str = M1, **changes: Any) -> Bounce:
    """Return a bounce a minute later."""
    fact = Bounce(
        marker=Marker(marker),
        mailbox=OFFICE,
        seen_at=after(minutes=1),
        status="5.1.1",
        words="No such user",
        recipient="office@riverside.example",
    )
    return replace(fact, **changes)


def look(*, at: datetime, everywhere: bool = True) -> Look:
    """Return a look at the office's mailbox."""
    return Look(mailbox=OFFICE, looked_at=at, everywhere=everywhere)


def verdict(marker: str = M1, **changes: Any) -> Verdict:
    """Return `missing`, said a minute after the deadline."""
    fact = Verdict(
        marker=Marker(marker),
        check=RIVERSIDE,
        outcome=Outcome.MISSING,
        judged_at=after(minutes=16),
        leg=Leg.MAIL,
        cause="It is nowhere.",
        advice="Ask the mail host.",
        latency=None,
        arrived_at=None,
        folder=None,
        evidence={"marker": marker, "status": None},
    )
    return replace(fact, **changes)
