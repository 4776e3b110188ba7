"""See in the mailbox that people were contacted; end the cases that are spent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import CaseStep, MailboxName, Missed, StepKind
from watchdog.rules.contact import contacts, counts_from
from watchdog.rules.recovery import Patience, is_spent
from watchdog.stages.drafting import letters_of, mailbox_of, sender_of
from watchdog.stages.submit import Clock

log = structlog.get_logger()

LOOK_BACK = timedelta(days=120)
"""Mails older than that tell nothing new of a case."""

MOST_CASES = 10_000
MOST_MAILS = 50_000

BY_US = "contact-watchdog"
SPENT = "Nothing more has come of it."


def patience_of(config: Config) -> Patience:
    """Return how long the owner wants to wait."""
    return Patience(
        follow_up_after=config.recovery.follow_up_after,
        close_after=config.recovery.close_after,
    )


async def recover(config: Config, ledger: Ledger, *, clock: Clock) -> None:
    """Write down what the mails read so far show of the cases, and end spent ones.

    Done twice, it changes nothing.
    """
    by_mailbox: dict[MailboxName, list[Missed]] = defaultdict(list)
    for missed in await ledger.cases_under_way(limit=MOST_CASES):
        if name := mailbox_of(config, missed.inquiry.check):
            by_mailbox[name].append(missed)
    for name, found in by_mailbox.items():
        await _note_contacts(config, ledger, name, found, now=clock())
    await _close_spent(config, ledger, now=clock())


async def _note_contacts(
    config: Config,
    ledger: Ledger,
    mailbox: MailboxName,
    found: Sequence[Missed],
    *,
    now: datetime,
) -> None:
    since = max(min(map(counts_from, found)), now - LOOK_BACK)
    mails = await ledger.mails_since(mailbox, since=since, limit=MOST_MAILS)
    key, sender = await ledger.key(), sender_of(config, mailbox)
    for missed in found:
        for step in contacts(missed, mails, letters_of(key, missed, sender)):
            if await ledger.record_step(step):
                log.info("case.moved", case=step.case, step=step.kind.value)


async def _close_spent(config: Config, ledger: Ledger, *, now: datetime) -> None:
    patience = patience_of(config)
    for missed in await ledger.cases_under_way(limit=MOST_CASES):
        if missed.case.id is None or not is_spent(missed, patience, now=now):
            continue
        step = CaseStep(
            case=missed.case.id,
            done_at=now,
            kind=StepKind.CLOSED,
            by=BY_US,
            words=SPENT,
        )
        if await ledger.record_step(step):
            log.info("case.moved", case=step.case, step=step.kind.value)
