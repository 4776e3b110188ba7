"""One incident, with what shows its trouble, as people and scripts want to read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from watchdog.cli.folding import folded
from watchdog.cli.picture import incident_as_json, incident_line
from watchdog.cli.streams import plain
from watchdog.cli.times import stamp
from watchdog.model import (
    CheckName,
    Diagnosis,
    Incident,
    IncidentKind,
    Screenshot,
    Verdict,
)
from watchdog.rules.diagnosis.telling import advice, reason
from watchdog.rules.glimpse import glimpse


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An incident, the newest verdicts that show it, and what a browser showed."""

    incident: Incident
    troubles: Mapping[CheckName, Verdict]
    diagnosis: Diagnosis | None
    may_try: bool
    """Whether trials may be sent to find the cause."""
    screenshot: Screenshot | None


def as_text(shown: Shown) -> str:
    """Return the incident, and under it the trouble of each of its checks."""
    return "\n".join([incident_line(shown.incident), *_lines(shown)])


def as_json(shown: Shown) -> Mapping[str, Any]:
    """Return the element of what `incidents N --json` prints."""
    return {
        **incident_as_json(shown.incident, shown.diagnosis),
        "diagnosis": _diagnosis(shown.diagnosis) if shown.diagnosis else None,
        "troubles": [_trouble(verdict) for verdict in shown.troubles.values()],
        "has_screenshot": shown.screenshot is not None,
    }


def _lines(shown: Shown) -> Iterator[str]:
    is_advised = shown.diagnosis and shown.diagnosis.conclusion.cause
    is_blocked = shown.incident.kind is IncidentKind.BLOCKED
    for check, verdict in shown.troubles.items():
        yield from folded(plain(check))
        for sentence in (verdict.cause, *glimpse(verdict.evidence)):
            yield from folded(plain(sentence), indent=4)
        if is_blocked or not is_advised:
            yield from folded(plain(f"What to do: {verdict.advice}"), indent=4)
    yield from _why(shown)
    if shown.screenshot is not None:
        command = f"contact-watchdog incidents {shown.incident.id} --screenshot FILE"
        yield f"  See for yourself: {command}"


def _why(shown: Shown) -> Iterator[str]:
    """Yield the cause, and where the text for a support desk is found."""
    if shown.diagnosis is None:
        return
    conclusion = shown.diagnosis.conclusion
    yield from folded("Cause")
    yield from folded(plain(reason(conclusion)), indent=4)
    if best := advice(conclusion):
        yield from folded(plain(f"What to do: {best}"), indent=4)
    elif not shown.may_try:
        more = "Trials may show it: see `diagnose` in the configuration."
        yield from folded(more, indent=4)
    command = f"contact-watchdog incidents {shown.incident.id} --support"
    yield f"  For a support desk: {command}"


def _diagnosis(diagnosis: Diagnosis) -> Mapping[str, Any]:
    conclusion = diagnosis.conclusion
    return {
        "check": diagnosis.check,
        "cause_name": conclusion.cause,
        "sureness": conclusion.sureness,
        "suspects": list(conclusion.suspects),
        "cause": reason(conclusion),
        "advice": advice(conclusion) or None,
        "evidence": conclusion.evidence,
        "diagnosed_at": stamp(diagnosis.diagnosed_at),
    }


def _trouble(verdict: Verdict) -> Mapping[str, Any]:
    return {
        "check": verdict.check,
        "outcome": verdict.outcome,
        "cause": verdict.cause,
        "advice": verdict.advice,
        "evidence": verdict.evidence,
    }
