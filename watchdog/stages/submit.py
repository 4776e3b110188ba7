"""Put synthetic messages through forms or into the mail, at most one a beat."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from probes.errors import ProbeError
from probes.forms.form import Receipt
from probes.forms.forms import Forms
from probes.seen import Seen
from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import Answered, Failure, Marker, Reply, Submission
from watchdog.rules import marker
from watchdog.rules.schedule import SPARING, beat_to_claim, next_beat
from watchdog.stages.agenda import Agenda
from watchdog.stages.evidence import evidence_of
from watchdog.stages.lanes import Lanes
from watchdog.stages.ways import CanReachOthers, blame, ready
from watchdog.stages.witness import can_reach_others

log = structlog.get_logger()

Clock = Callable[[], datetime]

GRACE = timedelta(minutes=5)
"""A beat that is older has been missed, and is not caught up."""


async def submit_due(config: Config, ledger: Ledger, *, clock: Clock) -> None:
    """Send whatever is due now, and wait until all of it is out."""
    lanes = Lanes()
    async with Forms(config.watchdog.browser) as forms:
        await start_due(config, ledger, lanes, Agenda(), clock=clock, forms=forms)
        await lanes.finish()


async def start_due(
    config: Config,
    ledger: Ledger,
    lanes: Lanes,
    agenda: Agenda,
    *,
    clock: Clock,
    forms: Forms,
) -> None:
    """Begin to send whatever is due now, and return at once.

    `lanes` are the same at each call, so that a site which is slow holds up
    itself alone; so is `agenda`, so that thousands of checks cost little.
    Raises what broke in a lane since the last call.
    """
    lanes.clear()
    now = clock()
    retries = await ledger.retries()
    checks = agenda.candidates(config, retries, now)
    names = [check.name for check in checks]
    claimed = await ledger.newest_beats(names, since=now - GRACE - SPARING, until=now)
    for check in checks:
        every = config.every(check)
        beat = beat_to_claim(
            check.name,
            every,
            now,
            claimed=claimed.get(check.name),
            grace=GRACE,
            retry_at=retries.get(check.name),
        )
        if beat is None:
            until = next_beat(check.name, every, now)
            agenda.rest(check.name, since=now, until=until)
        else:
            work = partial(_submit, config, check, ledger, beat, clock, forms)
            lanes.start(check.name, site_of(check), work)


def site_of(check: Check) -> str:
    """Return the host that is written to: nobody's is flooded by us."""
    host, port = check.address
    return f"{host}:{port}"


async def _submit(
    config: Config,
    check: Check,
    ledger: Ledger,
    beat: datetime,
    clock: Clock,
    forms: Forms,
) -> None:
    await submit(config, check, ledger, beat=beat, clock=clock, forms=forms)


async def submit(
    config: Config,
    check: Check,
    ledger: Ledger,
    *,
    beat: datetime,
    clock: Clock,
    forms: Forms,
) -> Submission | None:
    """Claim the beat and send; return None if the beat was somebody else's.

    The claim is the last thing before the message leaves us, and it is final:
    if we die before the receipt is written, nothing is sent again, and the
    mailbox tells what became of it.
    """
    salt = secrets.token_bytes(marker.SALT_BYTES)
    mark = marker.make(await ledger.key(), at=clock(), salt=salt)
    submission = None
    try:
        async with ready(config, check, mark, now=clock(), forms=forms) as opened:
            submission = _submission(check, beat, mark, clock())
            reply = _reply(check, submission)
            if not await ledger.claim_beat(submission, reply):
                return None
            log.info("submission.claimed", check=check.name)
            receipt = await opened.send()
    except ProbeError as error:
        if submission is None:
            submission = _submission(check, beat, mark, clock())
            if not await ledger.claim_beat(submission):
                return None
        others_answer = partial(can_reach_others, config, check)
        failure = await _failure(submission, error, others_answer, clock)
        await ledger.record_failure(failure, _screenshot(error.seen))
        log.warning("submission.failed", check=check.name, leg=failure.leg.value)
    else:
        answered = _answered(submission, receipt, clock())
        await ledger.record_answer(answered, _screenshot(receipt.seen))
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
        way=check.way,
    )


def _reply(check: Check, submission: Submission) -> Reply | None:
    """Return what the visitor is to get, if anything."""
    if check.replies_come_to is None:
        return None
    return Reply(
        marker=submission.marker,
        check=check.name,
        mailbox=check.replies_come_to,
        submitted_at=submission.submitted_at,
        due_at=submission.submitted_at + check.reply_within,
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
        evidence={
            **evidence_of(receipt.seen),
            **({"exempted": True} if receipt.is_exempted else {}),
        },
    )


async def _failure(
    submission: Submission,
    error: ProbeError,
    can_reach_others: CanReachOthers,
    clock: Clock,
) -> Failure:
    outcome, leg = await blame(submission.way, error, can_reach_others)
    return Failure(
        marker=submission.marker,
        failed_at=clock(),
        outcome=outcome,
        leg=leg,
        words=error.message,
        evidence=evidence_of(error.seen),
    )


def _screenshot(seen: Seen | None) -> bytes:
    return b"" if seen is None else seen.screenshot
