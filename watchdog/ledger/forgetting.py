"""Personal data goes when its time is over, or when its person wants it gone."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from watchdog.ledger.inquiry_tables import case, inquiry, mail, mail_bookmark
from watchdog.ledger.rows import columns, fact, pieces
from watchdog.model import Inquiry, InquiryId, Mail, MailId


def forget_inquiries(connection: Connection, before: datetime, *, most: int) -> int:
    """Forget up to `most` inquiries of that time; return how many: call until it is 0.

    Those without a case that were submitted before then, and those whose case was
    ended before then.  Whoever still waits for an answer is not forgotten.
    """
    without = (
        select(inquiry.c.id)
        .outerjoin_from(inquiry, case, case.c.inquiry == inquiry.c.id)
        .where(inquiry.c.submitted_at < before, case.c.id.is_(None))
        .limit(most)
    )
    ended = select(case.c.inquiry).where(case.c.ended_at < before).limit(most)
    numbers = [*connection.scalars(without), *connection.scalars(ended)][:most]
    return delete_inquiries(connection, numbers)


def forget_mails(connection: Connection, before: datetime, *, most: int) -> int:
    """Forget up to `most` mails that arrived before then; call until it is 0.

    From then on the bookmarks say that what came before is not known.
    """
    oldest = (
        select(mail.c.id)
        .where(mail.c.arrived_at < before)
        .order_by(mail.c.arrived_at)
        .limit(most)
    )
    numbers = connection.scalars(oldest).all()
    for known_from in (mail_bookmark.c.since, mail_bookmark.c.watched_from):
        connection.execute(
            update(mail_bookmark)
            .where(known_from < before)
            .values({known_from: before})
        )
    return _delete_mails(connection, numbers)


def delete_inquiries(connection: Connection, numbers: Collection[InquiryId]) -> int:
    """Delete inquiries, with their cases and all that was done about them."""
    return sum(
        connection.execute(delete(inquiry).where(inquiry.c.id.in_(some))).rowcount
        for some in pieces(sorted(numbers))
    )


def delete_mails(connection: Connection, numbers: Collection[MailId]) -> int:
    """Delete what we know of mails; the mails themselves stay where they are.

    Their mailboxes are to be read anew: an inquiry that comes back from its store
    would else be missing, though its message lies there.
    """
    for some in pieces(sorted(numbers)):
        mailboxes = select(mail.c.mailbox).where(mail.c.id.in_(some))
        connection.execute(
            update(mail_bookmark)
            .where(mail_bookmark.c.mailbox.in_(mailboxes))
            .values(next_uid=0, read_at=None, watched_from=None)
        )
    return _delete_mails(connection, numbers)


def mails_of(
    connection: Connection, inquiries: Collection[InquiryId]
) -> Sequence[MailId]:
    """Return the mails that are the messages of these inquiries."""
    return [
        number
        for some in pieces(sorted(inquiries))
        for number in connection.scalars(
            select(inquiry.c.mail).where(
                inquiry.c.id.in_(some), inquiry.c.mail.is_not(None)
            )
        )
    ]


def inquiries_kept(
    connection: Connection, *, beyond: InquiryId, limit: int
) -> Sequence[Inquiry]:
    """Return a page of all inquiries of all checks, by their numbers, from 0."""
    page = (
        select(*columns(Inquiry, inquiry))
        .where(inquiry.c.id > beyond)
        .order_by(inquiry.c.id)
        .limit(limit)
    )
    return [fact(Inquiry, row) for row in connection.execute(page).mappings()]


def mails_kept(connection: Connection, *, beyond: MailId, limit: int) -> Sequence[Mail]:
    """Return a page of all mails of all mailboxes, by their numbers, from 0."""
    page = (
        select(*columns(Mail, mail))
        .where(mail.c.id > beyond)
        .order_by(mail.c.id)
        .limit(limit)
    )
    return [fact(Mail, row) for row in connection.execute(page).mappings()]


def _delete_mails(connection: Connection, numbers: Collection[MailId]) -> int:
    return sum(
        connection.execute(delete(mail).where(mail.c.id.in_(some))).rowcount
        for some in pieces(sorted(numbers))
    )
