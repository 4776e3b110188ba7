"""What the doctor finds, and what is bad enough to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchdog.model import Health

SOON = timedelta(days=14)
"""Renewals by ACME happen 30 days before the end: by then several have failed."""

GREYLISTED = timedelta(minutes=5)
"""For so long a mail host may put off a sender that it does not know (RFC 6647)."""

LITTLE_ROOM = 500_000_000
NO_ROOM = 50_000_000
"""Bytes on the disk of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: how it is, and how to mend it if it is not well."""

    subject: str
    health: Health
    sentence: str
    mend: str | None = None


def well(subject: str, sentence: str) -> Finding:
    """Return that all is well with `subject`."""
    return Finding(subject=subject, health=Health.OK, sentence=sentence)


def doubtful(subject: str, sentence: str, mend: str) -> Finding:
    """Return that `subject` works, but should be looked at."""
    return Finding(subject=subject, health=Health.WARNING, sentence=sentence, mend=mend)


def broken(subject: str, sentence: str, mend: str) -> Finding:
    """Return that `subject` does not work."""
    return Finding(
        subject=subject, health=Health.CRITICAL, sentence=sentence, mend=mend
    )


def of_certificate(
    subject: str, *, not_after: datetime, issuer: str, now: datetime
) -> Finding:
    """Return whether a trusted certificate will be so for long enough."""
    left = not_after - now
    until = f"valid until {not_after:%Y-%m-%d}, {_days(left)}; signed by {issuer}"
    if left >= SOON:
        return well(subject, f"The certificate is {until}.")
    return doubtful(
        subject,
        f"The certificate is only {until}.",
        "Renew it now, and find out why it was not renewed by itself.",
    )


def of_deadline(subject: str, *, deadline: timedelta) -> Iterator[Finding]:
    """Yield a doubt where a deadline leaves no time for greylisting."""
    if deadline < GREYLISTED:
        yield doubtful(
            subject,
            "The deadline is shorter than the minutes for which a mail host may put "
            "off a sender it does not know: such a message would be called missing.",
            'Write deadline = "15m", or what you know to be long enough.',
        )


def of_room(subject: str, *, free: int) -> Finding:
    """Return whether the disk has room for a ledger, by its free bytes."""
    told = f"{free / 1e6:,.0f} MB are free on its disk."
    if free >= LITTLE_ROOM:
        return well(subject, told)
    make = doubtful if free >= NO_ROOM else broken
    return make(
        subject, f"Only {told}", "Make room: what cannot be written is not watched."
    )


def _days(left: timedelta) -> str:
    return "1 more day" if left.days == 1 else f"{left.days} more days"
