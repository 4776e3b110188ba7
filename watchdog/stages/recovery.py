"""See in the mailbox that people were contacted; end the cases that are spent."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

import structlog

from probes.errors import ProbeError
from probes.mail.open import open_mailbox
from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import CaseStep, MailboxName, Missed, StepKind
from watchdog.rules.contact import contacts, counts_from
from watchdog.rules.recovery import Patience, is_spent
from watchdog.stages.drafting import letters_of, mailbox_of, sender_of
from watchdog.stages.mails import gather_mails
from watchdog.stages.submit import Clock

log = structlog.get_logger()

EVERY = timedelta(minutes=5)
"""How often the mailboxes are read for it, while anybody is on the desk."""

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


async def recover_if_due(
    config: Config, ledger: Ledger, *, clock: Clock, got_on: Callable[[], None]
) -> None:
    """Recover, if nobody has for a while, however many daemons run."""
    if await ledger.claim_measure("recovery", now=clock(), every=EVERY):
        await recover(config, ledger, clock=clock, got_on=got_on)


async def recover(
    config: Config,
    ledger: Ledger,
    *,
    clock: Clock,
    got_on: Callable[[], None] = lambda: None,
) -> Sequence[MailboxName]:
    """Read the mailboxes of the cases, and write down what their mails show.

    Cases that are spent end.  Done twice, it changes nothing.  Return the mailboxes
    that could not be read: what was read earlier counts all the same.  `got_on` is
    called now and then, since the first reading may take long.
    """
    unread = []
    for name, found in (await _by_mailbox(config, ledger)).items():
        try:
            await _read(config, ledger, name, found, clock=clock, got_on=got_on)
        except ProbeError as error:
            log.warning("mailbox.unread", mailbox=name, error=error.message)
            unread.append(name)
        await _note_contacts(config, ledger, name, found, now=clock())
    await _close_spent(config, ledger, now=clock())
    return unread


async def _by_mailbox(
    config: Config, ledger: Ledger
) -> Mapping[MailboxName, Sequence[Missed]]:
    found: dict[MailboxName, list[Missed]] = defaultdict(list)
    for missed in await ledger.cases_under_way(limit=MOST_CASES):
        if name := mailbox_of(config, missed.inquiry.check):
            found[name].append(missed)
    return found


async def _read(
    config: Config,
    ledger: Ledger,
    name: MailboxName,
    found: Sequence[Missed],
    *,
    clock: Clock,
    got_on: Callable[[], None],
) -> None:
    async with aclosing(open_mailbox(config.mailbox[name])) as mailbox:
        await gather_mails(
            name,
            mailbox,
            ledger,
            since=_since(found, now=clock()),
            everywhere=True,
            clock=clock,
            tell=lambda _folder: got_on(),
        )


async def _note_contacts(
    config: Config,
    ledger: Ledger,
    mailbox: MailboxName,
    found: Sequence[Missed],
    *,
    now: datetime,
) -> None:
    since = _since(found, now=now)
    mails = await ledger.mails_since(mailbox, since=since, limit=MOST_MAILS)
    key, sender = await ledger.key(), sender_of(config, mailbox)
    for missed in found:
        for step in contacts(missed, mails, letters_of(key, missed, sender)):
            if await ledger.record_step(step):
                log.info("case.moved", case=step.case, step=step.kind.value)


def _since(found: Sequence[Missed], *, now: datetime) -> datetime:
    return max(min(map(counts_from, found)), now - LOOK_BACK)


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
