"""An alarm's first line: what it means for the business."""

from watchdog.model import Incident, IncidentKind, Reason, Way
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.one_line import beginning, one_line
from watchdog.rules.roll import Roll
from watchdog.rules.sentences import (
    MEANING,
    MEANING_BY_MAIL,
    OVER,
    OVER_UP_TO_WIDGET,
    PREFIX,
    TAG,
    UNWATCHED,
    UNWATCHED_TAG,
)

OF_THEMSELVES = frozenset({IncidentKind.REAL_LOSS, IncidentKind.WARNING})
"""Of these the words for their end say, also to strangers, what it was."""

MOST_NAME = 200
"""Signs of a form's name."""


def headline(
    incident: Incident,
    reason: Reason,
    roll: Roll | None = None,
    texts: Catalogue = ENGLISH,
    *,
    is_first: bool = True,
    most: int = MOST_NAME,
    way: Way = Way.FORM,
) -> str:
    """Return the first line of an alarm; `is_first` if its readers heard of nothing.

    Of the name of a form, so much is told as `most` says.  `way` is that of all the
    incident's checks, a form where they differ.
    """
    forms = _named(incident, texts, most, way)
    meanings = MEANING_BY_MAIL if way is Way.MAIL else MEANING
    meaning = texts.say(meanings[incident.outcome], forms=forms)
    if reason is Reason.RESOLVED:
        if incident.kind is IncidentKind.LOSS and way is Way.WIDGET:
            return texts.say(OVER_UP_TO_WIDGET, forms=forms)
        return _end(incident, forms, meaning, roll, texts, is_first=is_first)
    if incident.kind is IncidentKind.WARNING:
        return one_line(incident.words)
    if incident.kind is IncidentKind.REAL_LOSS and roll:
        said = _missed(roll, forms, texts)
    else:
        said = meaning
    return texts.say(PREFIX.get(reason, "{said}"), said=said)


def subject(
    incident: Incident,
    reason: Reason,
    called: str,
    texts: Catalogue = ENGLISH,
    *,
    way: Way = Way.FORM,
) -> str:
    """Return the subject of a mail in a thread that is `called` so, if it has begun.

    Empty where it is the headline.  No number that may grow stands in it.
    """
    tag = TAG.get(reason)
    is_unseen = way is not Way.WIDGET and _is_unseen(incident)
    if reason is Reason.RESOLVED and is_unseen:
        tag = UNWATCHED_TAG
    if called:
        return texts.say(tag or "{called}", called=called)
    if incident.kind is IncidentKind.REAL_LOSS and reason is not Reason.RESOLVED:
        forms = _named(incident, texts, MOST_NAME)
        return texts.say("Inquiries through {forms} did not reach you.", forms=forms)
    return ""


def _is_unseen(incident: Incident) -> bool:
    """Tell whether nobody saw the end of it: its checks are not watched any more."""
    return incident.kind is IncidentKind.LOSS and incident.window_to is None


def _end(
    incident: Incident,
    forms: str,
    meaning: str,
    roll: Roll | None,
    texts: Catalogue,
    *,
    is_first: bool,
) -> str:
    """Say that it is over; to whoever hears of it for the first time, what it was."""
    is_real = incident.kind is IncidentKind.REAL_LOSS
    if is_first and is_real and roll and roll.count and roll.first_at:
        days = (incident.opened_at - roll.first_at).days + 1
        said = _missed(roll, forms, texts)
        return texts.say("In the past {days} days: {said}", days=days, said=said)
    if _is_unseen(incident):
        return texts.say(UNWATCHED, forms=forms)
    if is_first and incident.kind not in OF_THEMSELVES:
        return texts.say("Over by now: {said}", said=meaning)
    return texts.say(OVER[incident.kind], forms=forms)


def _missed(roll: Roll, forms: str, texts: Catalogue) -> str:
    if roll.count == 1:
        return texts.say("1 inquiry through {forms} did not reach you.", forms=forms)
    return texts.say(
        "{count} inquiries through {forms} did not reach you.",
        count=roll.count,
        forms=forms,
    )


def _named(incident: Incident, texts: Catalogue, most: int, way: Way = Way.FORM) -> str:
    first, *others = sorted(incident.checks)
    count, form = len(others), beginning(first, most)
    if count == 0:
        return texts.say("“{form}”", form=form)
    if way is Way.MAIL:
        return texts.say("“{form}” and {count} more", form=form, count=count)
    if count == 1:
        return texts.say("“{form}” and 1 other form", form=form)
    return texts.say("“{form}” and {count} other forms", form=form, count=count)
