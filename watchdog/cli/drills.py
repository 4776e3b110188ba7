"""What a drill showed, as people and scripts want to read it; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from watchdog.cli.folding import folded
from watchdog.cli.streams import plain
from watchdog.cli.times import local, stamp
from watchdog.cli.verdicts import SIGNS, worst
from watchdog.drill import Drilled
from watchdog.model import Health

HEADINGS = ("channel", "ladder", "sent", "result")


def as_text(drilled: Sequence[Drilled]) -> str:
    """Return a table: a row for each channel, and below it what was seen."""
    rows = [_cells(one) for one in drilled]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    lines = [f"  {_row(HEADINGS, widths)}"]
    for one, cells in zip(drilled, rows, strict=True):
        lines.append(f"{SIGNS[one.proof.result.health]} {_row(cells, widths)}")
        lines += folded(plain(one.proof.words))
    return "\n".join(lines)


def as_json(drilled: Drilled) -> Mapping[str, Any]:
    """Return one element of what `drill --json` prints."""
    return {
        "channel": drilled.channel,
        "ladders": list(drilled.ladders),
        "sent_at": stamp(drilled.sent_at),
        "result": drilled.proof.result,
        "health": drilled.proof.result.health,
        "words": drilled.proof.words,
    }


def health_of(drilled: Sequence[Drilled]) -> Health:
    """Return the worst health that was found."""
    return worst(one.proof.result.health for one in drilled)


def _cells(drilled: Drilled) -> Sequence[str]:
    ladders = ", ".join(drilled.ladders) or "-"
    cells = (drilled.channel, ladders, local(drilled.sent_at), drilled.proof.result)
    return [plain(cell) for cell in cells]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_padded(cells, widths)).rstrip()


def _padded(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for cell, width in zip(cells, widths, strict=True):
        yield cell.ljust(width)
