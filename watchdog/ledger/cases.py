"""Cases: opened once for each missed inquiry, and ended when their message is found."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from watchdog.ledger.inquiry_tables import case, case_step
from watchdog.ledger.rows import insert as insert_new
from watchdog.ledger.rows import pieces
from watchdog.model import CaseState, InquiryId, StepKind

BY_MAILBOX = "mailbox"
"""Who did what we saw there by ourselves."""

FOUND = "Its message was found after all."
LOST = "What was found is not its message."


def open_for(
    connection: Connection, inquiries: Collection[InquiryId], *, now: datetime
) -> int:
    """Open a case for each inquiry that has none yet, and return how many are new."""
    new = insert_new(connection, case).on_conflict_do_nothing(
        index_elements=["inquiry"]
    )
    opened = 0
    for inquiry in sorted(inquiries):
        row = {"inquiry": inquiry, "state": CaseState.OPEN, "opened_at": now}
        opened += connection.execute(new, row).rowcount
    return opened


def close_found(
    connection: Connection, inquiries: Collection[InquiryId], *, now: datetime
) -> int:
    """Close the open cases of inquiries whose message came after all; return how many.

    Whoever was contacted, or dismissed, or is on the desk again because somebody
    wanted it, stays so: what a person did is not undone.
    """
    reopened = exists().where(
        case_step.c.case == case.c.id,
        case_step.c.kind == StepKind.REOPENED,
        case_step.c.by != BY_MAILBOX,
    )
    closed = 0
    for some in pieces(sorted(inquiries)):
        numbers = connection.scalars(
            update(case)
            .where(case.c.inquiry.in_(some), case.c.state == CaseState.OPEN, ~reopened)
            .values(state=CaseState.CLOSED, ended_at=now)
            .returning(case.c.id)
        ).all()
        step = {"done_at": now, "kind": StepKind.CLOSED, "by": BY_MAILBOX}
        rows = [{"case": number, **step, "words": FOUND} for number in numbers]
        if rows:
            connection.execute(insert(case_step), rows)
        closed += len(rows)
    return closed


def reopen_lost(
    connection: Connection, inquiries: Collection[InquiryId], *, now: datetime
) -> int:
    """Open those cases again that we closed for a message which is not theirs.

    What a person has closed or dismissed stays so.  Return how many.
    """
    newest = (
        select(case_step.c.words)
        .where(case_step.c.case == case.c.id)
        .order_by(case_step.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    opened = 0
    for some in pieces(sorted(inquiries)):
        was_ours = case.c.inquiry.in_(some), case.c.state == CaseState.CLOSED
        numbers = connection.scalars(
            update(case)
            .where(*was_ours, newest == FOUND)
            .values(state=CaseState.OPEN, ended_at=None)
            .returning(case.c.id)
        ).all()
        step = {"done_at": now, "kind": StepKind.REOPENED, "by": BY_MAILBOX}
        rows = [{"case": number, **step, "words": LOST} for number in numbers]
        if rows:
            connection.execute(insert(case_step), rows)
        opened += len(rows)
    return opened
