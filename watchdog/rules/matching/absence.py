"""What we hold true of an inquiry for which there is no mail."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchdog.model import Certainty, Evidence, Finding, Inquiry, InquiryStatus
from watchdog.rules.matching.decision import DAY
from watchdog.rules.matching.scope import Scope

NEAR = 14 * DAY
AROUND = 7 * DAY
MOST_OF_AN_ERROR = 200
"""Characters of what a mailer said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivors:
    """The mails that a mailbox still holds: when they came, oldest first."""

    all: Sequence[float]
    of_form: Sequence[float]
    """Those that are messages of the same check's other inquiries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What else is known of an inquiry without a mail."""

    bounced: bool
    """A bounce brings its message back."""
    rivals: Sequence[str]
    """Entries that look the same, and got the mail that could have been its own."""


def absent(
    inquiry: Inquiry, scope: Scope, survivors: Survivors, hints: Hints
) -> Finding:
    """Return `missing`, or why we cannot say so.

    `missing` needs a reading of every folder after the deadline, and a sign that
    the mail would still be there, had it come: that we have watched since
    before, or that the mailbox keeps such mails.
    """
    if inquiry.is_spam:
        return _finding(
            InquiryStatus.SPAM,
            Certainty.LIKELY,
            "The site holds it for spam, and sent no mail that we could find.",
        )
    due_at = inquiry.submitted_at + scope.deadline
    if scope.now < due_at:
        return _finding(
            InquiryStatus.PENDING, Certainty.CERTAIN, "Its message may still come."
        )
    if scope.seen_to is not None and scope.seen_to < due_at:
        return _finding(
            InquiryStatus.PENDING,
            Certainty.CERTAIN,
            "The mailbox has not been read since its message was due.",
        )
    certainty, why = _certainty(inquiry, scope, survivors)
    if inquiry.mail_failed:
        certainty, why = Certainty.CERTAIN, _noted(inquiry.mail_error)
    if hints.bounced and certainty is not Certainty.CERTAIN:
        certainty = Certainty.LIKELY
    if certainty is None:
        return _finding(InquiryStatus.UNVERIFIABLE, Certainty.POSSIBLE, why)
    if inquiry.is_contentless:
        certainty = Certainty.POSSIBLE
    elif hints.rivals and certainty is Certainty.CERTAIN:
        certainty = Certainty.LIKELY
    return _missing(certainty, why, scope.seen_to, hints)


def _certainty(
    inquiry: Inquiry, scope: Scope, survivors: Survivors
) -> tuple[Certainty | None, str]:
    if scope.seen_to is None:
        return None, "The mailbox was never read to its end."
    if inquiry.submitted_at < scope.seen_from:
        return None, "Mail of that time was never read."
    if scope.watched_from is not None and scope.watched_from <= inquiry.submitted_at:
        return Certainty.CERTAIN, "Every mail since then was noted as it came."
    at = inquiry.submitted_at.timestamp()
    kept = _between(survivors.of_form, at - NEAR, at + NEAR)
    if kept:
        return Certainty.LIKELY, (
            f"The mails of {kept} other inquiries of those days are still there."
        )
    if _between(survivors.of_form, 0.0, at):
        return Certainty.LIKELY, "Mails of older inquiries are still there."
    if _between(survivors.all, at - AROUND, at + AROUND):
        return Certainty.POSSIBLE, (
            "Other mail of those days is there, but none of this form's."
        )
    return None, (
        "No mail of that time is there: it may have come, and been deleted"
        " before we looked."
    )


def _between(times: Sequence[float], first: float, last: float) -> int:
    return bisect_right(times, last) - bisect_left(times, first)


def _noted(error: str) -> str:
    words = " ".join(error.split())[:MOST_OF_AN_ERROR].rstrip(".")
    because = f": {words}" if words else ""
    return f"The site noted that its mail failed{because}."


def _missing(
    certainty: Certainty, why: str, seen_to: datetime | None, hints: Hints
) -> Finding:
    looked = f" (read {seen_to:%Y-%m-%d %H:%M} UTC)" if seen_to else ""
    because = [f"No folder holds its message{looked}.", why]
    if hints.bounced:
        because.append("A bounce brings its message back.")
    evidence: Evidence = {"because": because, "rivals": list(hints.rivals)}
    return Finding(status=InquiryStatus.MISSING, certainty=certainty, evidence=evidence)


def _finding(status: InquiryStatus, certainty: Certainty, why: str) -> Finding:
    return Finding(status=status, certainty=certainty, evidence={"because": [why]})
