"""What recovery came to, as people and scripts want to read it; pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from watchdog.cli.docket import length, who
from watchdog.rules.recovered import Report


def as_text(report: Report, *, now: datetime) -> str:
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


def as_json(report: Report, *, now: datetime) -> Mapping[str, Any]:
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


def _seconds(time: timedelta | None) -> float | None:
    return None if time is None else time.total_seconds()
