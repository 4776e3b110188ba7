"""One incident, with what shows its trouble, as people and scripts want to read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from watchdog.cli.folding import folded
from watchdog.cli.picture import incident_as_json, incident_line
from watchdog.cli.streams import plain
from watchdog.model import CheckName, Incident, Screenshot, Verdict
from watchdog.rules.glimpse import glimpse


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An incident, the newest verdicts that show it, and what a browser showed."""

    incident: Incident
    troubles: Mapping[CheckName, Verdict]
    screenshot: Screenshot | None


def as_text(shown: Shown) -> str:
    """Return the incident, and under it the trouble of each of its checks."""
    return "\n".join([incident_line(shown.incident), *_lines(shown)])


def as_json(shown: Shown) -> Mapping[str, Any]:
    """Return the element of what `incidents N --json` prints."""
    return {
        **incident_as_json(shown.incident),
        "troubles": [_trouble(verdict) for verdict in shown.troubles.values()],
        "has_screenshot": shown.screenshot is not None,
    }


def _lines(shown: Shown) -> Iterator[str]:
    for check, verdict in shown.troubles.items():
        told = (verdict.cause, *glimpse(verdict.evidence))
        yield from folded(plain(check))
        for sentence in (*told, f"What to do: {verdict.advice}"):
            yield from folded(plain(sentence), indent=4)
    if shown.screenshot is not None:
        command = f"contact-watchdog incidents {shown.incident.id} --screenshot FILE"
        yield f"  See for yourself: {command}"


def _trouble(verdict: Verdict) -> Mapping[str, Any]:
    return {
        "check": verdict.check,
        "outcome": verdict.outcome,
        "cause": verdict.cause,
        "advice": verdict.advice,
        "evidence": verdict.evidence,
    }
