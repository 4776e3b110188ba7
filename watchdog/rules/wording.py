"""What an alarm says: first what it means for the business, last what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from watchdog.model import (
    Alarm,
    CheckName,
    Conclusion,
    Incident,
    IncidentKind,
    Reason,
    Verdict,
    Way,
)
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.diagnosis.telling import advice, is_telling, reason
from watchdog.rules.headline import headline, subject
from watchdog.rules.layout import Words, written
from watchdog.rules.one_line import one_line
from watchdog.rules.roll import Paragraph, Roll, missed, number
from watchdog.rules.sentences import PLACE, PLACE_BY_MAIL

MOST_CHECKS = 10
"""Forms that an alarm tells of one by one; of the others it gives the number."""

WORTH_TELLING = timedelta(minutes=1)
"""How long it must have lasted, so that it is said."""

MOST_NAME = 50
"""Signs of a form's name in a text message, which has 160 for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an incident beside itself."""

    troubles: Mapping[CheckName, Verdict]
    """The newest verdicts that show it, of the checks told one by one."""
    conclusion: Conclusion | None = None
    """Why it is, where that was looked into: then the verdicts tell what was seen."""
    roll: Roll | None = None
    """Who was missed; None where it is not about lost messages."""
    called: str = ""
    """What the first alarm about it to these readers was called, if there was one."""
    way: Way = Way.FORM
    """The way of all its checks; a form where they differ."""


def words(
    alarm: Alarm,
    incident: Incident,
    known: Known,
    *,
    now: datetime,
    zone: tzinfo,
    texts: Catalogue = ENGLISH,
) -> Words:
    """Return what `alarm` says of its incident as it is now.

    Its subject keeps it in the thread of those before; the news is its first line.
    """
    roll, is_first = known.roll, not known.called
    news = headline(
        incident, alarm.reason, roll, texts, is_first=is_first, way=known.way
    )
    paragraphs = [
        *_warning(alarm, incident, texts),
        *_since(incident, now, zone, texts),
        *(missed(known.roll, zone, texts) if known.roll else ()),
        *_forms(incident, known, texts),
        *_details(alarm, incident, known, texts),
        *_acknowledging(alarm, incident, texts),
    ]
    called = known.called
    told = subject(incident, alarm.reason, called, texts, way=known.way) or news
    short = _short(alarm, incident, known, zone, texts)
    return written(news, paragraphs, texts, subject=told, short=short)


def drill(texts: Catalogue = ENGLISH) -> Words:
    """Return what a drill says: unmistakably that nothing is wrong."""
    news = texts.say("This is only a drill: nothing is wrong.")
    why = texts.say("It proves that alarms reach you by this way.")
    return written(news, [(texts.say("Why"), why)], texts)


def _warning(alarm: Alarm, incident: Incident, texts: Catalogue) -> Sequence[Paragraph]:
    """Say of a warning that nothing is lost yet, and what to do; or what it was."""
    if incident.kind is not IncidentKind.WARNING:
        return []
    if alarm.reason is Reason.RESOLVED:
        return [(texts.say("Warned of"), one_line(incident.words))]
    return [
        (texts.say("Meanwhile"), texts.say("Nothing is known to be lost yet.")),
        (texts.say("What to do"), one_line(incident.advice)),
    ]


def _since(
    incident: Incident, now: datetime, zone: tzinfo, texts: Catalogue
) -> Sequence[Paragraph]:
    """Say how long it lasts, or lasted, and from when on messages may be lost."""
    lasted = (incident.resolved_at or now) - incident.opened_at
    moment = texts.at(incident.opened_at, zone)
    began = texts.say(
        "{moment}, for {length}.", moment=moment, length=texts.span(lasted)
    )
    has_lasted = lasted >= WORTH_TELLING
    said = [(texts.say("Noticed"), began if has_lasted else f"{moment}.")]
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


def _forms(incident: Incident, known: Known, texts: Catalogue) -> Sequence[Paragraph]:
    """Name the forms, where they are several."""
    if len(incident.checks) == 1:
        return []
    troubles = known.troubles
    told = sorted(incident.checks)[:MOST_CHECKS]
    named = [
        f"{one_line(check)} ({texts.say(troubles[check].outcome.value)})"
        if check in troubles
        else one_line(check)
        for check in told
    ]
    if rest := len(incident.checks) - len(told):
        named.append(texts.say("and {count} more", count=rest))
    about = texts.say("Checks") if known.way is Way.MAIL else texts.say("Forms")
    return [(about, "; ".join(named) + ".")]


def _details(
    alarm: Alarm, incident: Incident, known: Known, texts: Catalogue
) -> Sequence[Paragraph]:
    """Say where it was lost, what was seen, and what to do, each thing once."""
    places = PLACE_BY_MAIL if known.way is Way.MAIL else PLACE
    newest = sorted(
        known.troubles.values(), key=lambda one: one.judged_at, reverse=True
    )
    where, saw = texts.say("Where"), texts.say("What we saw")
    if incident.kind is IncidentKind.REAL_LOSS:
        return _real(alarm, texts)
    said = [
        *((where, texts.say(places[verdict.leg])) for verdict in newest if verdict.leg),
        *((saw, one_line(verdict.cause)) for verdict in newest),
    ]
    why = known.conclusion
    if why and is_telling(why):
        said.append((texts.say("Cause"), one_line(reason(why, texts))))
    if alarm.reason is not Reason.RESOLVED:
        best = advice(why, texts) if why else ""
        advised = [one_line(verdict.advice) for verdict in newest]
        if best and incident.kind is not IncidentKind.BLOCKED:
            advised = [best]
        said += [(texts.say("What to do"), each) for each in advised]
    return list(dict.fromkeys(said))


def _real(alarm: Alarm, texts: Catalogue) -> Sequence[Paragraph]:
    """Say what is known where real inquiries were lost, and our own came."""
    saw = texts.say(
        "The website kept these inquiries, but they are in no folder of the mailbox,"
        " while our own tests came: something tells messages apart."
    )
    advice = texts.say(
        "Write to these people now. Then ask your web host and your mail host what"
        " became of these messages: they can find them by time and address."
    )
    said = [(texts.say("What we saw"), saw), (texts.say("What to do"), advice)]
    return said[:1] if alarm.reason is Reason.RESOLVED else said


def _acknowledging(
    alarm: Alarm, incident: Incident, texts: Catalogue
) -> Sequence[Paragraph]:
    is_told_once = incident.kind is IncidentKind.WARNING
    if is_told_once or alarm.reason is Reason.RESOLVED or incident.acknowledged_at:
        return []
    command = f"contact-watchdog ack {incident.id}"
    said = texts.say("“{command}” ends the reminders.", command=command)
    return [(texts.say("If you know"), said)]


def _short(
    alarm: Alarm, incident: Incident, known: Known, zone: tzinfo, texts: Catalogue
) -> str:
    """Return the essence first, since what is too long for an SMS is cut."""
    roll, is_first = known.roll, not known.called
    news = headline(
        incident,
        alarm.reason,
        roll,
        texts,
        is_first=is_first,
        most=MOST_NAME,
        way=known.way,
    )
    is_counted = incident.kind is IncidentKind.REAL_LOSS
    count = number(roll, texts) if roll and not is_counted else ""
    first_at = roll.first_at if roll and is_counted else None
    when = _when(incident, first_at or incident.opened_at, zone, texts)
    return " ".join(filter(None, (news, count, when, f"(#{incident.id})")))


def _when(incident: Incident, begin: datetime, zone: tzinfo, texts: Catalogue) -> str:
    """Return from when to when it was; nothing of what was over when it was found."""
    first, end = texts.at(begin, zone), incident.resolved_at
    if end is None:
        return texts.say("Since {moment}.", moment=first)
    if end == incident.opened_at:
        return ""
    return texts.say("{begin} to {end}.", begin=first, end=texts.at(end, zone))
