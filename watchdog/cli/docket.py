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
from watchdog.rules.person import address_of
from watchdog.rules.plan import Obstacle, Planned
from watchdog.rules.recovered import Report
from watchdog.rules.recovery import Next, Patience, next_of

HEADING = ("No.", "State", "Waits", "Who", "Reach", "Wrote", "Next")
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

WHO, REACH, WROTE = 24, 34, 60
"""The widest that these columns get."""

GAP = 2
WORDS = HEADING.index("Wrote")

DO: Mapping[Next, str] = {
    Next.WRITE: "recover draft {case}",
    Next.CALL: "call, recover contacted {case}",
    Next.SEEK: "no way to reach them",
    Next.SEND: "send the draft",
    Next.WAIT: "wait",
    Next.FOLLOW_UP: "recover draft {case} --follow-up",
    Next.READ: "read their answer",
    Next.NOTHING: "",
}


def table(
    cases: Sequence[Missed], patience: Patience, *, now: datetime, width: int = 200
) -> str:
    """Return the cases as a table, in their order; what they wrote fills the width."""
    rows = [HEADING, *(_row(missed, patience, now=now) for missed in cases)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADING))]
    room = width - sum(widths) - GAP * (len(widths) - 1) + widths[WORDS]
    widths[WORDS] = max(min(widths[WORDS], room), len(HEADING[WORDS]))
    return "\n".join(
        (" " * GAP)
        .join(
            beginning(cell, most - 1).ljust(most)
            if len(cell) > most
            else cell.ljust(most)
            for cell, most in zip(row, widths, strict=True)
        )
        .rstrip()
        for row in rows
    )


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
    name, phone = who(missed), plain(beginning(missed.inquiry.phone, REACH))
    match planned.obstacle:
        case Obstacle.NO_ADDRESS if phone:
            return f"{name} left no usable address. Call {phone}: {_asked(missed)}"
        case Obstacle.NO_ADDRESS:
            return f"{name} left neither a usable address nor a number."
        case Obstacle.OVER:
            return f"{name} is {missed.case.state}. First: recover reopen …"
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


def report_text(report: Report, *, now: datetime) -> str:
    """Return the closing report in a few lines."""
    lines = [
        f"Missed: {report.missed}",
        f"Contacted: {report.contacted}, of whom {report.answered} answered",
        f"Dismissed: {report.dismissed}",
        f"Closed without a letter, mostly since the message was found: {report.found}",
        f"Still waiting: {report.waiting}",
    ]
    if report.median_time is not None and report.longest_time is not None:
        lines.append(
            f"Time to contact: half within {length(report.median_time)}, "
            f"the longest {length(report.longest_time)}"
        )
    if longest := report.longest_waiting:
        waits = length(now - longest.inquiry.submitted_at)
        lines.append(f"Waits longest: {who(longest)}, for {waits}")
    return "\n".join(lines)


def report_as_json(report: Report, *, now: datetime) -> Mapping[str, Any]:
    """Return what `recover report --json` prints; absent values are null."""
    longest = report.longest_waiting
    waits = now - longest.inquiry.submitted_at if longest else None
    return {
        "missed": report.missed,
        "contacted": report.contacted,
        "answered": report.answered,
        "dismissed": report.dismissed,
        "found": report.found,
        "waiting": report.waiting,
        "median_seconds": _seconds(report.median_time),
        "longest_seconds": _seconds(report.longest_time),
        "waits_longest": longest.case.id if longest else None,
        "waits_longest_seconds": _seconds(waits),
    }


def who(missed: Missed) -> str:
    """Return what to call somebody on a line, with the number of the case."""
    inquiry = missed.inquiry
    name = beginning(inquiry.name or inquiry.email or inquiry.phone, WHO)
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
    minutes = timedelta(minutes=max(time // timedelta(minutes=1), 0))
    return span(minutes) or "a moment"


def _asked(missed: Missed) -> str:
    """Return a slip for whoever calls: when they wrote, and what."""
    inquiry = missed.inquiry
    words = plain(beginning(f"{inquiry.subject} {inquiry.message}", WROTE * 2))
    return f"they wrote on {local(inquiry.submitted_at)}: {words or '(no words)'}"


def _row(missed: Missed, patience: Patience, *, now: datetime) -> Sequence[str]:
    case, inquiry = missed.case, missed.inquiry
    reach = address_of(inquiry.email) or inquiry.phone
    words = beginning(f"{inquiry.subject} {inquiry.message}", WROTE)
    is_open = case.state is CaseState.OPEN
    return [
        str(case.id),
        case.state.value,
        length(now - inquiry.submitted_at) if is_open else "",
        plain(beginning(inquiry.name, WHO)) or "-",
        plain(beginning(reach, REACH)) or "-",
        plain(words) or "-",
        DO[next_of(missed, patience, now=now)].format(case=case.id),
    ]


def _fit(cell: str, width: int) -> str:
    cut = cell if len(cell) <= width else beginning(cell, width - 1)
    return cut.ljust(width)


def _seconds(time: timedelta | None) -> float | None:
    return None if time is None else time.total_seconds()
