"""Put one synthetic message through a form, at most once a beat."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime

import structlog

from probes.errors import ProbeError, Unreachable
from probes.forms import http
from probes.forms.errors import Guarded, NoForm, NotFillable
from probes.forms.form import Receipt, Visitor
from probes.settings import FormSettings
from watchdog.ledger import Ledger
from watchdog.model import Answered, Failure, Leg, Outcome, Submission
from watchdog.rules import letter

log = structlog.get_logger()

Clock = Callable[[], datetime]
Submit = Callable[[FormSettings, Visitor], Awaitable[Receipt]]
CanReachOthers = Callable[[], Awaitable[bool]]


async def submit(
    submission: Submission,
    form: FormSettings,
    ledger: Ledger,
    *,
    message: letter.SyntheticMessage,
    can_reach_others: CanReachOthers,
    clock: Clock,
    put: Submit = http.submit,
) -> bool:
    """Claim the beat and send; return False if the beat was somebody else's.

    The claim comes first and is final: if we die before the receipt is
    written, nothing is sent again, and the mailbox tells what became of it.
    """
    if not await ledger.claim_beat(submission):
        return False
    log.info("submission.claimed", check=submission.check)
    try:
        receipt = await put(form, Visitor(**asdict(message)))
    except ProbeError as error:
        failure = await _failure(submission, error, can_reach_others, clock)
        await ledger.record_failure(failure)
        log.warning("submission.failed", check=submission.check, leg=failure.leg)
    else:
        await ledger.record_answer(_answered(submission, receipt, clock()))
        log.info("submission.answered", check=submission.check, answer=receipt.answer)
    return True


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
