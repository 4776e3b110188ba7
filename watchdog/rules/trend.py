"""Whether messages still come as they used to: as fast, as trusted, into the inbox."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import dropwhile, groupby, islice
from statistics import median

from watchdog.model import CheckName, Outcome, Verdict
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.warning import Sign

RECENT = 10
BEFORE = 30
"""Delivered messages that are compared: the newest, and those before them."""

SLOWER, STILL_SLOWER = 3, 2
"""How many times as long as usual messages take when a trend begins, and lasts."""
SLOW, STILL_SLOW = timedelta(seconds=30), timedelta(seconds=20)
"""Nobody minds a message that takes less, however fast the others were."""

FAILING = 3
PROVEN = 5
"""Arrivals in a row that do not pass where as many as these did before."""

METHODS = ("spf", "dkim", "dmarc")
PASSING_FAULT = "temperror"
"""The receiving host could not find out (RFC 8601 2.7): says nothing of the sender."""

PLACED = 20
TWICE = 2
"""Among so many arrivals the spam folder was met again after the inbox."""

DEPTH = 60
"""How many of a check's verdicts these rules need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a check's messages used to come, as long as nothing had changed."""

    latency: timedelta | None
    """The median; None while too few have come."""
    passed: frozenset[str]
    """By which methods they proved who sent them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A check's newest verdicts, newest first, beside what it was used to."""

    check: CheckName
    site: str
    history: Sequence[Verdict]
    habit: Habit
    is_lossy: bool = False
    """Whether it is in an open incident of lost messages."""


Told = tuple[str, str] | None
"""What has grown worse and what to do, in a sentence each."""


def habit_of(history: Sequence[Verdict]) -> Habit:
    """Return what is usual, by the messages before the newest ones."""
    before = _latencies(history)[RECENT : RECENT + BEFORE]
    return Habit(
        latency=_middle(before) if len(before) == BEFORE else None,
        passed=frozenset(m for m in METHODS if _has_passed(_results(history, m))),
    )


def signs(
    course: Course, known: Collection[str], texts: Catalogue = ENGLISH
) -> Iterator[Sign]:
    """Yield what has grown worse; `known` are the keys of warnings it is part of.

    While messages are lost, nobody is warned of it.
    """
    for kind, rule in RULES.items():
        key = f"{kind}:{course.site}"
        is_open = key in known
        told = None if course.is_lossy and not is_open else rule(course, is_open, texts)
        if told is not None:
            words, advice = told
            checks = frozenset({course.check})
            yield Sign(key=key, checks=checks, words=words, advice=advice)


def _slower(
    course: Course,
    is_open: bool,  # noqa: FBT001  one of RULES
    texts: Catalogue,
) -> Told:
    recent, usual = _latencies(course.history)[:RECENT], course.habit.latency
    if len(recent) < RECENT or usual is None:
        return None
    takes = _middle(recent)
    times, least = (STILL_SLOWER, STILL_SLOW) if is_open else (SLOWER, SLOW)
    if takes <= least or takes <= times * usual:
        return None
    words = texts.say(
        "Messages from {site} take longer and longer: {now} now, {before} before.",
        site=course.site,
        now=texts.span(takes),
        before=texts.span(usual),
    )
    advice = texts.say(
        "Ask your web host whether outgoing mail waits in its queue, and your mail"
        " provider whether it slows down mail from your website."
    )
    return words, advice


def _less_trusted(
    course: Course,
    is_open: bool,  # noqa: FBT001  one of RULES
    texts: Catalogue,
) -> Told:
    failed = [
        method.upper()
        for method in METHODS
        if method in course.habit.passed
        and _fails(_results(course.history, method)[:FAILING], is_open=is_open)
    ]
    if not failed:
        return None
    words = texts.say(
        "Messages from {site} no longer pass {methods}, by which your mail host knows"
        " that they are genuine.",
        site=course.site,
        methods=texts.say(" and ").join(failed),
    )
    advice = texts.say(
        "Tell whoever looks after your domain: its DNS records, or the mail server"
        " that the website sends by, have changed. Spam filters come next."
    )
    return words, advice


def _junked(
    course: Course,
    is_open: bool,  # noqa: FBT001  one of RULES
    texts: Catalogue,
) -> Told:
    arrived = [one for one in course.history if one.arrived_at is not None]
    in_spam = [one.outcome is Outcome.JUNKED for one in arrived[:PLACED]]
    stretches = sum(is_spam for is_spam, _ in groupby(in_spam))
    if stretches < (1 if is_open else TWICE):
        return None
    words = texts.say(
        "Now and then, messages from {site} land in the spam folder: {count} of the"
        " last {all}.",
        site=course.site,
        count=sum(in_spam),
        all=len(in_spam),
    )
    advice = texts.say(
        "Look through that folder for real inquiries, mark them as not spam, and"
        " have the website send through an authenticated account of your domain."
    )
    return words, advice


RULES: Mapping[str, Callable[[Course, bool, Catalogue], Told]] = {
    "late": _slower,
    "authentication": _less_trusted,
    "junk": _junked,
}
"""By the kind of warning; each is told whether it is known already."""


def _latencies(history: Sequence[Verdict]) -> Sequence[timedelta]:
    """Return how long messages took that came well, newest first."""
    return [
        verdict.latency
        for verdict in history
        if verdict.outcome is Outcome.DELIVERED and verdict.latency is not None
    ]


def _middle(spans: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(each.total_seconds() for each in spans))


def _results(history: Sequence[Verdict], method: str) -> Sequence[bool]:
    """Return whether arrivals passed, newest first.

    A host that tells of other methods alone has found nothing to pass by this one;
    one that tells of none at all says nothing.
    """
    told = (
        verdict.evidence.get(method, "none")
        for verdict in history
        if verdict.arrived_at and any(each in verdict.evidence for each in METHODS)
    )
    return [result == "pass" for result in told if result != PASSING_FAULT]


def _has_passed(results: Sequence[bool]) -> bool:
    """Tell whether enough passed in a row, before those that lately may not have."""
    before = list(islice(dropwhile(lambda passed: not passed, results), PROVEN))
    return len(before) == PROVEN and all(before)


def _fails(newest: Sequence[bool], *, is_open: bool) -> bool:
    """Tell whether none of the newest passed, or, if known, not yet all again."""
    if len(newest) < FAILING:
        return False
    return not all(newest) if is_open else not any(newest)
