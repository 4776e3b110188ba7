"""Match inquiries with mails, all from one time on, and write down what is found."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from watchdog.config import Check
from watchdog.ledger import Ledger
from watchdog.ledger.inquiries import Beyond
from watchdog.ledger.mails import BeyondMail
from watchdog.model import (
    CAME,
    Certainty,
    CheckName,
    Finding,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Mail,
    MailboxName,
    MailId,
    Traced,
)
from watchdog.rules.matching import Scope, match
from watchdog.stages.collect import CLOCK_ERROR
from watchdog.stages.submit import Clock

log = structlog.get_logger()

EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Every inquiry lies between them, also one that a wrong clock has stamped."""

MARGIN = timedelta(days=14)
"""How long before the first open question inquiries are matched along.

Each of their mails is theirs, and must not be taken for another's; and that they
are there shows that the mailbox keeps such mails.
"""

ALONG = MARGIN + CLOCK_ERROR
"""How long before the first open question mails are read."""

UNDECIDED = frozenset({InquiryStatus.PENDING, InquiryStatus.UNVERIFIABLE})

PAGE = 1000
MAILS = 5000
"""Read from the ledger at once, which is free for others in between."""


async def match_from(
    first: datetime,
    checks: Sequence[Check],
    mailbox: MailboxName,
    ledger: Ledger,
    *,
    clock: Clock,
    blindness: str = "",
) -> None:
    """Match what was submitted from `first` on with what is known of the mailbox.

    `blindness` says why that could not be read now, if it could not.
    """
    names = [check.name for check in checks]
    traced = await all_traced(ledger, names, since=first - MARGIN)
    mails = await _all_mails(ledger, mailbox, since=first - ALONG)
    scopes = await _scopes(checks, mailbox, ledger, now=clock())
    told_at = {
        one.inquiry.id: one.case.opened_at
        for one in traced
        if one.inquiry.id and one.case
    }
    inquiries = [one.inquiry for one in traced]
    work = partial(match, inquiries, mails, scopes, told_at=told_at)
    findings = await asyncio.to_thread(work)
    seen = {mail.id for mail in mails if mail.id}
    recent = [one for one in traced if one.inquiry.submitted_at >= first]
    found = [
        (one, _seen(one.inquiry, finding, scopes, blindness))
        for one in recent
        if one.inquiry.id and (finding := findings.get(one.inquiry.id))
        if is_worth_saying(one, finding, seen)
    ]
    changed = await ledger.record_findings(found, now=clock())
    log.info(
        "inquiries.matched",
        mailbox=mailbox,
        inquiries=len(traced),
        mails=len(mails),
        changed=len(changed),
    )


async def all_traced(
    ledger: Ledger,
    checks: Collection[CheckName],
    *,
    since: datetime = EARLIEST,
    until: datetime = LATEST,
) -> Sequence[Traced]:
    """Return all inquiries submitted in that time, oldest first."""
    found: list[Traced] = []
    beyond: Beyond | None = None
    while True:
        page = await ledger.traced(
            checks,
            since=since,
            until=until,
            beyond=beyond,
            limit=PAGE,
        )
        found += page
        if len(page) < PAGE:
            return found
        last = page[-1].inquiry
        beyond = Beyond(last.submitted_at, last.id or InquiryId(0))


async def _all_mails(
    ledger: Ledger, mailbox: MailboxName, *, since: datetime
) -> Sequence[Mail]:
    found: list[Mail] = []
    beyond: BeyondMail | None = None
    while page := await ledger.mails(
        mailbox, since=since, until=LATEST, beyond=beyond, limit=MAILS
    ):
        found += page
        if page[-1].id is not None:
            beyond = BeyondMail(page[-1].arrived_at, page[-1].id)
    return found


async def _scopes(
    checks: Sequence[Check], mailbox: MailboxName, ledger: Ledger, *, now: datetime
) -> Mapping[CheckName, Scope]:
    """Return how far we can see: all folders count, so that the worst decides."""
    bookmarks = (await ledger.mail_bookmarks(mailbox)).values()
    read_at = [one.read_at or EARLIEST for one in bookmarks]
    watched = [one.watched_from for one in bookmarks if one.watched_from]
    seen_to = min(read_at, default=EARLIEST)
    return {
        check.name: Scope(
            now=now,
            deadline=check.deadline,
            mailbox=mailbox,
            seen_from=max((one.since for one in bookmarks), default=now),
            seen_to=None if seen_to == EARLIEST else seen_to,
            watched_from=max(watched, default=None),
        )
        for check in checks
    }


def is_worth_saying(known: Traced, finding: Finding, seen: Collection[MailId]) -> bool:
    """Return whether a finding counts that was made of the mails `seen`.

    What was decided while we could see more is not undone by seeing less: nobody's
    message has gone since the mailbox was renamed, or its mails were forgotten.
    """
    was_decided = known.status is not None and known.status not in UNDECIDED
    if was_decided and finding.status in UNDECIDED:
        return False
    had_come = known.finding is not None and known.status in CAME
    is_seen = known.finding is not None and known.finding.mail in seen
    return not (had_come and not is_seen and finding.status is InquiryStatus.MISSING)


def _seen(
    inquiry: Inquiry,
    finding: Finding,
    scopes: Mapping[CheckName, Scope],
    blindness: str,
) -> Finding:
    """Return a finding, but for one that says `pending` only since we cannot look."""
    scope = scopes[inquiry.check]
    is_due = scope.now >= inquiry.submitted_at + scope.deadline
    if not (blindness and is_due and finding.status is InquiryStatus.PENDING):
        return finding
    because = f"The mailbox could not be read: {blindness}"
    return Finding(
        status=InquiryStatus.UNVERIFIABLE,
        certainty=Certainty.POSSIBLE,
        evidence={"because": [because]},
    )
