"""What an alarm says: first what it means for the business, last what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from watchdog.model import (
    Alarm,
    CheckName,
    Incident,
    IncidentKind,
    Leg,
    Outcome,
    Reason,
    Verdict,
)
from watchdog.rules.cause import span

MOST_CHECKS = 10
"""Forms that an alarm tells of one by one; of the others it gives the number."""

MEANING: Mapping[Outcome, str] = {
    Outcome.DELIVERED: "Messages from {forms} reach you.",
    Outcome.LATE: "Messages from {forms} reach you late.",
    Outcome.JUNKED: "Messages from {forms} land in your spam folder.",
    Outcome.MISFILED: "Messages from {forms} do not come into your inbox.",
    Outcome.MISSING: "Messages from {forms} do not reach you.",
    Outcome.BOUNCED: "Messages from {forms} do not reach you: they are returned.",
    Outcome.REFUSED: "People cannot write to you through {forms}.",
    Outcome.UNREACHABLE: "People cannot reach {forms}: the website does not answer.",
    Outcome.BLOCKED: (
        "We cannot tell whether messages from {forms} reach you: our tests are"
        " stopped; people may still get through."
    ),
    Outcome.BLIND: "We cannot see whether messages from {forms} reach you.",
}

OVER: Mapping[IncidentKind, str] = {
    IncidentKind.LOSS: "Messages from {forms} reach you again.",
    IncidentKind.REAL_LOSS: "No more messages from {forms} are known to be lost.",
    IncidentKind.WARNING: "What we warned of at {forms} is over.",
    IncidentKind.BLOCKED: "Our tests of {forms} get through again.",
    IncidentKind.BLIND: "We can see again whether messages from {forms} reach you.",
}

UNWATCHED = "{forms}: no longer watched. The trouble was not seen to end."

PREFIX: Mapping[Reason, str] = {
    Reason.REMINDER: "Still so: ",
    Reason.WORSE: "Worse now: ",
}

PLACE: Mapping[Leg, str] = {
    Leg.SITE: "on the way to the website",
    Leg.PAGE: "at the page of the form",
    Leg.FORM: "in the form",
    Leg.ANSWER: "when the form was sent",
    Leg.MAIL: "between the website and the mailbox",
    Leg.INBOX: "in the mailbox, beside the inbox",
    Leg.MAILBOX: "at the mailbox: we could not look",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One alarm in all its lengths."""

    subject: str
    text: str
    html: str
    short: str


Paragraph = tuple[str, str]
"""What it is about, and what it says."""


def words(
    alarm: Alarm,
    incident: Incident,
    troubles: Mapping[CheckName, Verdict],
    *,
    now: datetime,
    zone: tzinfo,
) -> Words:
    """Return what `alarm` says of its incident as it is now.

    `troubles` are the newest verdicts that show it, of the checks told one by one.
    """
    headline = _headline(alarm, incident)
    paragraphs = [
        *_warning(alarm, incident),
        *_since(incident, now, zone),
        *_forms(incident, troubles),
        *_details(alarm, troubles),
        *_acknowledging(alarm, incident),
    ]
    return _written(headline, paragraphs, short=_short(headline, incident, zone))


def drill() -> Words:
    """Return what a drill says: unmistakably that nothing is wrong."""
    headline = "This is only a drill: nothing is wrong."
    paragraph = ("Why", "It proves that alarms reach you by this way.")
    return _written(headline, [paragraph], short=headline)


def _headline(alarm: Alarm, incident: Incident) -> str:
    forms = _named(incident)
    if incident.kind is IncidentKind.WARNING and alarm.reason is not Reason.RESOLVED:
        return _line(incident.words)
    if alarm.reason is not Reason.RESOLVED:
        prefix = PREFIX.get(alarm.reason, "")
        return prefix + MEANING[incident.outcome].format(forms=forms)
    is_lossy = incident.kind is IncidentKind.LOSS
    if is_lossy and incident.window_to is None:
        return UNWATCHED.format(forms=forms)
    return OVER[incident.kind].format(forms=forms)


def _named(incident: Incident) -> str:
    first, *others = sorted(incident.checks)
    named = f"“{_line(first)}”"
    if not others:
        return named
    return f"{named} and {len(others)} other form{'s'[: len(others) > 1]}"


def _warning(alarm: Alarm, incident: Incident) -> Sequence[Paragraph]:
    """Say of a warning that nothing is lost yet, and what to do; or what it was."""
    if incident.kind is not IncidentKind.WARNING:
        return []
    if alarm.reason is Reason.RESOLVED:
        return [("Warned of", _line(incident.words))]
    return [
        ("Meanwhile", "Nothing is known to be lost yet."),
        ("What to do", _line(incident.advice)),
    ]


def _since(incident: Incident, now: datetime, zone: tzinfo) -> Sequence[Paragraph]:
    """Say how long it lasts, or lasted, and from when on messages may be lost."""
    until = incident.resolved_at or now
    began = f"{_at(incident.opened_at, zone)}, for {span(until - incident.opened_at)}"
    said = [("Noticed", f"{began}.")]
    if incident.window_from is None:
        return said
    sent = f"The last message that came well was sent {_at(incident.window_from, zone)}"
    if incident.window_to is None:
        return [*said, ("In doubt", f"{sent}; what was written since may be lost.")]
    first = f"the first one after it {_at(incident.window_to, zone)}"
    return [*said, ("In doubt", f"{sent}, {first}: between them, some may be lost.")]


def _forms(
    incident: Incident, troubles: Mapping[CheckName, Verdict]
) -> Sequence[Paragraph]:
    """Name the forms, where they are several."""
    if len(incident.checks) == 1:
        return []
    told = sorted(incident.checks)[:MOST_CHECKS]
    named = [
        f"{_line(check)} ({troubles[check].outcome.value})"
        if check in troubles
        else _line(check)
        for check in told
    ]
    if rest := len(incident.checks) - len(told):
        named.append(f"and {rest} more")
    return [("Forms", "; ".join(named) + ".")]


def _details(
    alarm: Alarm, troubles: Mapping[CheckName, Verdict]
) -> Sequence[Paragraph]:
    """Say where it was lost, what was seen, and what to do, each thing once."""
    newest = sorted(troubles.values(), key=lambda one: one.judged_at, reverse=True)
    said = [
        *((("Where", _lost(verdict.leg))) for verdict in newest if verdict.leg),
        *(("What we saw", _line(verdict.cause)) for verdict in newest),
    ]
    if alarm.reason is not Reason.RESOLVED:
        said += [("What to do", _line(verdict.advice)) for verdict in newest]
    return list(dict.fromkeys(said))


def _lost(leg: Leg) -> str:
    return f"{PLACE[leg].capitalize()}."


def _acknowledging(alarm: Alarm, incident: Incident) -> Sequence[Paragraph]:
    is_told_once = incident.kind is IncidentKind.WARNING
    if is_told_once or alarm.reason is Reason.RESOLVED or incident.acknowledged_at:
        return []
    known = f"contact-watchdog ack {incident.id}"
    return [("You know?", f"“{known}” ends the reminders.")]


def _short(headline: str, incident: Incident, zone: tzinfo) -> str:
    """Return the essence first, since what is too long for an SMS is cut."""
    begin, end = incident.opened_at, incident.resolved_at
    if end is None:
        return f"{headline} Since {_at(begin, zone)}. (#{incident.id})"
    return f"{headline} {_at(begin, zone)} to {_at(end, zone)}. (#{incident.id})"


def _written(headline: str, paragraphs: Sequence[Paragraph], *, short: str) -> Words:
    lines = [headline, "", *(f"{about}: {said}\n" for about, said in paragraphs)]
    rows = "".join(
        f"<p><b>{escape(about)}:</b> {escape(said)}</p>" for about, said in paragraphs
    )
    return Words(
        subject=headline,
        text="\n".join(lines),
        html=(
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            f"<title>{escape(headline)}</title>"
            f"<h1 style='font-size:1.2em'>{escape(headline)}</h1>{rows}</html>"
        ),
        short=short,
    )


def _at(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def _line(text: str) -> str:
    """Return `text` on one line: servers' words are in it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
