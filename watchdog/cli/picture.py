"""How things stand, as people and scripts want to read it; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from watchdog.cli.folding import folded
from watchdog.cli.streams import plain
from watchdog.cli.times import ago, local, stamp
from watchdog.cli.verdicts import SIGNS
from watchdog.model import Diagnosis, Health, Incident, IncidentId, IncidentKind
from watchdog.overview import CheckOverview, Overview
from watchdog.rules.cause import span
from watchdog.rules.diagnosis.sentences import NAMES
from watchdog.rules.replies import Replies, ReplyState
from watchdog.rules.standing import is_up_to_widget

# Told apart by their shape too: not everybody sees colours.
BLOCKS = {
    Health.OK: typer.style("▁", fg="green"),
    Health.WARNING: typer.style("▄", fg="yellow"),
    Health.CRITICAL: typer.style("█", fg="red"),
    Health.UNKNOWN: typer.style("?", fg="magenta"),
    None: typer.style("·", dim=True),
}
LEGEND = "The last 24 hours: ▁ well  ▄ late or misplaced  █ lost  ? cannot tell  · none"


def as_text(overview: Overview) -> str:
    """Return the whole picture."""
    lines = [line for check in overview.checks for line in _check(check, overview)]
    lines += ["", LEGEND, ""]
    lines += [incident_line(*one) for one in _diagnosed(overview)] or [
        "There is no open incident."
    ]
    return "\n".join([*lines, *_drills(overview), *_ourselves(overview)])


def as_json(overview: Overview) -> Mapping[str, Any]:
    """Return what `status --json` prints; absent values are null."""
    daemon = overview.daemon
    return {
        "health": overview.health,
        "checks": [_check_as_json(check) for check in overview.checks],
        "incidents": [incident_as_json(*one) for one in _diagnosed(overview)],
        "untold_alarms": overview.untold,
        "daemon": {
            "is_running": overview.is_watched,
            "seen_at": stamp(daemon.seen_at if daemon else None),
            "started_at": stamp(daemon.started_at if daemon else None),
            "trouble": (daemon.trouble if daemon else "") or None,
        },
        "drills": [
            {
                "channel": channel,
                "sent_at": stamp(last.sent_at if last else None),
                "result": last.result if last else None,
            }
            for channel, last in overview.drills.items()
        ],
    }


def _diagnosed(overview: Overview) -> Iterator[tuple[Incident, Diagnosis | None]]:
    for incident in overview.incidents:
        yield incident, overview.diagnoses.get(incident.id or IncidentId(0))


def incident_line(incident: Incident, diagnosis: Diagnosis | None = None) -> str:
    """Return one incident in a line, if the terminal is wide enough."""
    begun = f"since {local(incident.opened_at)}"
    if incident.resolved_at:
        begun = f"from {local(incident.opened_at)} to {local(incident.resolved_at)}"
    known = f", acknowledged by {incident.acknowledged_by}"
    checks = plain(", ".join(sorted(incident.checks)))
    is_real = incident.kind is IncidentKind.REAL_LOSS
    lost = "real inquiries lost" if is_real else incident.outcome.value
    what = plain(incident.words.rstrip(".")) or lost
    said = f"Incident {incident.id}: {checks}: {what} {begun}"
    if incident.acknowledged_at:
        said += plain(known)
    if diagnosis and (cause := diagnosis.conclusion.cause):
        said += f"; {diagnosis.conclusion.sureness}: {NAMES[cause]}"
    first, *more = folded(said)
    return "\n".join([f"{SIGNS[incident.health]} {first.lstrip()}", *more])


def incident_as_json(
    incident: Incident, diagnosis: Diagnosis | None = None
) -> Mapping[str, Any]:
    """Return one element of what `incidents --json` prints."""
    conclusion = diagnosis.conclusion if diagnosis else None
    return {
        "id": incident.id,
        "kind": incident.kind,
        "checks": sorted(incident.checks),
        "outcome": incident.outcome,
        "health": incident.health,
        "opened_at": stamp(incident.opened_at),
        "acknowledged_at": stamp(incident.acknowledged_at),
        "acknowledged_by": incident.acknowledged_by,
        "resolved_at": stamp(incident.resolved_at),
        "window_from": stamp(incident.window_from),
        "window_to": stamp(incident.window_to),
        "words": incident.words or None,
        "advice": incident.advice or None,
        "cause_name": conclusion.cause if conclusion else None,
        "sureness": conclusion.sureness if conclusion else None,
    }


def _check(check: CheckOverview, overview: Overview) -> Iterator[str]:
    yield f"{SIGNS[check.health]} {plain(check.check)}"
    yield f"  {''.join(BLOCKS[block] for block in check.blocks)}"
    proof = "never yet delivered"
    if check.proof and check.proof.arrived_at and check.proof.latency is not None:
        when = ago(overview.seen_at - check.proof.arrived_at)
        proof = f"last delivered {when}, in {span(check.proof.latency)}"
    if check.latest and is_up_to_widget(check.latest):
        proof = "well up to the form's guard, and no delivery is tested"
    yield f"  {proof}; next beat {local(check.next_beat)}"
    if check.replies:
        yield f"  {_replies(check.replies, overview)}"


def _replies(replies: Replies, overview: Overview) -> str:
    if replies.newest is ReplyState.ABSENT:
        return "the newest visitor got no reply"
    if replies.came is None or replies.came.arrived_at is None:
        return "no visitor got a reply yet"
    when = ago(overview.seen_at - replies.came.arrived_at)
    return f"last reply to a visitor {when}, in “{plain(replies.came.folder or '')}”"


def _drills(overview: Overview) -> Iterator[str]:
    """Say of each channel whether it was proven to reach anybody."""
    if overview.drills and not any(overview.drills.values()):
        yield "No drill has proven yet that alarms come: `contact-watchdog drill`."
        return
    for channel, last in overview.drills.items():
        if last is None:
            yield f"{plain(channel)} was never drilled."
            continue
        when = ago(overview.seen_at - last.sent_at)
        words = f"Last drill of {plain(channel)}: {last.result}, {when}."
        is_well = last.result.health is Health.OK
        yield words if is_well else typer.style(words, fg="red")


def _ourselves(overview: Overview) -> Iterator[str]:
    if overview.untold:
        words = "Alarms could not be told to anybody: look after the channels."
        yield typer.style(words, fg="red", bold=True)
    daemon = overview.daemon
    if daemon is None:
        yield "The daemon has never run: `contact-watchdog run` starts it."
    elif daemon.stopped_at:
        stopped = ago(overview.seen_at - daemon.stopped_at)
        yield f"The daemon is not running: it was stopped {stopped}."
    elif not overview.is_watched:
        seen = ago(overview.seen_at - daemon.seen_at)
        yield typer.style(f"The daemon is not running: last seen {seen}.", fg="red")
    if overview.is_watched and daemon and daemon.trouble:
        yield typer.style(
            f"The daemon is in trouble: {plain(daemon.trouble)}", fg="red"
        )


def _check_as_json(check: CheckOverview) -> Mapping[str, Any]:
    proof = check.proof
    latency = proof.latency if proof else None
    replies = check.replies
    came = replies.came if replies else None
    return {
        "check": check.check,
        "health": check.health,
        "last_outcome": check.latest.outcome if check.latest else None,
        "last_judged_at": stamp(check.latest.judged_at if check.latest else None),
        "last_delivered_at": stamp(proof.arrived_at if proof else None),
        "latency_seconds": None if latency is None else latency.total_seconds(),
        "next_beat": stamp(check.next_beat),
        "reply": replies.newest if replies else None,
        "last_reply_at": stamp(came.arrived_at if came else None),
        "last_reply_folder": came.folder if came else None,
        "last_24_hours": list(check.blocks),
    }
