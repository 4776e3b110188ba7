"""What we hold true of inquiries, written down together with their cases."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from watchdog.ledger import cases
from watchdog.ledger.columns import Utc
from watchdog.ledger.inquiry_tables import inquiry
from watchdog.model import MISSED, Finding, InquiryId, InquiryStatus, Traced

THERE = frozenset(
    {
        InquiryStatus.ARRIVED,
        InquiryStatus.LATE,
        InquiryStatus.MISFILED,
        InquiryStatus.DUPLICATE,
    }
)
"""What ends the case of an inquiry that was held for missed."""

_SAID = update(inquiry).where(
    inquiry.c.id == bindparam("number"),
    inquiry.c.matched_at.is_not_distinct_from(bindparam("known_at", type_=Utc)),
)


def record_findings(
    connection: Connection, found: Collection[tuple[Traced, Finding]], *, now: datetime
) -> Sequence[InquiryId]:
    """Write down what became of inquiries, with the cases of those that were missed.

    Return the numbers of those of which something else is held true now.  Each
    finding comes with what was held true when its inquiry was read: if somebody
    has found something else since, he knew more, and that stays.  A change of
    mind is allowed both ways.
    """
    changed: dict[InquiryId, InquiryStatus] = {}
    # In one order, so that two who write never wait for each other.
    for known, finding in sorted(found, key=lambda one: one[0].inquiry.id or 0):
        number = known.inquiry.id
        if number is None or known.finding == finding:
            continue
        is_news = known.finding is None or _said(known.finding) != _said(finding)
        said = _SAID.values(
            status=finding.status,
            certainty=finding.certainty,
            evidence=finding.evidence,
            mail=finding.mail,
            matched_at=now if is_news else known.matched_at,
        )
        told = {"number": number, "known_at": known.matched_at}
        if connection.execute(said, told).rowcount == 1 and is_news:
            changed[number] = finding.status
    missed = [number for number, status in changed.items() if status in MISSED]
    there = [number for number, status in changed.items() if status in THERE]
    cases.reopen_lost(connection, missed, now=now)
    cases.open_for(connection, missed, now=now)
    cases.close_found(connection, there, now=now)
    return list(changed)


def _said(finding: Finding) -> tuple[object, ...]:
    """Return what is held true, apart from the evidence, which grows with each look."""
    return finding.status, finding.certainty, finding.mail
