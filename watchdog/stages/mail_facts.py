"""From a letter's bytes to the facts of a mail by which inquiries are matched."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from probes.channels.email_text import NAME
from probes.errors import Unintelligible
from probes.mail import header
from probes.mail.bounce import BounceReport, is_from_mail_system, read_bounce
from probes.mail.header import Address
from probes.mail.mailbox import Letter
from probes.mail.message import Message, read_message
from watchdog.model import Mail, MailboxName, MailKind
from watchdog.rules import marker as markers
from watchdog.rules.matching import traits

MOST_SUBJECT = 1_000
MOST_LISTED = 50

FORWARDED = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|enc|pd|vs|vb|doorst|i|ilt|továbbítás|yml|转发|轉寄)\s*[::]",
    re.IGNORECASE,
)
"""How mail programs begin the subject of what they forward, in many languages."""


def mail_of(
    letter: Letter, mailbox: MailboxName, key: bytes, *, seen_at: datetime
) -> Mail:
    """Return what matching must know of `letter`; its text itself is not kept.

    `key` is the ledger's, by which our own tests are known.  What cannot be read
    is still a mail that came at a time.
    """
    bare = Mail(
        mailbox=mailbox,
        folder=letter.folder,
        role=letter.role.value,
        validity=letter.validity,
        uid=letter.uid,
        arrived_at=letter.arrived_at,
        seen_at=seen_at,
        is_read=letter.is_read,
    )
    try:
        message = read_message(letter.raw)
    except Unintelligible:
        return bare
    bounce = read_bounce(message)
    kind = _kind(message, bounce, key)
    quoted = _quoted(message, bounce)
    own = _lines([message.subject, *_spelt(message.from_, message.reply_to)])
    own = f"{own}\n{message.text}"
    if kind is MailKind.MESSAGE:
        # Whoever writes through a form may well quote somebody.
        own, quoted = f"{own}\n{quoted}", ""
    return replace(
        bare,
        kind=kind,
        is_automatic=message.is_automatic,
        message_id=message.message_id,
        references=_references(message, bounce),
        senders=_addresses(message.from_),
        repliers=_addresses(message.reply_to),
        recipients=[bounce.recipient] if bounce else _recipients(message),
        subject=message.subject[:MOST_SUBJECT],
        traits=traits(own),
        quoted_traits=traits(quoted),
    )


def _kind(message: Message, bounce: BounceReport | None, key: bytes) -> MailKind:
    if _is_ours(message, key):
        return MailKind.OURS
    if bounce is not None:
        return MailKind.BOUNCE
    if _is_answer(message):
        return MailKind.ANSWER
    return MailKind.MESSAGE


def _is_ours(message: Message, key: bytes) -> bool:
    """Return whether it is a test of ours, or speaks of one, or is an alarm."""
    people = [*message.from_, *message.reply_to, *message.to, *message.delivered_to]
    texts = [message.subject, message.text, message.quoted, *_addresses(people)]
    if any(markers.find(key, text) for text in texts):
        return True
    is_alarm = any(one.name == NAME for one in message.from_)
    return is_alarm and "x-auto-response-suppress" in message.headers


def _is_answer(message: Message) -> bool:
    """Return whether it answers or forwards another mail.

    Ticket systems thread the site's own mail like an answer, and auto-replies
    may carry a visitor's words; but whoever answers those writes to the visitor.
    """
    own, quoted = len(message.text.split()), len(message.quoted.split())
    if own * 4 < quoted or (quoted and FORWARDED.match(message.subject)):
        return True
    senders = {one.address for one in message.from_}
    is_the_sites = any(one.address not in senders for one in message.reply_to)
    if is_the_sites and own >= quoted:
        return False
    is_threaded = bool(message.in_reply_to or message.references)
    says_so = message.is_answer or is_from_mail_system(message)
    return is_threaded or bool(quoted and says_so)


def _references(message: Message, bounce: BounceReport | None) -> Sequence[str]:
    """Return what a mail is about; of a bounce, also what it brings back.

    What is only late is still on its way: of that it tells nothing.
    """
    if bounce and bounce.action != "failed":
        return ()
    returned = [bounce.returned.message_id] if bounce and bounce.returned else []
    return _listed([*filter(None, returned), *message.in_reply_to, *message.references])


def _quoted(message: Message, bounce: BounceReport | None) -> str:
    returned = bounce.returned if bounce else None
    people = _spelt(returned.from_, returned.reply_to) if returned else []
    words = [returned.subject, returned.text] if returned else []
    return _lines([message.quoted, *people, *words])


def _spelt(*people: Sequence[Address]) -> list[str]:
    return [f"{one.name} {one.address}" for group in people for one in group]


def _recipients(message: Message) -> Sequence[str]:
    return _addresses([*message.to, *header.addresses(message.headers.get("cc", ()))])


def _addresses(people: Sequence[Address]) -> Sequence[str]:
    return _listed([one.address for one in people])


def _listed(words: Sequence[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(words))[:MOST_LISTED]


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(filter(None, texts))
