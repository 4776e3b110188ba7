"""The recovery desk as people, scripts and spreadsheets want to read it; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

from watchdog.cli.streams import plain
from watchdog.cli.times import local, stamp
from watchdog.model import CaseState, Missed
from watchdog.rules.cause import span
from watchdog.rules.one_line import beginning
from watchdog.rules.plan import Obstacle, Planned
from watchdog.rules.recovery import Patience, next_of

COLUMNS = (
    "case",
    "state",
    "check",
    "submitted_at",
    "name",
    "email",
    "phone",
    "subject",
    "message",
    "status",
    "contacted_at",
    "answered_at",
    "ended_at",
    "next",
)

MOST_NAME = 24
MOST_NUMBER = 34
MOST_ASKED = 120
"""Signs, on a line."""


def summary(cases: Sequence[Missed]) -> str:
    """Return in a sentence how many wait."""
    count = sum(missed.case.state is CaseState.OPEN for missed in cases)
    if not count:
        return "Nobody waits for you."
    return "1 person waits for you." if count == 1 else f"{count} people wait for you."


def as_json(missed: Missed, patience: Patience, *, now: datetime) -> Mapping[str, Any]:
    """Return an element of `recover list --json`; absent values are null."""
    case, inquiry = missed.case, missed.inquiry
    return {
        "case": case.id,
        "state": case.state,
        "check": inquiry.check,
        "id": inquiry.entry,
        "submitted_at": stamp(inquiry.submitted_at),
        "name": inquiry.name or None,
        "email": inquiry.email or None,
        "phone": inquiry.phone or None,
        "subject": inquiry.subject or None,
        "message": inquiry.message or None,
        "status": missed.status,
        "opened_at": stamp(case.opened_at),
        "contacted_at": stamp(case.contacted_at),
        "answered_at": stamp(case.answered_at),
        "ended_at": stamp(case.ended_at),
        "next": next_of(missed, patience, now=now),
        "steps": [
            {
                "done_at": stamp(step.done_at),
                "kind": step.kind,
                "by": step.by,
                "words": step.words,
            }
            for step in missed.steps
        ],
    }


def cells(missed: Missed, patience: Patience, *, now: datetime) -> Sequence[str]:
    """Return a row for spreadsheets, under `COLUMNS`."""
    told = as_json(missed, patience, now=now)
    return [str(told[column] or "") for column in COLUMNS]


def why_not(planned: Planned) -> str:
    """Return why somebody gets no letter, and what to do instead."""
    missed, other = planned.missed, planned.other
    name, phone = who(missed), plain(beginning(missed.inquiry.phone, MOST_NUMBER))
    match planned.obstacle:
        case Obstacle.NO_ADDRESS if phone:
            return f"{name} left no usable address. Call {phone}: {_asked(missed)}"
        case Obstacle.NO_ADDRESS:
            return f"{name} left neither a usable address nor a number."
        case Obstacle.OVER:
            return f"{name} is {missed.case.state}. First: recover reopen …"
        case Obstacle.NO_MAILBOX:
            return (
                f"{name} wrote to a check that the configuration names no more: its "
                "mailbox is unknown. Write the letter into a folder: --eml FOLDER."
            )
        case Obstacle.NOT_CONTACTED:
            return f"{name} has no first letter yet, as far as we know."
        case Obstacle.ANSWERED:
            return f"{name} has written back: answer that. (Else: --again.)"
        case Obstacle.SAME_PERSON if other:
            return (
                f"{name} seems to be the same person as {who(other)}: one letter is "
                "enough. (Else: --again.)"
            )
        case _:
            return f"{name} has a letter already. (Another: --again.)"


def letter_text(raw: bytes) -> str:
    """Return a letter as a person reads it."""
    mail = message_from_bytes(raw, policy=default)
    head = [f"{key}: {mail[key]}" for key in ("From", "To", "Subject")]
    body = mail.get_content().splitlines()
    return "\n".join(plain(one) for one in [*head, "", *body, "", "-" * 72])


def who(missed: Missed) -> str:
    """Return what to call somebody on a line, with the number of the case."""
    inquiry = missed.inquiry
    name = beginning(inquiry.name or inquiry.email or inquiry.phone, MOST_NAME)
    return plain(f"{name or 'somebody without a name'} (case {missed.case.id})")


def history(missed: Missed) -> Sequence[str]:
    """Return what was done about a case, a line each."""
    return [
        plain(f"{local(step.done_at)}: {step.kind}, by {step.by}. {step.words}")
        for step in missed.steps
    ]


def length(time: timedelta) -> str:
    """Return how long somebody waits, in the largest unit that says enough."""
    days = time // timedelta(days=1)
    if days > 1:
        return f"{days} days"
    unit = (
        timedelta(minutes=1) if time >= timedelta(minutes=1) else timedelta(seconds=1)
    )
    return span(max(time // unit, 1) * unit)


def _asked(missed: Missed) -> str:
    """Return a slip for whoever calls: when they wrote, and what."""
    inquiry = missed.inquiry
    words = plain(beginning(f"{inquiry.subject} {inquiry.message}", MOST_ASKED))
    return f"they wrote on {local(inquiry.submitted_at)}: {words or '(no words)'}"
