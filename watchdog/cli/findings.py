"""What the doctor found, as people and scripts want to read it; pure."""

from collections.abc import Iterator, Mapping, Sequence

from watchdog.cli.folding import folded
from watchdog.cli.streams import plain
from watchdog.cli.verdicts import SIGNS, worst
from watchdog.doctor import Examined
from watchdog.model import Health
from watchdog.rules.finding import Finding


def as_json(examined: Examined) -> Iterator[Mapping[str, str | None]]:
    """Yield the elements of what `doctor --json` prints; absent values are null."""
    for finding in examined.findings:
        yield {
            "section": examined.section,
            "subject": finding.subject,
            "health": finding.health,
            "sentence": finding.sentence,
            "mend": finding.mend,
        }


def as_text(examined: Examined) -> str:
    """Return one section: each finding, and its mend."""
    lines = [line for finding in examined.findings for line in _lines(finding)]
    return "\n".join([plain(examined.section), *lines])


def summary(told: Sequence[Examined]) -> str:
    """Return the last line: how much there is to do."""
    healths = [finding.health for part in told for finding in part.findings]
    doubts = healths.count(Health.WARNING)
    faults = len(healths) - doubts - healths.count(Health.OK)
    counted = [
        f"{count} {'thing' if count == 1 else 'things'} to {do}"
        for count, do in ((faults, "mend"), (doubts, "look at"))
        if count
    ]
    return f"{', '.join(counted)}." if counted else "All is well."


def health_of(told: Sequence[Examined]) -> Health:
    """Return the worst health that was found."""
    return worst(finding.health for part in told for finding in part.findings)


def _lines(finding: Finding) -> Iterator[str]:
    """Yield its lines.  Hosts' own words may hold what a terminal would obey."""
    said = plain(f"{finding.subject}: {finding.sentence}")
    first, *more = folded(said, indent=4)
    yield f"  {SIGNS[finding.health]} {first.lstrip()}"
    yield from more
    if finding.mend:
        yield from folded(plain(f"Mend: {finding.mend}"), indent=4)
