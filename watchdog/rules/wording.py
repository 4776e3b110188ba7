"""What an alarm says: first what it means for the business, last what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from watchdog.model import Alarm, CheckName, Incident, IncidentKind, Reason, Verdict
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.sentences import MEANING, OVER, PLACE, PREFIX, UNWATCHED

MOST_SIGNS = 2_000
"""Of one thing that others said, an alarm tells so much."""

MOST_CHECKS = 10
"""Forms that an alarm tells of one by one; of the others it gives the number."""


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
    texts: Catalogue = ENGLISH,
) -> Words:
    """Return what `alarm` says of its incident as it is now.

    `troubles` are the newest verdicts that show it, of the checks told one by one.
    """
    headline = _headline(alarm, incident, texts)
    paragraphs = [
        *_warning(alarm, incident, texts),
        *_since(incident, now, zone, texts),
        *_forms(incident, troubles, texts),
        *_details(alarm, troubles, texts),
        *_acknowledging(alarm, incident, texts),
    ]
    short = _short(headline, incident, zone, texts)
    return _written(headline, paragraphs, short, texts)


def drill(texts: Catalogue = ENGLISH) -> Words:
    """Return what a drill says: unmistakably that nothing is wrong."""
    headline = texts.say("This is only a drill: nothing is wrong.")
    why = texts.say("It proves that alarms reach you by this way.")
    return _written(headline, [(texts.say("Why"), why)], headline, texts)


def _headline(alarm: Alarm, incident: Incident, texts: Catalogue) -> str:
    forms = _named(incident, texts)
    if incident.kind is IncidentKind.WARNING and alarm.reason is not Reason.RESOLVED:
        return _line(incident.words)
    if alarm.reason is not Reason.RESOLVED:
        said = texts.say(MEANING[incident.outcome], forms=forms)
        return texts.say(PREFIX.get(alarm.reason, "{said}"), said=said)
    is_lossy = incident.kind is IncidentKind.LOSS
    if is_lossy and incident.window_to is None:
        return texts.say(UNWATCHED, forms=forms)
    return texts.say(OVER[incident.kind], forms=forms)


def _named(incident: Incident, texts: Catalogue) -> str:
    first, *others = sorted(incident.checks)
    count = len(others)
    if count == 0:
        return texts.say("“{form}”", form=_line(first))
    if count == 1:
        return texts.say("“{form}” and 1 other form", form=_line(first))
    return texts.say("“{form}” and {count} other forms", form=_line(first), count=count)


def _warning(alarm: Alarm, incident: Incident, texts: Catalogue) -> Sequence[Paragraph]:
    """Say of a warning that nothing is lost yet, and what to do; or what it was."""
    if incident.kind is not IncidentKind.WARNING:
        return []
    if alarm.reason is Reason.RESOLVED:
        return [(texts.say("Warned of"), _line(incident.words))]
    return [
        (texts.say("Meanwhile"), texts.say("Nothing is known to be lost yet.")),
        (texts.say("What to do"), _line(incident.advice)),
    ]


def _since(
    incident: Incident, now: datetime, zone: tzinfo, texts: Catalogue
) -> Sequence[Paragraph]:
    """Say how long it lasts, or lasted, and from when on messages may be lost."""
    began = texts.say(
        "{moment}, for {length}.",
        moment=texts.at(incident.opened_at, zone),
        length=texts.span((incident.resolved_at or now) - incident.opened_at),
    )
    said = [(texts.say("Noticed"), began)]
    if incident.window_from is None:
        return said
    last = texts.at(incident.window_from, zone)
    if incident.window_to is None:
        doubt = texts.say(
            "The last message that came well was sent {last}; what was written since"
            " may be lost.",
            last=last,
        )
    else:
        doubt = texts.say(
            "The last message that came well was sent {last}, the first one after it"
            " {first}: between them, some may be lost.",
            last=last,
            first=texts.at(incident.window_to, zone),
        )
    return [*said, (texts.say("In doubt"), doubt)]


def _forms(
    incident: Incident, troubles: Mapping[CheckName, Verdict], texts: Catalogue
) -> Sequence[Paragraph]:
    """Name the forms, where they are several."""
    if len(incident.checks) == 1:
        return []
    told = sorted(incident.checks)[:MOST_CHECKS]
    named = [
        f"{_line(check)} ({texts.say(troubles[check].outcome.value)})"
        if check in troubles
        else _line(check)
        for check in told
    ]
    if rest := len(incident.checks) - len(told):
        named.append(texts.say("and {count} more", count=rest))
    return [(texts.say("Forms"), "; ".join(named) + ".")]


def _details(
    alarm: Alarm, troubles: Mapping[CheckName, Verdict], texts: Catalogue
) -> Sequence[Paragraph]:
    """Say where it was lost, what was seen, and what to do, each thing once."""
    newest = sorted(troubles.values(), key=lambda one: one.judged_at, reverse=True)
    where, saw = texts.say("Where"), texts.say("What we saw")
    said = [
        *((where, texts.say(PLACE[verdict.leg])) for verdict in newest if verdict.leg),
        *((saw, _line(verdict.cause)) for verdict in newest),
    ]
    if alarm.reason is not Reason.RESOLVED:
        advice = texts.say("What to do")
        said += [(advice, _line(verdict.advice)) for verdict in newest]
    return list(dict.fromkeys(said))


def _acknowledging(
    alarm: Alarm, incident: Incident, texts: Catalogue
) -> Sequence[Paragraph]:
    is_told_once = incident.kind is IncidentKind.WARNING
    if is_told_once or alarm.reason is Reason.RESOLVED or incident.acknowledged_at:
        return []
    command = f"contact-watchdog ack {incident.id}"
    said = texts.say("“{command}” ends the reminders.", command=command)
    return [(texts.say("You know?"), said)]


def _short(headline: str, incident: Incident, zone: tzinfo, texts: Catalogue) -> str:
    """Return the essence first, since what is too long for an SMS is cut."""
    begin, end = incident.opened_at, incident.resolved_at
    if end is None:
        since = texts.say("Since {moment}.", moment=texts.at(begin, zone))
        return f"{headline} {since} (#{incident.id})"
    lasted = texts.say(
        "{begin} to {end}.", begin=texts.at(begin, zone), end=texts.at(end, zone)
    )
    return f"{headline} {lasted} (#{incident.id})"


def _written(
    headline: str, paragraphs: Sequence[Paragraph], short: str, texts: Catalogue
) -> Words:
    lines = [headline, "", *(f"{about}: {said}\n" for about, said in paragraphs)]
    rows = "".join(
        f"<p><b>{escape(about)}:</b> {escape(said)}</p>" for about, said in paragraphs
    )
    return Words(
        subject=headline,
        text="\n".join(lines),
        html=(
            f'<!doctype html><html lang="{texts.language}"><meta charset="utf-8">'
            f"<title>{escape(headline)}</title>"
            f"<h1 style='font-size:1.2em'>{escape(headline)}</h1>{rows}</html>"
        ),
        short=short,
    )


def _line(text: str) -> str:
    """Return `text` on one line, no longer than any server would take it.

    Others' words are in it, and to a mail that is too long a server says no for good.
    """
    kept = "".join(c if c.isprintable() else " " for c in text[:MOST_SIGNS])
    return " ".join(kept.split())
