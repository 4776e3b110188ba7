"""A ready text for whoever can mend it: facts by which a support desk finds it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from watchdog.model import (
    Conclusion,
    Evidence,
    Experiment,
    Marker,
    Submission,
    Verdict,
)
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.diagnosis.sentences import (
    ASKED,
    ASKED_ANYHOW,
    FACTS,
    SEEN,
    TRIED,
)
from watchdog.rules.diagnosis.telling import is_telling, reason
from watchdog.rules.one_line import beginning

MOST_VALUE = 300
MARKER_SIGNS = 19
"""Of a marker, all but the signature: it finds the message in a log, and proves no
arrival when the text comes back into the mailbox in an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message of ours and what became of it."""

    submission: Submission
    verdict: Verdict
    experiment: Experiment | None = None
    """None for the check's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportCase:
    """All that the text tells."""

    address: str
    """The page of the form, or the mail server."""
    recipient: str
    """The mailbox's address, or its name where that is not known."""
    visitor: str
    since: datetime
    last_good_at: datetime | None
    symptom: str
    conclusion: Conclusion | None
    sent: Sequence[Sent]
    """Newest first."""


def support_text(case: SupportCase, texts: Catalogue = ENGLISH) -> str:
    """Return the text: what happens, since when, what was proven, what is asked.

    Times are in UTC, as in logs.  What others have said is quoted on one line, and
    bounded; no whole marker is in it.
    """
    lines = [*_opening(case, texts), "", *_facts(case, texts), ""]
    lines += [line for one in case.sent for line in _message(one, texts)]
    lines += ["", texts.say("What we ask of you:"), _asked(case, texts)]
    return "\n".join(lines)


def shortened(marker: Marker) -> str:
    """Return so much of a marker that a log can be searched for it."""
    return marker[:MARKER_SIGNS]


def _opening(case: SupportCase, texts: Catalogue) -> Iterator[str]:
    yield texts.say(
        "Messages written at {address} do not reach {recipient} as they should.",
        address=case.address,
        recipient=case.recipient,
    )
    yield ""
    yield beginning(case.symptom, 2_000)
    if case.conclusion and is_telling(case.conclusion):
        yield beginning(reason(case.conclusion, texts), 2_000)


def _facts(case: SupportCase, texts: Catalogue) -> Iterator[str]:
    yield texts.say("Since: {moment}", moment=_utc(case.since))
    if case.last_good_at:
        moment = _utc(case.last_good_at)
        yield texts.say("The last message that came well: {moment}", moment=moment)
    yield texts.say("The visitor of our test messages: {visitor}", visitor=case.visitor)
    if case.conclusion:
        yield from _values(case.conclusion.evidence, SEEN, texts)


def _message(one: Sent, texts: Catalogue) -> Iterator[str]:
    said = texts.say(TRIED[one.experiment]) if one.experiment else ""
    outcome = texts.say(one.verdict.outcome.value)
    moment = _utc(one.submission.submitted_at)
    yield " ".join(filter(None, (f"- {moment}:", f"{outcome}.", said)))
    yield f"    {shortened(one.submission.marker)}…"
    mark = one.submission.marker
    for line in _values(one.verdict.evidence, FACTS, texts):
        yield f"    {line.replace(mark, shortened(mark) + '…')}"


def _values(
    evidence: Evidence, names: Mapping[str, str], texts: Catalogue
) -> Iterator[str]:
    """Yield what was seen of all that has a name here, a line each."""
    for name, called in names.items():
        value = evidence.get(name)
        if value is not None and value != "":
            yield f"{texts.say(called)}: {beginning(str(value), MOST_VALUE)}"


def _asked(case: SupportCase, texts: Catalogue) -> str:
    cause = case.conclusion.cause if case.conclusion else None
    return texts.say(ASKED[cause] if cause else ASKED_ANYHOW)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
