"""The measures as a table for people (Markdown), and as JSON for programs."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.measure import Measure

LATEST = Path(__file__).with_name("results") / "latest.json"
HEAD = ("claim", "ours", "beside", "ratio", "budget", "")


def table(measures: Sequence[Measure]) -> str:
    """Return a Markdown table: medians, in brackets the least and the most."""
    rows = [HEAD, *map(_row, measures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    rule = " | ".join("-" * max(width, 1) for width in widths)
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])


def write(measures: Sequence[Measure]) -> None:
    """Write every single cost to `results/latest.json`."""
    LATEST.parent.mkdir(exist_ok=True)
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "measures": [
            {**asdict(one), "value": one.value, "kept": one.kept} for one in measures
        ],
    }
    LATEST.write_text(json.dumps(told, indent=2) + "\n")


def _row(one: Measure) -> tuple[str, ...]:
    unit = "" if one.beside else f" {one.unit}"
    return (
        one.claim,
        _costs(one.ours, one.unit),
        _costs(one.beside, one.unit),
        f"{one.value:.2f}" if one.beside else "",
        f"{one.budget:g}{unit}",
        "kept" if one.kept else "missed",
    )


def _costs(costs: Sequence[float], unit: str) -> str:
    if not costs:
        return ""
    least, middle, most = (
        f"{cost:.3g}" if cost < 100 else f"{cost:.0f}"
        for cost in (min(costs), median(costs), max(costs))
    )
    return f"{middle} {unit} ({least} to {most})"
