"""What we have sent: claims on beats, answers, failures, and what is awaited."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from watchdog.ledger import tables
from watchdog.ledger.rows import add, columns, fact, insert, values
from watchdog.ledger.store import Store
from watchdog.model import Answered, Failure, MailboxName, Marker, Submission

DECISIVE = frozenset({"declined", "blocked"})
"""Answers by which a submission can be judged before anybody looks for its message."""


async def claim_beat(store: Store, submission: Submission) -> bool:
    """Write the submission down, or return False if its beat has one already.

    However many daemons run, exactly one of them hears True; only that one sends.
    """
    async with store.writing() as connection:
        claim = insert(connection, tables.submission).values(
            **values(submission), judge_at=submission.due_at, awaited=True
        )
        done = await connection.execute(claim.on_conflict_do_nothing())
        return done.rowcount == 1


async def record_answer(store: Store, answered: Answered) -> None:
    """Write down what the form answered; the first answer stays."""
    async with store.writing() as connection:
        is_new = await add(connection, tables.answer, answered)
        if is_new and answered.answer in DECISIVE:
            await _judge_at_once(connection, answered.marker, answered.answered_at)


async def record_failure(store: Store, failure: Failure) -> None:
    """Write down why the submission did not go out; the first reason stays."""
    async with store.writing() as connection:
        if await add(connection, tables.failure, failure):
            await _judge_at_once(connection, failure.marker, failure.failed_at)


async def submission(store: Store, marker: Marker) -> Submission | None:
    """Return the submission with this marker, if it is one of ours."""
    statement = select(*columns(Submission, tables.submission)).where(
        tables.submission.c.marker == marker
    )
    async with store.reading() as connection:
        row = (await connection.execute(statement)).mappings().one_or_none()
    return None if row is None else fact(Submission, row)


async def awaited(
    store: Store, mailbox: MailboxName, *, since: datetime
) -> Mapping[Marker, Submission]:
    """Return the submissions since then whose message has not been seen yet.

    Also those that were judged missing: they may come late.
    """
    statement = select(*columns(Submission, tables.submission)).where(
        tables.submission.c.mailbox == mailbox,
        tables.submission.c.awaited == true(),
        tables.submission.c.submitted_at >= since,
    )
    async with store.reading() as connection:
        rows = (await connection.execute(statement)).mappings().all()
    return {row["marker"]: fact(Submission, row) for row in rows}


async def next_due_at(store: Store, mailbox: MailboxName) -> datetime | None:
    """Return when the next deadline of a submission without verdict ends, or ended."""
    statement = select(func.min(tables.submission.c.due_at)).where(
        tables.submission.c.mailbox == mailbox,
        tables.submission.c.judge_at.is_not(None),
    )
    async with store.reading() as connection:
        due_at: datetime | None = await connection.scalar(statement)
    return due_at


async def is_any_due(store: Store, mailbox: MailboxName, now: datetime) -> bool:
    """Tell whether a deadline has ended for which there is no verdict yet."""
    due_at = await next_due_at(store, mailbox)
    return due_at is not None and due_at <= now


async def _judge_at_once(
    connection: AsyncConnection, marker: Marker, now: datetime
) -> None:
    """Let an unjudged submission be judged now; what has its verdict keeps it."""
    await connection.execute(
        update(tables.submission)
        .where(
            tables.submission.c.marker == marker,
            tables.submission.c.judge_at > now,
        )
        .values(judge_at=now)
    )
