"""Who was missed, as people read it on a terminal; pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import typer

from watchdog.account import Account, is_done
from watchdog.cli import missed_numbers
from watchdog.cli.folding import folded
from watchdog.cli.times import ago, local
from watchdog.cli.verdicts import SIGNS
from watchdog.model import Certainty, Health, Inquiry, InquiryStatus, Traced
from watchdog.rules.one_line import beginning, one_line
from watchdog.rules.window import Window

MOST_LISTED = 100
"""In one group; files have them all."""
MOST_CONTACT = 100
MOST_WORDS = 200
MOST_REASONS = 3

HEADINGS = {
    Certainty.CERTAIN: "Missing, for certain",
    Certainty.LIKELY: "Missing, most likely",
    Certainty.POSSIBLE: "Missing, perhaps",
}
OTHERS = {
    InquiryStatus.JUNKED: "In the spam folder, where nobody reads",
    InquiryStatus.MISFILED: "In another folder than the inbox",
    InquiryStatus.UNVERIFIABLE: "Nobody can tell of these: write to them if in doubt",
    InquiryStatus.SPAM: "Held for spam by the site, possibly real",
}
REST = {
    InquiryStatus.PENDING: "May still come",
    InquiryStatus.LATE: "Came late",
    InquiryStatus.DUPLICATE: "Sent twice, and came once",
    InquiryStatus.ARRIVED: "Arrived",
}
"""Shown with `--all` alone."""

KEEP = (
    "its inquiries are not kept where we can read them. Have the site keep them, and"
    " name the place under [check.store]: see docs/missed.md."
)


def as_text(account: Account, *, every: bool) -> str:
    """Return the whole picture; with `every`, each inquiry is in it."""
    first, *more = summary(account)
    lines = [f"{SIGNS[account.health]} {first}"]
    numbers = missed_numbers.sentences(account)
    lines += folded(*more, *window_lines(account.window), *numbers)
    for heading, found in groups(account, every=every):
        if found:
            lines += ["", typer.style(f"{heading} ({len(found)})", bold=True)]
            for one in found[:MOST_LISTED]:
                lines += _entry(one, account.now)
            rest = len(found) - MOST_LISTED
            if rest > 0:
                lines.append(f"  … and {rest} more: --csv and --html list them all.")
    return "\n".join(lines)


def troubles(account: Account) -> Iterator[str]:
    """Yield what could not be seen, a sentence each."""
    for unread in account.unread:
        names = ", ".join(f"“{one_line(name)}”" for name in unread.checks)
        what = "store" if unread.is_store else "mailbox"
        yield f"The {what} of {names} cannot be read: {one_line(unread.sentence)}"
    for name in account.without_store:
        yield f"Of “{one_line(name)}” nobody can say who was missed: {KEEP}"


def summary(account: Account) -> Iterator[str]:
    """Yield in sentences how many were missed, and what became of the others."""
    counts = account.counts
    waiting, total = len(account.waiting), _inquiries(len(account.traced))
    if waiting:
        people = "1 person was" if waiting == 1 else f"{waiting} people were"
        yield f"{people} missed, of {total}."
    elif account.health is Health.UNKNOWN:
        yield "Nobody can tell if somebody was missed: we could not see all."
    elif account.traced:
        yield f"Nobody was missed, of {total}."
    else:
        yield "No inquiry of that time is in the store, so none is known to be missed."
    told = [f"{count} {status}" for status, count in counts.items() if count]
    if told:
        yield f"Of all: {', '.join(told)}."
    done = counts[InquiryStatus.MISSING] - waiting
    if done:
        yield f"Of the missing, {done} are closed or dismissed."


def window_lines(window: Window) -> Iterator[str]:
    """Yield when messages were lost: as far as it is proven, and as it is possible."""
    if window.proven_from is None:
        return
    begin = local(window.proven_from)
    if window.possible_from is None:
        since = "We know of nothing that arrived before."
    else:
        since = f"Perhaps since {local(window.possible_from)}, when one still arrived."
    if window.proven_to is None:
        yield f"Lost since {begin}; after the last of them nothing has arrived. {since}"
    else:
        yield f"Lost from {begin} to {local(window.proven_to)}, for certain. {since}"


def reach(inquiry: Inquiry) -> str:
    """Return how to reach the person, as they wrote it."""
    told = [beginning(each, MOST_CONTACT) for each in (inquiry.email, inquiry.phone)]
    return ", ".join(filter(None, told)) or "no way to reach them"


def _inquiries(count: int) -> str:
    return "1 inquiry" if count == 1 else f"{count} inquiries"


def groups(account: Account, *, every: bool) -> Iterator[tuple[str, Sequence[Traced]]]:
    """Yield the headings, each with its inquiries, in the order of their urgency."""
    for certainty, heading in HEADINGS.items():
        yield (
            heading,
            [
                one
                for one in account.traced
                if one.status is InquiryStatus.MISSING
                if one.finding and one.finding.certainty is certainty
                if every or not is_done(one)
            ],
        )
    for status, heading in (OTHERS | REST if every else OTHERS).items():
        yield heading, [one for one in account.traced if one.status is status]


def _entry(traced: Traced, now: datetime) -> Iterator[str]:
    """Yield the lines of one inquiry: who, when, how to reach, what, and why."""
    inquiry = traced.inquiry
    name = beginning(inquiry.name, MOST_CONTACT) or "(no name)"
    when = f"{local(inquiry.submitted_at)}, {ago(now - inquiry.submitted_at)}"
    case = f" · case {traced.case.id}, {traced.case.state}" if traced.case else ""
    yield from folded(f"{name} · {when}{case}")
    check = f"{one_line(inquiry.check)}, {beginning(inquiry.entry, MOST_CONTACT)}"
    yield from folded(f"{reach(inquiry)} ({check})", indent=4)
    words = beginning(inquiry.message or inquiry.subject, MOST_WORDS)
    if words:
        yield from folded(f"“{words}”", indent=4)
    yield from folded(" ".join(reasons(traced)[:MOST_REASONS]), indent=4)


def reasons(traced: Traced) -> Sequence[str]:
    """Return why we hold it so, in sentences."""
    because = traced.finding.evidence.get("because") if traced.finding else None
    if isinstance(because, str):
        return [one_line(because)]
    if isinstance(because, Sequence):
        return [one_line(str(each)) for each in because]
    return []
