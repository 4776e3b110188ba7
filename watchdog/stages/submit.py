"""Put one synthetic message through a form, at most once a beat."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime

import structlog

from probes.errors import ProbeError, Unreachable
from probes.forms import http
from probes.forms.errors import Guarded, NoForm, NotFillable
from probes.forms.form import Receipt, Visitor
from watchdog.config import Check
from watchdog.ledger import Ledger
from watchdog.model import Answered, Failure, Leg, Marker, Outcome, Submission
from watchdog.rules import letter

log = structlog.get_logger()

Clock = Callable[[], datetime]
CanReachOthers = Callable[[], Awaitable[bool]]


async def submit(
    check: Check,
    ledger: Ledger,
    *,
    beat: datetime,
    mark: Marker,
    message: letter.SyntheticMessage,
    can_reach_others: CanReachOthers,
    clock: Clock,
) -> Submission | None:
    """Claim the beat and send; return None if the beat was somebody else's.

    The claim is the last thing before the message leaves us, and it is final:
    if we die before the receipt is written, nothing is sent again, and the
    mailbox tells what became of it.
    """
    submission = None
    try:
        async with http.ready(check.form, Visitor(**asdict(message))) as form:
            submission = _submission(check, beat, mark, clock())
            if not await ledger.claim_beat(submission):
                return None
            log.info("submission.claimed", check=check.name)
            receipt = await form.send()
    except ProbeError as error:
        if submission is None:
            submission = _submission(check, beat, mark, clock())
            if not await ledger.claim_beat(submission):
                return None
        failure = await _failure(submission, error, can_reach_others, clock)
        await ledger.record_failure(failure)
        log.warning("submission.failed", check=check.name, leg=failure.leg.value)
    else:
        await ledger.record_answer(_answered(submission, receipt, clock()))
        log.info("submission.answered", check=check.name, answer=receipt.answer.value)
    return submission


def _submission(
    check: Check, beat: datetime, mark: Marker, now: datetime
) -> Submission:
    return Submission(
        marker=mark,
        check=check.name,
        mailbox=check.mailbox,
        beat=beat,
        submitted_at=now,
        expected=check.expected,
        due_at=now + check.deadline,
    )


def _answered(submission: Submission, receipt: Receipt, now: datetime) -> Answered:
    return Answered(
        marker=submission.marker,
        answered_at=now,
        answer=receipt.answer.value,
        words=receipt.words,
        status=receipt.status,
        url=receipt.url,
        system=receipt.system,
    )


async def _failure(
    submission: Submission,
    error: ProbeError,
    can_reach_others: CanReachOthers,
    clock: Clock,
) -> Failure:
    outcome, leg = await blame(error, can_reach_others)
    return Failure(
        marker=submission.marker,
        failed_at=clock(),
        outcome=outcome,
        leg=leg,
        words=error.message,
    )


async def blame(
    error: ProbeError, can_reach_others: CanReachOthers
) -> tuple[Outcome, Leg]:
    """Return whose fault it was, and on which leg; our own network blames nobody."""
    match error:
        case Guarded() | NotFillable():
            return Outcome.BLOCKED, Leg.FORM
        case NoForm():
            return Outcome.REFUSED, Leg.FORM
        case Unreachable(answered=answered):
            theirs = answered or await can_reach_others()
            return (Outcome.UNREACHABLE if theirs else Outcome.BLIND), Leg.SITE
        case _:
            return Outcome.REFUSED, Leg.PAGE
