"""How a check stands: in which kind of trouble, and whether it is out of it.

One bad verdict is an accident, `open_after` in a row are trouble.  A verdict
that cannot tell (`blocked`, `blind`) counts neither way for loss; only when such
verdicts last are they trouble of their own kind, which never speaks of loss.
Whoever was in and out of trouble lately must be well for longer to be believed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, takewhile

from watchdog.model import (
    CheckName,
    Health,
    IncidentKind,
    Leg,
    MailboxName,
    Outcome,
    Verdict,
)

LASTING = 3
"""Verdicts in a row that cannot tell, until that is trouble of its own."""

LONGEST_PROOF = 12
"""Good verdicts in a row that end any trouble, however often it came back."""

DEPTH = 40
"""How many verdicts on the past a judgement needs beside those that it counts."""

BLIND_KINDS: Mapping[Outcome, IncidentKind] = {
    Outcome.BLOCKED: IncidentKind.BLOCKED,
    Outcome.BLIND: IncidentKind.BLIND,
}

UP_TO_WIDGET = frozenset({Leg.SITE, Leg.PAGE, Leg.FORM, Leg.WIDGET})
"""The legs of the way to a form's CAPTCHA."""

KINDS = (IncidentKind.LOSS, *BLIND_KINDS.values())
"""The kinds of trouble that verdicts show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A check's newest verdicts, and what it shares with others."""

    check: CheckName
    site: str
    mailbox: MailboxName
    history: Sequence[Verdict]
    """The newest verdict on each submission, newest submission first."""
    open_after: int
    resolve_after: int
    mates_delivered_at: datetime | None = None
    """When another check's message last came well into the same mailbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runs:
    """How many good or bad verdicts come first, one of them 0; and how it was."""

    good: int
    bad: int
    times: int
    """How often things went bad, as far back as we see."""


def is_in_trouble(standing: Standing, kind: IncidentKind, *, is_open: bool) -> bool:
    """Tell whether the check is in this kind of trouble, or still is if `is_open`."""
    runs = _runs(standing, kind)
    if is_open and runs.good < _proof(standing, runs):
        return True
    return runs.bad >= _enough(standing, kind)


def wants_retry(standing: Standing, open_kinds: Collection[IncidentKind]) -> bool:
    """Tell whether the next submission should come soon, and not at the next beat.

    Before an alarm we look a second time, and so before the all-clear.
    `open_kinds` are those of the open incidents that the check is in.
    """
    for kind in KINDS:
        runs = _runs(standing, kind)
        if kind in open_kinds:
            if 0 < runs.good < _proof(standing, runs):
                return True
        elif 0 < runs.bad < _enough(standing, kind):
            return True
    return False


def blamed(standing: Standing, kind: IncidentKind) -> Verdict | None:
    """Return the newest verdict that shows this kind of trouble."""
    return next((v for v in standing.history if shows(v, kind)), None)


def shows(verdict: Verdict, kind: IncidentKind) -> bool | None:
    """Tell whether a verdict shows this kind of trouble; None: it cannot tell."""
    if is_up_to_widget(verdict):
        return None if kind is IncidentKind.LOSS else False
    blind_kind = BLIND_KINDS.get(verdict.outcome)
    if kind is not IncidentKind.LOSS:
        return blind_kind is kind
    return None if blind_kind else not _is_good(verdict)


def is_up_to_widget(verdict: Verdict) -> bool:
    """Tell whether a check went as far as it should: to a CAPTCHA that works."""
    return verdict.outcome is Outcome.BLOCKED and verdict.leg is Leg.WIDGET


def causes(standing: Standing, verdict: Verdict) -> Sequence[str]:
    """Return by what others may fail with this check, the likeliest first."""
    site, mailbox = f"site:{standing.site}", f"mailbox:{standing.mailbox}"
    if verdict.leg in {Leg.INBOX, Leg.MAILBOX}:
        return [mailbox]
    if verdict.outcome is Outcome.BLIND:
        return ["ourselves"]
    if verdict.leg is Leg.MAIL and not _mates_deliver(standing):
        return [mailbox, site]
    return [site]


def last_delivered_at(standing: Standing) -> datetime | None:
    """Return when the newest message was sent that came well."""
    return _submitted_at(next(filter(_is_good, standing.history), None))


def recovered_at(standing: Standing) -> datetime | None:
    """Return when the first message was sent since which all came well."""
    telling = [v for v in standing.history if v.outcome not in BLIND_KINDS]
    good = list(takewhile(_is_good, telling))
    return _submitted_at(good[-1] if good else None)


def _mates_deliver(standing: Standing) -> bool:
    """Tell whether the mailbox took another's message while it lacked ours."""
    telling = [v for v in standing.history if v.outcome not in BLIND_KINDS]
    bad = list(takewhile(lambda verdict: not _is_good(verdict), telling))
    came = standing.mates_delivered_at
    return bool(bad) and came is not None and came > bad[-1].judged_at


def _runs(standing: Standing, kind: IncidentKind) -> _Runs:
    told = list(_told(standing.history, kind))
    runs = [
        (is_bad, len(list(run)))
        for is_bad, run in groupby(each for each in told if each is not None)
    ]
    first_is_bad, length = runs[0] if runs else (False, 0)
    return _Runs(
        good=0 if first_is_bad else length,
        bad=length if first_is_bad else 0,
        times=sum(is_bad for is_bad, _ in runs),
    )


def _told(history: Sequence[Verdict], kind: IncidentKind) -> Iterator[bool | None]:
    """Yield what each verdict says of this kind of trouble, newest first.

    A CAPTCHA that works shows that what was wrong on the way to it is over, and
    nothing of what was lost behind it.
    """
    for place, verdict in enumerate(history):
        told = shows(verdict, kind)
        if told is None and is_up_to_widget(verdict) and _was_before(history[place:]):
            told = False
        yield told


def _was_before(history: Sequence[Verdict]) -> bool:
    """Tell whether all was lost on the way to a CAPTCHA since something came well."""
    told = ((verdict, shows(verdict, IncidentKind.LOSS)) for verdict in history)
    since = takewhile(lambda one: one[1] is not False, told)
    return all(verdict.leg in UP_TO_WIDGET for verdict, is_bad in since if is_bad)


def _enough(standing: Standing, kind: IncidentKind) -> int:
    """Return how many bad verdicts in a row are trouble."""
    return standing.open_after if kind is IncidentKind.LOSS else LASTING


def _proof(standing: Standing, runs: _Runs) -> int:
    """Return how many good verdicts in a row end the trouble."""
    most = max(standing.resolve_after, LONGEST_PROOF)
    return min(standing.resolve_after * max(runs.times, 1), most)


def _is_good(verdict: Verdict) -> bool:
    return verdict.outcome.health is Health.OK


def _submitted_at(verdict: Verdict | None) -> datetime | None:
    if verdict is None or verdict.arrived_at is None or verdict.latency is None:
        return None
    return verdict.arrived_at - verdict.latency
