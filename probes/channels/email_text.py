"""How a notice is written as an email: headers that thread it, text, HTML, files."""

import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage

from probes.channels.message import Attachment, Notice
from probes.channels.words import encodable, one_line
from probes.errors import Refused
from probes.mail.writing import POLICY

NAME = "Contact Watchdog"
"""Whose alarms these are, in the list of an inbox."""

MOST_SUBJECT = 200
MOST_REFERENCES = 20

MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")

MOST_FOLDED = 74
"""Python's `email` encodes, and so spoils, a message id that is longer than a line."""

ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
"""RFC 5321, section 4.1.2, without quoted names and address literals."""

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def compose(notice: Notice, *, sender: str, to: Sequence[str]) -> bytes:
    """Return the whole message, in 7-bit lines; addresses as `on_the_wire` gives them.

    Nobody's autoresponder answers it (RFC 3834, section 5; [MS-OXCMAIL], section
    2.2.3.2.14), but bounces do come back to the sender.
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(NAME, addr_spec=sender)
    mail["To"] = [Address(addr_spec=address) for address in to]
    mail["Subject"] = one_line(encodable(notice.subject))[:MOST_SUBJECT]
    mail["Date"] = notice.written_at
    _thread(mail, notice)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "RN, NRN, OOF, AutoReply"
    mail.set_content(encodable(notice.text))
    if notice.html:
        mail.add_alternative(encodable(notice.html), subtype="html")
    for attachment in notice.attachments:
        _attach(mail, attachment)
    return mail.as_bytes()


def on_the_wire(address: str) -> str:
    """Return `address` as every server takes it, or raise `Refused`.

    The domain may be international, the name before it may not (that would need
    SMTPUTF8, which many servers lack).
    """
    name, _, domain = address.rpartition("@")
    try:
        spelt = f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        spelt = ""
    if not ADDRESS.fullmatch(spelt):
        raise Refused(f"{one_line(address)} is no email address that we can write to.")
    return spelt


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    content, kind, name = attachment.content, attachment.kind, _file_name(attachment)
    if isinstance(content, bytes):
        mail.add_attachment(content, maintype="image", subtype=kind, filename=name)
    else:
        mail.add_attachment(encodable(content), subtype=kind, filename=name)


def _thread(mail: EmailMessage, notice: Notice) -> None:
    """Put the message below those about the same trouble (RFC 5322, section 3.6.4)."""
    own = _message_id(notice.message_id)
    if not own:
        raise Refused("The alarm has no message id that a mail server would take.")
    mail["Message-ID"] = own
    before, *known = (
        spelt if len(spelt := _message_id(each)) <= MOST_FOLDED else ""
        for each in (notice.in_reply_to, *notice.references)
    )
    if before:
        mail["In-Reply-To"] = before
    if known := list(filter(None, known)):
        # The first one holds the thread together where those between are cut.
        mail["References"] = " ".join([known[0], *known[1:][-MOST_REFERENCES:]])


def _message_id(given: str) -> str:
    """Return a message id with its domain as ASCII, or nothing if it is none."""
    name, at, domain = given.removesuffix(">").rpartition("@")
    try:
        spelt = f"{name}{at}{domain.encode('idna').decode()}>"
    except UnicodeError:
        return ""
    return spelt if MESSAGE_ID.fullmatch(spelt) else ""


def _file_name(attachment: Attachment) -> str:
    stem = attachment.name.removesuffix(f".{attachment.kind}")
    return f"{UNSAFE.sub('-', stem).strip('.-')[:60] or 'list'}.{attachment.kind}"
