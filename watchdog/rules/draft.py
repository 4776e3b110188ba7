"""A letter to somebody who was missed: an answer to their message, ready to finish."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from textwrap import wrap
from typing import Any

from probes.mail.writing import POLICY
from watchdog.model import CaseId, Missed, StepKind
from watchdog.rules import person
from watchdog.rules.template import LetterTemplate

WIDTH = 72
MOST_QUOTED = 10_000
"""Signs of the person's own words, below the letter."""
MOST_IN_LINE = 200
MOST_NAME = 60
"""Signs of a name in a header: Python folds a longer word into an empty line."""
MOST_FIELDS = 50

SUBJECT = "Subject:"
"""A template may begin with a line for the subject."""

MESSAGE_ID = re.compile(r"[!-;=?-~]{1,250}")
"""What may stand between the angle brackets of a Message-ID, loosely (RFC 5322)."""

UNFIT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of Unicode (UAX 44, table 12)."""

UNQUOTED = str.maketrans(dict.fromkeys('()<>[]:;@\\,"=?', " "))
"""What a name needs no quotes without (RFC 5322 3.2.3), and is no encoded word.

Python drops the quotes of a long name as it folds the line: what stood in them
would be recipients (python/cpython 80222).
"""

JOINERS = "\u200c\u200d"
"""Without them emoji fall apart, and Persian is misspelt."""

MONTHS = {
    "en": "January February March April May June July August September October"
    " November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober"
    " November Dezember",
}
DAY = {"en": "{day} {month} {year}", "de": "{day}. {month} {year}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes the letters."""

    name: str
    address: str
    language: str


def message_id(
    key: bytes, case: CaseId, kind: StepKind, number: int, domain: str
) -> str:
    """Return the id of a case's letter of that number, without brackets.

    It is the same each time, so that a letter is known again in the mailbox, and
    tells a stranger nothing; `key` is the ledger's.
    """
    word = hmac.digest(
        key, f"case {case} {kind} {number}".encode(), hashlib.sha256
    ).hex()
    return f"{word[:32]}@{domain}"


def compose(
    missed: Missed,
    template: LetterTemplate,
    sender: Sender,
    *,
    message_id: str,
    site: str,
    now: datetime,
) -> bytes:
    """Return a letter as it goes into the drafts; the person must have an address.

    Raise `TemplateFault` if the template cannot be filled in.  Others' words are
    one line each, but their message: none begins a header or ends one.
    """
    words = values(missed, sender, site=site, now=now)
    subject, body = _parted(template.fill(words), words["subject"])
    mail = EmailMessage(policy=POLICY)
    mail["From"] = _address(sender.name, sender.address)
    name = " ".join(words["name"].translate(UNQUOTED).split())
    mail["To"] = _address(name[:MOST_NAME].rstrip(), words["email"])
    mail["Subject"] = subject.replace("=?", "= ?")
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message_id}>"
    if MESSAGE_ID.fullmatch(missed.mail_message_id):
        mail["In-Reply-To"] = mail["References"] = f"<{missed.mail_message_id}>"
    mail.set_content(body, cte="quoted-printable")
    return mail.as_bytes()


def values(
    missed: Missed, sender: Sender, *, site: str, now: datetime
) -> Mapping[str, Any]:
    """Return the words that fill a template, fit to be read by a person."""
    inquiry = missed.inquiry
    fields = list(inquiry.fields.items())[:MOST_FIELDS]
    message = _text(inquiry.message[:MOST_QUOTED])
    return {
        "name": line(inquiry.name),
        "email": person.address_of(inquiry.email),
        "phone": line(inquiry.phone),
        "subject": line(inquiry.subject),
        "message": message,
        "quoted": quoted(message),
        "fields": [(line(label), line(value)) for label, value in fields],
        "date": day(inquiry.submitted_at.date(), sender.language),
        "days": max((now - inquiry.submitted_at).days, 0),
        "form": line(inquiry.check),
        "site": line(site),
        "from_name": sender.name,
    }


def line(text: str) -> str:
    """Return others' words on one line, without signs that turn or hide others."""
    kept = "".join(_fit(sign) for sign in text[:MOST_IN_LINE])
    return " ".join(kept.split())


def quoted(text: str) -> str:
    """Return a text as it stands below an answer, `> ` before each line."""
    lines = [part for whole in text.splitlines() for part in _wrapped(whole)]
    return "\n".join(f"> {one}".rstrip() for one in lines)


def day(date: date, language: str) -> str:
    """Return a day as people write it in a letter."""
    month = MONTHS[language].split()[date.month - 1]
    return DAY[language].format(day=date.day, month=month, year=date.year)


def _parted(letter: str, subject: str) -> tuple[str, str]:
    """Return a letter's subject and its body."""
    first, _, rest = letter.lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        return f"Re: {subject}".strip(), letter
    return line(first.removeprefix(SUBJECT)), rest.lstrip("\n")


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def _wrapped(text: str) -> Sequence[str]:
    return wrap(text, WIDTH, break_on_hyphens=False) or [""]


def _text(text: str) -> str:
    """Return a text of several lines, likewise."""
    return "\n".join(
        "".join(_fit(sign) for sign in one).rstrip() for one in text.splitlines()
    )


def _fit(sign: str) -> str:
    """Return a sign, or a blank for one that no letter needs.

    Controls, halves of signs, and what turns the direction of others.
    """
    is_unfit = unicodedata.category(sign) in UNFIT and sign not in JOINERS
    return " " if is_unfit else sign
