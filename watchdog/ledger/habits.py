"""How often people write, for estimates of what nobody keeps."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from watchdog.ledger import tables
from watchdog.ledger.inquiry_tables import mail
from watchdog.model import CheckName, MailboxName, MailKind

SENDER = "from"
"""The evidence of an arrival that tells who sent it."""

MOST_TESTS = 50
"""So many of our newest tests tell who sends a form's messages."""

NOT_INCOMING = ("sent", "drafts")


def form_senders(connection: Connection, check: CheckName) -> frozenset[str]:
    """Return the addresses from which a form's messages come, by our newest tests.

    Empty where none has arrived, or where the site writes in its visitors' names.
    """
    submission, arrival = tables.submission, tables.arrival
    asked = (
        select(arrival.c.evidence)
        .join_from(submission, arrival, arrival.c.marker == submission.c.marker)
        .where(submission.c.check == check)
        .order_by(submission.c.beat.desc())
        .limit(MOST_TESTS)
    )
    found = [evidence.get(SENDER) for evidence in connection.scalars(asked)]
    return frozenset(sender for sender in found if sender)


def came_at(
    connection: Connection,
    mailbox: MailboxName,
    senders: Collection[str],
    *,
    since: datetime,
    until: datetime,
    most: int = 50_000,
) -> Sequence[datetime]:
    """Return when messages of these senders came in that time, each once.

    One that lies in two folders is one.  Where some of them name somebody else to
    answer, as forms do, the others are the site's own notices and no inquiries.
    Of more than `most` mails the newest count.
    """
    asked = (
        select(mail.c.arrived_at, mail.c.message_id, mail.c.senders, mail.c.repliers)
        .where(
            mail.c.mailbox == mailbox,
            mail.c.arrived_at.between(since, until),
            mail.c.kind == MailKind.MESSAGE,
            mail.c.role.not_in(NOT_INCOMING),
        )
        .order_by(mail.c.arrived_at.desc())
        .limit(most)
    )
    rows = [row for row in connection.execute(asked) if {*row.senders} & {*senders}]
    answerable = [row for row in rows if not {*row.repliers} <= {*row.senders}]
    once = {row.message_id or row.arrived_at: row for row in answerable or rows}
    return [row.arrived_at for row in once.values()]
