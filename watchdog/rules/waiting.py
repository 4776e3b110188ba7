"""What a reminder says of those who were missed and still wait."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from watchdog.model import CaseState, Missed
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.layout import Words, written
from watchdog.rules.one_line import beginning

MOST_NAMED = 10
MOST_SIGNS = 100


def waiting(cases: Sequence[Missed]) -> Sequence[Missed]:
    """Return those of the cases whose people still wait, the longest first."""
    still = [one for one in cases if one.case.state is CaseState.OPEN]
    return sorted(still, key=lambda one: one.inquiry.submitted_at)


def words(
    cases: Sequence[Missed],
    *,
    is_named: bool,
    zone: tzinfo,
    now: datetime,
    texts: Catalogue = ENGLISH,
) -> Words:
    """Return the reminder of `cases`, as `waiting` has them, and of at least one.

    `is_named` lets it say who they are: only where nobody else reads along.
    """
    count, first = len(cases), cases[0].inquiry.submitted_at
    news = texts.say("1 person waits for your answer.")
    if count > 1:
        news = texts.say("{count} people wait for your answer.", count=count)
    since = texts.say(
        "Since {moment}, for {length}.",
        moment=texts.at(first, zone),
        length=texts.span(now - first),
    )
    told = [_named(one, zone, texts) for one in cases[:MOST_NAMED]]
    if rest := count - len(told):
        told.append("- " + texts.say("and {count} more", count=rest))
    advice = texts.say(
        "“{list}” shows them all; “{draft}” puts a letter to each into your drafts.",
        list="contact-watchdog recover list",
        draft="contact-watchdog recover draft --all-open",
    )
    paragraphs = [
        (texts.say("The longest"), since),
        *([(texts.say("Who"), "\n".join(["", *told]))] if is_named else []),
        (texts.say("What to do"), advice),
    ]
    return written(news, paragraphs, texts, short=f"{news} {since}")


def _named(missed: Missed, zone: tzinfo, texts: Catalogue) -> str:
    inquiry = missed.inquiry
    known = [inquiry.name, inquiry.email, inquiry.phone]
    who = ", ".join(beginning(one, MOST_SIGNS) for one in known if one.strip())
    return f"- {who or '?'} ({texts.at(inquiry.submitted_at, zone)})"
