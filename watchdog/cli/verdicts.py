"""Verdicts as people, scripts and Nagios want to read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import typer

from watchdog.cli.folding import folded
from watchdog.model import WORST_FIRST, Health, Outcome, Submission, Verdict
from watchdog.rules.cause import span
from watchdog.rules.guard_cause import EXEMPTED
from watchdog.rules.replies import REPLY_ADVICE, ReplyState, health_with_reply
from watchdog.rules.standing import is_up_to_widget

Checked = tuple[Submission, Verdict | None]

SIGNS = {
    Health.OK: typer.style("✓", fg="green"),
    Health.WARNING: typer.style("!", fg="yellow"),
    Health.CRITICAL: typer.style("✗", fg="red"),
    Health.UNKNOWN: typer.style("?", fg="magenta"),
}
WAITING = typer.style("…", fg="cyan")


def worst(found: Iterable[Health]) -> Health:
    """Return the health that counts: critical before unknown before warning."""
    known = set(found)
    return next((health for health in WORST_FIRST if health in known), Health.OK)


def health_of(checked: Sequence[Checked]) -> Health:
    """Return the worst health that was found; nothing is bad that is only open."""
    return worst(health_with_reply(verdict) for _, verdict in checked if verdict)


def as_json(submission: Submission, verdict: Verdict | None) -> Mapping[str, Any]:
    """Return one element of what `check --json` prints; absent values are null."""
    latency = verdict.latency if verdict else None
    return {
        "check": submission.check,
        "outcome": verdict.outcome if verdict else None,
        "health": health_with_reply(verdict) if verdict else None,
        "submitted_at": _stamp(submission.submitted_at),
        "arrived_at": _stamp(verdict.arrived_at if verdict else None),
        "latency_seconds": None if latency is None else latency.total_seconds(),
        "folder": verdict.folder if verdict else None,
        "stage": verdict.leg if verdict else None,
        "cause": verdict.cause if verdict else None,
        "advice": verdict.advice if verdict else None,
        "evidence": verdict.evidence if verdict else None,
    }


def as_text(submission: Submission, verdict: Verdict | None) -> str:
    """Return what a person reads: a line if all is well, else why and what to do."""
    if verdict is None:
        return f"{WAITING} {submission.check}: sent, and not looked for yet"
    sign = SIGNS[health_with_reply(verdict)]
    line = f"{sign} {verdict.check}: {_in_short(verdict)}"
    if verdict.outcome is Outcome.DELIVERED:
        limit = folded(EXEMPTED) if verdict.evidence.get("exempted") else ()
        advice = REPLY_ADVICE.get(str(verdict.evidence.get("reply")))
        todo = folded("What to do: " + advice) if advice else ()
        return "\n".join([line, *limit, *todo])
    return "\n".join([line, *folded(verdict.cause, "What to do: " + verdict.advice)])


def as_nagios(checked: Sequence[Checked]) -> str:
    """Return the plugin output: a line of summary, performance data, then details.

    Format: Nagios Plugin Development Guidelines, "Plugin Output for Nagios" and
    "Performance data".
    """
    bad = [v for _, v in checked if v and health_with_reply(v) is not Health.OK]
    good = sum(verdict is not None for _, verdict in checked) - len(bad)
    told = [f"{verdict.check}: {_in_short(verdict)}" for verdict in bad]
    summary = _plain("; ".join(told) or f"{good} of {len(checked)} delivered")
    figures = " ".join(_figure(*one) for one in checked)
    details = [_plain(f"{v.check}: {v.cause} {v.advice}") for v in bad]
    health = health_of(checked).value.upper()
    return "\n".join([f"CONTACT FORM {health} - {summary} | {figures}", *details])


def _in_short(verdict: Verdict) -> str:
    """Return the outcome in a few words, and what became of the visitor's reply."""
    return f"{_outcome(verdict)}{_reply(verdict)}"


def _reply(verdict: Verdict) -> str:
    match verdict.evidence.get("reply"):
        case ReplyState.CAME:
            return ", and the visitor got a reply"
        case ReplyState.JUNKED:
            folder = verdict.evidence.get("reply_folder")
            return f", but the reply to the visitor lies in “{folder}”"
        case ReplyState.ABSENT:
            return ", but no reply came to the visitor"
        case ReplyState.PENDING:
            return ", the reply to the visitor is still awaited"
        case _:
            return ""


def _outcome(verdict: Verdict) -> str:
    took = "" if verdict.latency is None else span(verdict.latency)
    match verdict.outcome:
        case Outcome.DELIVERED:
            return f"delivered to the inbox in {took}"
        case Outcome.LATE:
            return f"late, it took {took}"
        case Outcome.JUNKED | Outcome.MISFILED:
            return f"{verdict.outcome.value} in “{verdict.folder}” after {took}"
        case Outcome.BLOCKED if is_up_to_widget(verdict):
            return "well up to the form's guard, and no delivery is tested"
        case _:
            return verdict.outcome.value


def _figure(submission: Submission, verdict: Verdict | None) -> str:
    label = _plain(submission.check).replace("'", "''").replace("=", " ")
    latency = verdict.latency if verdict else None
    value = "U" if latency is None else f"{latency.total_seconds():.3f}s"
    expected = submission.expected.total_seconds()
    deadline = (submission.due_at - submission.submitted_at).total_seconds()
    return f"'{label}'={value};{expected:g};{deadline:g};0"


def _plain(text: str) -> str:
    """Nagios cuts at a bar and at a line break, which sites' words may hold."""
    return " ".join(text.replace("|", "/").split())


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
