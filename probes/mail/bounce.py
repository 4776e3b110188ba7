"""What a bounce says: of which message, and why it came back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probes.errors import Unintelligible
from probes.mail import parts
from probes.mail.header import Headers
from probes.mail.message import Message, read_message

MOST_WORDS = 500
MOST_RECIPIENTS = 50
MOST_TOLD = 10_000

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
ADDRESS = re.compile(r"[^\s<>()\[\];:,\"]{1,200}@[\w.-]{1,200}\w")
DAEMON = re.compile(
    r"mailer-daemon|postmaster|mail-?daemon|microsoftexchange", re.IGNORECASE
)

FAILED = re.compile(
    r"could(?: not|n't) be delivered|(?:not|n't) able to deliver|unable to deliver"
    r"|undeliver(?:able|ed)|delivery (?:has )?failed|delivery (?:status )?notification"
    r"|delivery failure|failure notice|mail delivery failed|returned mail"
    r"|returning message to sender|did not reach|cannot be (?:reached|delivered)"
    r"|unzustellbar|konnte nicht zugestellt",
    re.IGNORECASE,
)
DELAYED = re.compile(
    r"\bdelayed\b|not (?:yet )?been delivered|will (?:keep|be) (?:trying|retried)"
    r"|no action is required|do not need to resend",
    re.IGNORECASE,
)
COPY = re.compile(
    r"^-{2,} ?(?:Below this line is a copy of the message"
    r"|This is a copy of (?:the|your) message.{0,60}"
    r"|The header of the original message is following"
    r"|(?:Your|Original|Returned) (?:original )?message.{0,40})[. ]*-*[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""What qmail, Exim and others write above the message they bring back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceReport:
    """What a mail host says about a message that it could not deliver."""

    action: str
    """`failed`, or `delayed`: it is still being tried (RFC 3464 2.3.3)."""
    status: str
    """Enhanced status code (RFC 3463), as `5.1.1`, or empty."""
    recipient: str
    words: str
    """The host's own reason."""
    returned: Message | None
    """The message it is about, as far as it was brought back."""


def read_bounce(message: Message) -> BounceReport | None:
    """Return what `message` reports, or None where it is no bounce.

    Of several recipients one that failed counts before one that is late.
    Notices of success are no bounces, nor are automatic replies.
    """
    for enclosed in message.enclosed:
        if enclosed.kind.endswith("delivery-status"):
            return _reported(enclosed.raw, message)
    return _told(message)


def is_from_mail_system(message: Message) -> bool:
    """Return whether a mail host wrote it, and no person or site.

    Only notices come without an address to return to (RFC 5321 4.5.5).
    """
    sender = " ".join(f"{one.name} {one.address}" for one in message.from_)
    from_nobody = message.headers.get("return-path", [""])[0].strip() == "<>"
    return from_nobody or bool(DAEMON.search(sender))


def _reported(raw: bytes, message: Message) -> BounceReport | None:
    """Read a delivery status (RFC 3464): a group of fields per recipient."""
    groups = [fields for fields in _groups(raw) if _first(fields, "action")]
    actions = [_first(fields, "action").lower() for fields in groups]
    for action in ("failed", "delayed"):
        if action in actions:
            fields = groups[actions.index(action)]
            break
    else:
        return None
    words = _value(_first(fields, "diagnostic-code")) or message.text
    status = STATUS.search(_first(fields, "status"))
    return BounceReport(
        action=action,
        status=status[1] if status else _status(words),
        recipient=_address(_value(_first(fields, "final-recipient"))),
        words=" ".join(words.split())[:MOST_WORDS],
        returned=_returned(message),
    )


def _groups(raw: bytes) -> Iterator[Headers]:
    for group in re.split(rb"\r?\n\s*\n", raw.strip())[: MOST_RECIPIENTS + 1]:
        headers, _ = parts.read(group)
        yield headers


def _told(message: Message) -> BounceReport | None:
    """Read a bounce in plain words (qmail, Exim, older Exchange).

    It must come from the mail system itself, and say so.
    """
    told, copy = _parted(message.text)
    said = f"{message.subject}\n{told[:4_000]}"
    if not is_from_mail_system(message) or not FAILED.search(said):
        return None
    named = " ".join(message.headers.get("x-failed-recipients", ()))
    reason = _reason(told)
    return BounceReport(
        action="delayed" if DELAYED.search(said) else "failed",
        status=_status(reason) or _status(told),
        recipient=_address(named) or _address(reason) or _address(told),
        words=reason,
        returned=_returned(message) or _copied(copy),
    )


def _parted(text: str) -> tuple[str, str]:
    """Part the host's words from the copy of the message below them."""
    line = COPY.search(text)
    if not line:
        return text[:MOST_TOLD], ""
    return text[: line.start()][:MOST_TOLD], text[line.end() :]


def _reason(told: str) -> str:
    """Return the paragraph that names a recipient, else all, on one line."""
    paragraphs = re.split(r"\n\s*\n", told)
    named = (one for one in paragraphs if ADDRESS.search(one))
    return " ".join(next(named, told).split())[:MOST_WORDS]


def _returned(message: Message) -> Message | None:
    for enclosed in message.enclosed:
        if enclosed.kind in ("message/rfc822", "message/global", "text/rfc822-headers"):
            return _read(enclosed.raw)
    return None


def _copied(copy: str) -> Message | None:
    return _read(copy.strip().encode())


def _read(raw: bytes) -> Message | None:
    try:
        return read_message(raw)
    except Unintelligible:
        return None


def _first(fields: Headers, name: str) -> str:
    return fields.get(name, [""])[0].strip()


def _value(typed: str) -> str:
    """Return what follows the type, as in `rfc822; anna@example.org`."""
    return typed.partition(";")[2].strip() or typed


def _address(text: str) -> str:
    found = ADDRESS.search(text)
    return found[0] if found else ""


def _status(text: str) -> str:
    found = STATUS.search(text)
    return found[1] if found else ""
