"""Delete what we keep of a person, or of all who wrote before a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchdog.ledger import Ledger
from watchdog.model import Inquiry, InquiryId, Mail, MailId
from watchdog.rules.person import marks, same_address, same_number

PAGE = 500

ADDRESS = re.compile(r"[^\s<>,;]+")
"""No name with it, and no list: what nobody wrote so would not be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody by an address or a telephone number, as they are compared."""

    mark: str

    def wrote(self, inquiry: Inquiry) -> bool:
        """Return whether they wrote an inquiry, going by any field of it."""
        if self.mark in marks(inquiry.email, inquiry.phone):
            return True
        return any(self.mark in marks(each, each) for each in inquiry.fields.values())

    def is_in(self, mail: Mail) -> bool:
        """Return whether a mail names their address in its header."""
        people = (*mail.senders, *mail.repliers, *mail.recipients)
        return self.mark in map(same_address, people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Whoever wrote before then."""

    moment: datetime

    def wrote(self, inquiry: Inquiry) -> bool:
        """Return whether an inquiry was submitted before then."""
        return inquiry.submitted_at < self.moment

    def is_in(self, mail: Mail) -> bool:
        """Return whether a mail arrived before then."""
        return mail.arrived_at < self.moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the ledger keeps of somebody."""

    inquiries: Sequence[InquiryId]
    mails: Sequence[MailId]


def person(written: str) -> Person | None:
    """Return whom an address or a number names; None if it is neither."""
    is_address = "@" in written
    if is_address and not ADDRESS.fullmatch(written.strip()):
        return None
    mark = same_address(written) if is_address else same_number(written)
    return Person(mark=mark) if mark else None


async def find(ledger: Ledger, whom: Person | Earlier) -> Kept:
    """Return what is kept of somebody: everything is looked through, once."""
    inquiries: list[InquiryId] = []
    number = InquiryId(0)
    while page := await ledger.inquiries_kept(beyond=number, limit=PAGE):
        inquiries += [one.id for one in page if one.id and whom.wrote(one)]
        number = page[-1].id or number
    # Whoever left only a number is in the header of no mail.
    mails = set(await ledger.mails_of(inquiries))
    last = MailId(0)
    while found := await ledger.mails_kept(beyond=last, limit=PAGE):
        mails |= {one.id for one in found if one.id and whom.is_in(one)}
        last = found[-1].id or last
    return Kept(inquiries=inquiries, mails=sorted(mails))


async def delete(ledger: Ledger, whom: Person | Earlier, kept: Kept) -> None:
    """Delete inquiries with their cases, and the facts of mails, in small steps.

    What came before a day is not known from then on; a person's mails are read
    again where they still lie in the mailbox.
    """
    for start in range(0, len(kept.inquiries), PAGE):
        await ledger.delete_inquiries(kept.inquiries[start : start + PAGE])
    if isinstance(whom, Earlier):
        while await ledger.forget_mails(whom.moment, most=PAGE):
            continue
    for start in range(0, len(kept.mails), PAGE):
        await ledger.delete_mails(kept.mails[start : start + PAGE])
