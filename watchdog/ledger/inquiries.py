"""Real people's inquiries: read from stores, matched with mails, and counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, and_, func, or_, select, tuple_

from watchdog.ledger.inquiry_tables import case, inquiry, store_bookmark
from watchdog.ledger.rows import columns, fact, insert, names, pieces, put, values
from watchdog.model import (
    Case,
    CheckName,
    Finding,
    Inquiry,
    InquiryId,
    InquiryStatus,
    StoreBookmark,
    Traced,
)

ANOTHER = timedelta(days=2)
"""No zone that was set wrong moves a stamp so far."""

_TEXTS = (
    *("name", "email", "phone", "subject", "message", "form", "page"),
    "mail_error",
)
_TRACED: Select[Any] = select(
    *columns(Inquiry, inquiry),
    *columns(Finding, inquiry),
    inquiry.c.matched_at,
    *(case.c[name].label(f"case.{name}") for name in names(Case)),
).select_from(inquiry.outerjoin(case, case.c.inquiry == inquiry.c.id))


class Beyond(NamedTuple):
    """The last inquiry of a page: the next page begins after it."""

    submitted_at: datetime
    id: InquiryId


def store_bookmark_of(connection: Connection, check: CheckName) -> StoreBookmark | None:
    """Return how far a check's store is read; None if it never was."""
    asked = select(*columns(StoreBookmark, store_bookmark)).where(
        store_bookmark.c.check == check
    )
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else fact(StoreBookmark, row)


def record_entries(
    connection: Connection, inquiries: Collection[Inquiry], bookmark: StoreBookmark
) -> int:
    """Write down a piece of a store, and how far it is read, at once.

    Return how many inquiries are new.  Of one that is known, what was first said
    stays: only what was empty is filled in, and what the site has made of it since.
    One that has a number of another day is another: a site that keeps its
    inquiries in a new place counts them from 1 again.
    """
    new = insert(connection, inquiry)
    kept: dict[str, Any] = {
        name: func.coalesce(func.nullif(inquiry.c[name], ""), new.excluded[name])
        for name in _TEXTS
    }
    kept["is_spam"] = new.excluded.is_spam
    kept["mail_failed"] = func.coalesce(new.excluded.mail_failed, inquiry.c.mail_failed)
    kept["is_contentless"] = and_(inquiry.c.is_contentless, new.excluded.is_contentless)
    known = _known(connection, bookmark.check, [each.entry for each in inquiries])
    told = [_told_apart(each, known) for each in inquiries]
    rows = [_row(each) for each in told]
    if told != list(inquiries):
        known |= _known(connection, bookmark.check, [each.entry for each in told])
    if rows:
        statement = new.on_conflict_do_update(
            index_elements=["check", "entry"], set_=kept
        )
        connection.execute(statement, rows)
    put(connection, store_bookmark, values(bookmark))
    return len({each.entry for each in told} - known.keys())


def traced(
    connection: Connection,
    checks: Collection[CheckName],
    *,
    since: datetime,
    until: datetime,
    statuses: Collection[InquiryStatus] = (),
    beyond: Beyond | None = None,
    limit: int = 1000,
) -> Sequence[Traced]:
    """Return a page of the inquiries submitted in that time, oldest first.

    From `since` on, and before `until`.  `statuses` picks some; none means all.
    """
    asked = _TRACED.where(
        inquiry.c.check.in_(checks),
        inquiry.c.submitted_at >= since,
        inquiry.c.submitted_at < until,
    )
    if statuses:
        asked = asked.where(inquiry.c.status.in_(statuses))
    place = tuple_(inquiry.c.submitted_at, inquiry.c.id)
    if beyond is not None:
        asked = asked.where(place > tuple_(*beyond))
    page = asked.order_by(inquiry.c.submitted_at, inquiry.c.id).limit(limit)
    return [_traced(row) for row in connection.execute(page).mappings()]


def first_unsettled(
    connection: Connection, checks: Collection[CheckName], *, since: datetime
) -> datetime | None:
    """Return when the first inquiry was submitted that may have to be matched anew.

    One that was never matched counts whenever it was submitted; what is pending,
    missing or unverifiable, from `since` on.
    """
    unsettled = (
        InquiryStatus.PENDING,
        InquiryStatus.MISSING,
        InquiryStatus.UNVERIFIABLE,
    )
    may_change = or_(
        inquiry.c.status.is_(None),
        and_(inquiry.c.status.in_(unsettled), inquiry.c.submitted_at >= since),
    )
    asked = select(func.min(inquiry.c.submitted_at)).where(
        inquiry.c.check.in_(checks), may_change
    )
    first: datetime | None = connection.scalar(asked)
    return first


def status_counts(
    connection: Connection,
    checks: Collection[CheckName],
    *,
    since: datetime,
    until: datetime,
) -> Mapping[InquiryStatus, int]:
    """Return how many inquiries of that time have each status; none is left out."""
    asked = (
        select(inquiry.c.status, func.count())
        .where(
            inquiry.c.check.in_(checks),
            inquiry.c.status.is_not(None),
            inquiry.c.submitted_at >= since,
            inquiry.c.submitted_at < until,
        )
        .group_by(inquiry.c.status)
    )
    rows = connection.execute(asked)
    counted: dict[InquiryStatus, int] = {row[0]: row[1] for row in rows}
    return {status: counted.get(status, 0) for status in InquiryStatus}


def _row(each: Inquiry) -> Mapping[str, Any]:
    row = {**values(each), "evidence": {}}
    del row["id"]
    return row


def _known(
    connection: Connection, check: CheckName, entries: Sequence[str]
) -> dict[str, datetime]:
    """Return when those of `entries` were submitted that we have."""
    known: dict[str, datetime] = {}
    for some in pieces(entries):
        asked = select(inquiry.c.entry, inquiry.c.submitted_at).where(
            inquiry.c.check == check, inquiry.c.entry.in_(some)
        )
        known.update((row.entry, row.submitted_at) for row in connection.execute(asked))
    return known


def _told_apart(each: Inquiry, known: Mapping[str, datetime]) -> Inquiry:
    submitted_at = known.get(each.entry, each.submitted_at)
    if abs(each.submitted_at - submitted_at) < ANOTHER:
        return each
    return replace(each, entry=f"{each.entry} ({each.submitted_at:%Y-%m-%d})")


def _traced(row: RowMapping) -> Traced:
    told = {name: row[f"case.{name}"] for name in names(Case)}
    return Traced(
        inquiry=Inquiry(**{name: row[name] for name in names(Inquiry)}),
        finding=None
        if row["status"] is None
        else Finding(**{name: row[name] for name in names(Finding)}),
        matched_at=row["matched_at"],
        case=None if told["id"] is None else Case(**told),
    )
