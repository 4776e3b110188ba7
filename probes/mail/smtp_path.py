"""A synthetic message that goes through no form: handed to a mail server, once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from probes.channels.email_text import on_the_wire
from probes.forms.form import Answer, Receipt, Visitor
from probes.mail import smtp
from probes.mail.writing import POLICY
from probes.settings import SmtpServer

SYSTEM = "smtp"
SECONDS = 30.0
"""For all until the message is handed over, and again for the server's last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message in its envelope."""

    sender: str
    to: str
    subject: str
    text: str
    raw: bytes
    """All of it, as it is handed over."""


def compose(
    visitor: Visitor, *, sender: str, to: str, unique: str, written_at: datetime
) -> Mail:
    """Return what the visitor says as a mail; raises `Refused` for a bad address.

    `unique` is the word by which its message id differs from others.

    Only Reply-To bears the visitor's plus-tag: servers refuse senders that are not
    their accounts, and greylisting knows by the sender who has come before.  Nobody's
    autoresponder answers it (RFC 3834, section 5).
    """
    sender, to = on_the_wire(sender), on_the_wire(to)
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(visitor.name, addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Reply-To"] = Address(addr_spec=on_the_wire(visitor.email))
    mail["Subject"] = visitor.subject
    mail["Date"] = written_at
    mail["Message-ID"] = f"<{unique}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(visitor.message)
    return Mail(
        sender=sender,
        to=to,
        subject=visitor.subject,
        text=visitor.message,
        raw=mail.as_bytes(),
    )


@dataclass(frozen=True, slots=True)
class Ready:
    """A server that has taken sender and recipient, and waits for the message."""

    session: smtp.Session
    mail: Mail
    url: str

    async def send(self) -> Receipt:
        """Hand the message over, once, and return what the server answered.

        Raises `Refused` where it did not take the message.  Where its answer is
        lost, the receipt is unclear: the message may be on its way all the same.
        """
        try:
            words = await self.session.give(self.mail.raw)
        except smtp.Lost as error:
            return Receipt(
                answer=Answer.UNCLEAR,
                words=error.message,
                status=None,
                url=self.url,
                system=SYSTEM,
            )
        return Receipt(
            answer=Answer.ACCEPTED,
            words=words,
            status=None,
            url=self.url,
            system=SYSTEM,
        )


@asynccontextmanager
async def ready(
    server: SmtpServer, mail: Mail, *, seconds: float = SECONDS
) -> AsyncIterator[Ready]:
    """Do all but hand the message over: log in, name sender and recipient.

    Raises `Unreachable`, `Unintelligible`, or `Refused`: not `permanent` where the
    server puts the mail off (4yz: RFC 5321, section 4.2.1).  Whoever leaves without
    sending has sent nothing.
    """
    host, port = server.address
    async with smtp.session(server, seconds=seconds) as session:
        await session.announce(sender=mail.sender, to=mail.to)
        yield Ready(session, mail, f"smtp://{host}:{port}")
        await session.leave()
