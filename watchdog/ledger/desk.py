"""The recovery desk: who was missed, and each step towards winning them back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from watchdog.ledger.inquiry_tables import case, case_step, inquiry, mail
from watchdog.ledger.rows import columns, fact, names, pieces, values
from watchdog.model import (
    LEADS_TO,
    Case,
    CaseId,
    CaseStep,
    Inquiry,
    Mail,
    MailboxName,
    Missed,
    StepKind,
)

_TRAITS = {"traits", "quoted_traits"}
_SIGHT = [name for name in names(Mail) if name not in _TRAITS]
_MISSED: Select[Any] = (
    select(
        *(case.c[name].label(f"case.{name}") for name in names(Case)),
        *columns(Inquiry, inquiry),
        inquiry.c.status,
        func.coalesce(mail.c.message_id, "").label("mail_message_id"),
    )
    .join_from(case, inquiry, case.c.inquiry == inquiry.c.id)
    .outerjoin(mail, inquiry.c.mail == mail.c.id)
)
_REACHED: Mapping[StepKind, str] = {
    StepKind.CONTACTED: "contacted_at",
    StepKind.ANSWERED: "answered_at",
    StepKind.CLOSED: "ended_at",
    StepKind.DISMISSED: "ended_at",
}


def cases_under_way(connection: Connection, *, limit: int) -> Sequence[Missed]:
    """Return the cases that are neither closed nor dismissed, oldest first."""
    under_way = _MISSED.where(case.c.ended_at.is_(None))
    return _missed(connection, under_way.order_by(case.c.opened_at).limit(limit))


def cases(connection: Connection, *, limit: int) -> Sequence[Missed]:
    """Return so many cases, the newest first."""
    return _missed(connection, _MISSED.order_by(case.c.id.desc()).limit(limit))


def cases_by_number(
    connection: Connection, numbers: Collection[CaseId]
) -> Sequence[Missed]:
    """Return the cases of these numbers, in their order."""
    asked = _MISSED.where(case.c.id.in_(numbers)).order_by(case.c.id)
    return _missed(connection, asked)


def cases_contacted(
    connection: Connection, *, since: datetime, limit: int
) -> Sequence[Missed]:
    """Return the cases of those who were written to or called since then."""
    asked = _MISSED.where(case.c.contacted_at >= since)
    newest = asked.order_by(case.c.contacted_at.desc()).limit(limit)
    return _missed(connection, newest)


def record_step(connection: Connection, step: CaseStep) -> bool:
    """Write down what was done, and the state it leads to.

    False, with nothing written, where the case is in no state for it: whoever
    does the same a second time, or at the same moment, changes nothing.
    """
    if step.kind in LEADS_TO:
        before, after = LEADS_TO[step.kind]
        reached: dict[str, Any] = {"state": after}
        if step.kind is StepKind.REOPENED:
            reached |= {"contacted_at": None, "answered_at": None, "ended_at": None}
        else:
            reached[_REACHED[step.kind]] = step.done_at
        led = update(case).where(case.c.id == step.case, case.c.state.in_(before))
        if connection.execute(led.values(**reached)).rowcount == 0:
            return False
    return add_step(connection, step)


def add_step(connection: Connection, step: CaseStep) -> bool:
    """Write down what was done, whatever the case's state, which stays; True."""
    connection.execute(insert(case_step).values(**values(step)))
    return True


def claim_draft(
    connection: Connection, number: CaseId, *, now: datetime, lapse: timedelta
) -> bool:
    """Return whether it is for us to put a letter for this case into the mailbox.

    Of two who want to at the same time, one hears True.  Who dies before he has
    told what came of it holds up nobody for longer than `lapse`.
    """
    free = or_(case.c.drafting_at.is_(None), case.c.drafting_at <= now - lapse)
    claimed = update(case).where(case.c.id == number, free)
    return connection.execute(claimed.values(drafting_at=now)).rowcount == 1


def release_draft(
    connection: Connection, number: CaseId, step: CaseStep | None = None
) -> None:
    """Let go of a claim; `step` is what came of it, if a letter lies there now."""
    connection.execute(update(case).where(case.c.id == number).values(drafting_at=None))
    if step is not None:
        record_step(connection, step)


def mails_since(
    connection: Connection, mailbox: MailboxName, *, since: datetime, limit: int
) -> Sequence[Mail]:
    """Return so many of the newest mails that came since then, oldest first.

    Without their traits, which only matching needs.
    """
    newest = (
        select(*(mail.c[name] for name in _SIGHT))
        .where(mail.c.mailbox == mailbox, mail.c.arrived_at >= since)
        .order_by(mail.c.arrived_at.desc(), mail.c.id.desc())
        .limit(limit)
    )
    rows = connection.execute(newest).mappings().all()
    return [fact(Mail, row) for row in reversed(rows)]


def _missed(connection: Connection, asked: Select[Any]) -> Sequence[Missed]:
    rows = connection.execute(asked).mappings().all()
    steps = _steps(connection, [row["case.id"] for row in rows])
    return [
        Missed(
            case=Case(**{name: row[f"case.{name}"] for name in names(Case)}),
            inquiry=Inquiry(**{name: row[name] for name in names(Inquiry)}),
            status=row["status"],
            mail_message_id=row["mail_message_id"],
            steps=steps[row["case.id"]],
        )
        for row in rows
    ]


def _steps(
    connection: Connection, numbers: Sequence[CaseId]
) -> Mapping[CaseId, Sequence[CaseStep]]:
    found: dict[CaseId, list[CaseStep]] = defaultdict(list)
    for some in pieces(numbers):
        asked = (
            select(*columns(CaseStep, case_step))
            .where(case_step.c.case.in_(some))
            .order_by(case_step.c.id)
        )
        for row in connection.execute(asked).mappings():
            found[row["case"]].append(fact(CaseStep, row))
    return found
