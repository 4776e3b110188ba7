"""The recovery desk on a terminal: a table, or a list where it is too narrow; pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from watchdog.cli.docket import length
from watchdog.cli.streams import plain
from watchdog.model import CaseState, Missed
from watchdog.rules.one_line import beginning
from watchdog.rules.person import address_of
from watchdog.rules.recovery import Next, Patience, next_of

HEADING = ("No.", "State", "Waits", "Who", "Reach", "Wrote", "Next")
WORDS = HEADING.index("Wrote")

WHO, REACH, WROTE = 24, 34, 60
"""The widest that these columns get, in cells of a terminal."""

GAP = 2
FEWEST = 16
"""Cells of what they wrote, without which a table says too little."""

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
    """Return the cases in their order, no line wider than `width` cells.

    What they wrote fills the width; where none is left for it, each is a few lines.
    """
    rows = [HEADING, *(_row(missed, patience, now=now) for missed in cases)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    room = width - sum(widths) - GAP * (len(widths) - 1) + widths[WORDS]
    if room < min(widths[WORDS], FEWEST):
        return "\n".join(line for row in rows[1:] for line in _block(row, width))
    widths[WORDS] = min(widths[WORDS], room)
    return "\n".join((" " * GAP).join(map(_fit, row, widths)).rstrip() for row in rows)


def _block(row: Sequence[str], width: int) -> Iterator[str]:
    """Yield the lines that tell of a case without columns."""
    number, state, waits, name, reach, words, do = row
    first = [f"{number}  {state}", *([f"waits {waits}"] if waits else [])]
    head = ", ".join([*first, *([do] if do else [])])
    yield _cut(head, width)
    for line in (f"{name}, {reach}", words):
        yield _cut(f"   {line}", width)


def _row(missed: Missed, patience: Patience, *, now: datetime) -> Sequence[str]:
    case, inquiry = missed.case, missed.inquiry
    reach = address_of(inquiry.email) or inquiry.phone
    words = beginning(f"{inquiry.subject} {inquiry.message}", WROTE)
    is_open = case.state is CaseState.OPEN
    return [
        str(case.id),
        case.state.value,
        length(now - inquiry.submitted_at) if is_open else "",
        _cut(plain(beginning(inquiry.name, WHO)), WHO) or "-",
        _cut(plain(beginning(reach, REACH)), REACH) or "-",
        plain(words) or "-",
        DO[next_of(missed, patience, now=now)].format(case=case.id),
    ]


def _fit(text: str, width: int) -> str:
    """Return a text that takes so many cells: East Asian signs take two each."""
    return set_cell_size(_cut(text, width), width)


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return f"{set_cell_size(text, width - 1).rstrip()}…"
