"""Verdicts as people, scripts and Nagios want to read them; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from watchdog.model import WORST_FIRST, Health, Outcome, Submission, Verdict
from watchdog.rules.cause import span

Checked = tuple[Submission, Verdict]

_NAGIOS = {
    Health.OK: "OK",
    Health.WARNING: "WARNING",
    Health.CRITICAL: "CRITICAL",
    Health.UNKNOWN: "UNKNOWN",
}


def worst(checked: Sequence[Checked]) -> Health:
    """Return the health that counts: critical before unknown before warning."""
    found = {verdict.outcome.health for _, verdict in checked}
    return next((health for health in WORST_FIRST if health in found), Health.OK)


def as_json(submission: Submission, verdict: Verdict) -> Mapping[str, Any]:
    """Return one element of what `check --json` prints; absent values are null."""
    return {
        "check": verdict.check,
        "outcome": verdict.outcome,
        "health": verdict.outcome.health,
        "submitted_at": _stamp(submission.submitted_at),
        "arrived_at": _stamp(verdict.arrived_at),
        "latency_seconds": verdict.latency and verdict.latency.total_seconds(),
        "folder": verdict.folder,
        "stage": verdict.leg,
        "cause": verdict.cause,
        "advice": verdict.advice,
        "evidence": verdict.evidence,
    }


def as_sentence(verdict: Verdict) -> str:
    """Return the outcome in a few words, after the check's name."""
    took = span(verdict.latency) if verdict.latency is not None else ""
    match verdict.outcome:
        case Outcome.DELIVERED:
            return f"delivered to the inbox in {took}"
        case Outcome.LATE:
            return f"late: it took {took}"
        case Outcome.JUNKED | Outcome.MISFILED:
            return f"{verdict.outcome.value} into “{verdict.folder}” after {took}"
        case _:
            return verdict.outcome.value


def as_nagios(checked: Sequence[Checked]) -> str:
    """Return the plugin output: a line of summary, performance data, then details.

    Format: Nagios Plugin Development Guidelines, "Plugin Output" and
    "Performance data".
    """
    health = _NAGIOS[worst(checked)]
    bad = [verdict for _, verdict in checked if verdict.outcome.health is not Health.OK]
    summary = "; ".join(f"{_plain(v.check)}: {as_sentence(v)}" for v in bad)
    if not bad:
        summary = f"{len(checked)} delivered"
    perfdata = " ".join(_perfdata(*one) for one in checked)
    details = [f"{_plain(v.check)}: {_plain(v.cause)} {_plain(v.advice)}" for v in bad]
    return "\n".join(
        [f"CONTACT FORM {health} - {_plain(summary)} | {perfdata}", *details]
    )


def _perfdata(submission: Submission, verdict: Verdict) -> str:
    label = _plain(verdict.check).replace("'", "''").replace("=", " ")
    value = f"{verdict.latency.total_seconds():.3f}s" if verdict.latency else "U"
    expected = submission.expected.total_seconds()
    deadline = (submission.due_at - submission.submitted_at).total_seconds()
    return f"'{label}'={value};{expected:g};{deadline:g};0"


def _plain(text: str) -> str:
    """Nagios cuts at a bar and at a line break, which sites' words may hold."""
    return " ".join(text.replace("|", "/").split())


def _stamp(moment: datetime | None) -> str | None:
    return moment and moment.isoformat()
