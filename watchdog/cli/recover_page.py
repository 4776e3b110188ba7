"""The report as a page to print: complete in itself, and fetching nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import escape

from watchdog.cli.docket import length, who
from watchdog.cli.times import local
from watchdog.rules.recovered import Report

STEPS: Sequence[tuple[str, timedelta]] = (
    ("within an hour", timedelta(hours=1)),
    ("4 hours", timedelta(hours=4)),
    ("a day", timedelta(days=1)),
    ("3 days", timedelta(days=3)),
    ("a week", timedelta(days=7)),
    ("later", timedelta.max),
)
"""How soon people were contacted, in the steps of the plot."""

BAR, GAP, HEIGHT, FOOT = 84, 12, 160, 40
"""Of the plot, in units of its own."""

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p.when { color: #555; margin: 0 0 1.5rem; }
dl { display: grid; grid-template-columns: 1fr auto; margin: 0; }
dt, dd { margin: 0; padding: .25rem 0; border-bottom: 1px solid #ddd; }
dd { padding-left: 1rem; text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: #1a1a1a; text-anchor: middle; }
svg rect { fill: #2f6fa7; }
svg line { stroke: #888; }
@media print { body { margin: 0; max-width: none; } }
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(report: Report, *, now: datetime) -> str:
    """Return the report as HTML, every word of others escaped."""
    rows = "".join(
        f"<dt>{escape(about)}</dt><dd>{escape(said)}</dd>"
        for about, said in _figures(report, now)
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Missed inquiries</title><style>{STYLE}</style></head><body>"
        f'<h1>Missed inquiries</h1><p class="when">As of {escape(local(now))}</p>'
        f"<dl>{rows}</dl>{_plot(report.times)}</body></html>\n"
    )


def _figures(report: Report, now: datetime) -> Iterator[tuple[str, str]]:
    yield "Missed", str(report.missed)
    yield "Contacted", str(report.contacted)
    yield "Answered", str(report.answered)
    yield "Dismissed", str(report.dismissed)
    yield "Closed without a letter", str(report.found)
    yield "Still waiting", str(report.waiting)
    if report.median_time is not None and report.longest_time is not None:
        yield "Half were contacted within", length(report.median_time)
        yield "The longest time to contact", length(report.longest_time)
    if longest := report.longest_waiting:
        waits = length(now - longest.inquiry.submitted_at)
        yield "Waits longest", f"{who(longest)}, {waits}"


def _plot(times: Sequence[timedelta]) -> str:
    """Return how many were contacted how soon, as bars."""
    if not times:
        return "<p>Nobody was contacted yet.</p>"
    counts, before = [], timedelta(-1)
    for _, limit in STEPS:
        counts.append(sum(before < time <= limit for time in times))
        before = limit
    bars = "".join(
        _bar(place, name, count, max(counts))
        for place, ((name, _), count) in enumerate(zip(STEPS, counts, strict=True))
    )
    width = len(STEPS) * (BAR + GAP)
    return (
        "<h2>How long people had to wait until they were contacted</h2>"
        f'<svg viewBox="0 0 {width} {HEIGHT + FOOT}" role="img" '
        f'aria-label="{escape(_in_words(counts))}">{bars}'
        f'<line x1="0" x2="{width}" y1="{HEIGHT}" y2="{HEIGHT}"/></svg>'
    )


def _bar(place: int, name: str, count: int, most: int) -> str:
    height = round((HEIGHT - FOOT) * count / most)
    left, top = place * (BAR + GAP) + GAP // 2, HEIGHT - height
    middle = left + BAR // 2
    return (
        f'<rect x="{left}" y="{top}" width="{BAR}" height="{height}"/>'
        f'<text x="{middle}" y="{top - 6}">{count or ""}</text>'
        f'<text x="{middle}" y="{HEIGHT + 18}">{escape(name)}</text>'
    )


def _in_words(counts: Sequence[int]) -> str:
    parts = [f"{name}: {count}" for (name, _), count in zip(STEPS, counts, strict=True)]
    return ", ".join(parts)
