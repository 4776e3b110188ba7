"""What we have sent: claims on beats, answers, failures, and what is awaited."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, true, update

from watchdog.ledger import tables
from watchdog.ledger.rows import add, columns, fact, pieces
from watchdog.ledger.screenshots import keep_screenshot
from watchdog.model import (
    Answered,
    CheckName,
    Failure,
    MailboxName,
    Marker,
    Reply,
    Submission,
)

DECISIVE = frozenset({"declined", "blocked"})
"""Answers by which a submission can be judged before anybody looks for its message."""

_OLDEST_AWAITED = select(func.min(tables.submission.c.submitted_at)).where(
    tables.submission.c.mailbox == bindparam("mailbox"),
    tables.submission.c.awaited == true(),
    tables.submission.c.submitted_at >= bindparam("since"),
)
_FIRST_UNJUDGED = (
    select(tables.submission.c.submitted_at)
    .where(
        tables.submission.c.mailbox == bindparam("mailbox"),
        tables.submission.c.awaited == true(),
        tables.submission.c.judge_at.is_not(None),
    )
    .order_by(tables.submission.c.due_at)
    .limit(1)
)
_NEWEST_BEATS = (
    select(tables.submission.c.check, func.max(tables.submission.c.beat))
    .where(
        tables.submission.c.check.in_(bindparam("checks", expanding=True)),
        tables.submission.c.beat.between(bindparam("since"), bindparam("until")),
    )
    .group_by(tables.submission.c.check)
)
_NEXT_DUE_AT = select(func.min(tables.submission.c.due_at)).where(
    tables.submission.c.mailbox == bindparam("mailbox"),
    tables.submission.c.judge_at.is_not(None),
    tables.submission.c.due_at > bindparam("after"),
)


def claim_beat(
    connection: Connection, submission: Submission, reply: Reply | None = None
) -> bool:
    """Write the submission down, or return False if its beat has one already.

    However many daemons run, exactly one of them hears True; only that one sends.
    `reply` is what its visitor is to get.
    """
    is_ours = add(
        connection,
        tables.submission,
        submission,
        judge_at=submission.due_at,
        awaited=True,
    )
    if is_ours and reply:
        add(connection, tables.reply, reply, awaited=True)
    return is_ours


def record_answer(
    connection: Connection, answered: Answered, screenshot: bytes = b""
) -> None:
    """Write down what the form answered; the first answer stays."""
    marker, answered_at = answered.marker, answered.answered_at
    keep_screenshot(connection, marker, screenshot, taken_at=answered_at)
    is_new = add(connection, tables.answer, answered)
    if is_new and answered.answer in DECISIVE:
        _judge_at_once(connection, marker, answered_at)


def record_failure(
    connection: Connection, failure: Failure, screenshot: bytes = b""
) -> None:
    """Write down why the submission did not go out; the first reason stays."""
    marker, failed_at = failure.marker, failure.failed_at
    keep_screenshot(connection, marker, screenshot, taken_at=failed_at)
    if add(connection, tables.failure, failure):
        _judge_at_once(connection, marker, failed_at)


def submission(connection: Connection, marker: Marker) -> Submission | None:
    """Return the submission with this marker, if it is one of ours."""
    statement = select(*columns(Submission, tables.submission)).where(
        tables.submission.c.marker == marker
    )
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else fact(Submission, row)


def awaited_since(
    connection: Connection, mailbox: MailboxName, *, since: datetime
) -> datetime | None:
    """Return when the oldest submission was sent whose message is still to be seen.

    Also one that was judged missing may come late; but before `since`, only what
    nobody has judged yet is waited for.
    """
    asked = {"mailbox": mailbox, "since": since}
    oldest: datetime | None = connection.scalar(_OLDEST_AWAITED, asked)
    unjudged: datetime | None = connection.scalar(_FIRST_UNJUDGED, asked)
    return min(filter(None, (oldest, unjudged)), default=None)


def newest_beats(
    connection: Connection,
    checks: Sequence[CheckName],
    *,
    since: datetime,
    until: datetime,
) -> Mapping[CheckName, datetime]:
    """Return the newest claimed beat of those checks that have one in that time.

    What a clock that was ahead has claimed after `until` must not stop us till then.
    """
    beats: dict[CheckName, datetime] = {}
    for some in pieces(checks):
        asked = {"checks": some, "since": since, "until": until}
        rows = connection.execute(_NEWEST_BEATS, asked)
        beats.update((check, beat) for check, beat in rows)
    return beats


def next_due_at(
    connection: Connection, mailbox: MailboxName, *, after: datetime
) -> datetime | None:
    """Return when the next deadline of a submission without verdict ends, or ended."""
    asked = {"mailbox": mailbox, "after": after}
    due_at: datetime | None = connection.scalar(_NEXT_DUE_AT, asked)
    return due_at


def _judge_at_once(connection: Connection, marker: Marker, now: datetime) -> None:
    """Let an unjudged submission be judged now; what has its verdict keeps it."""
    connection.execute(
        update(tables.submission)
        .where(
            tables.submission.c.marker == marker,
            tables.submission.c.judge_at > now,
        )
        .values(judge_at=now)
    )
