"""What does a mail say, who wrote it, and to whom?  Any bytes give an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from probes.errors import Unintelligible
from probes.mail import header, parts, quoting
from probes.mail.charset import decoded, without_invisibles
from probes.mail.flowed import unflowed
from probes.mail.header import Address, Headers
from probes.mail.html_text import text_of
from probes.mail.parts import Part

MOST_READ = 1024 * 1024
"""Bytes read of a mail, four times of what a mailbox hands out."""
MOST_TEXT = 200_000
"""Characters kept of a mail's own words, and of its quoted ones."""
MOST_ENCLOSED = 10
MOST_ATTACHMENTS = 50
DEEPEST = 3
"""Mails within mails that are read."""

DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
"""Where mail hosts note to whom they bring a mail: qmail, Postfix, Exim, others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A mail, its header, or a delivery status that rides in another mail."""

    kind: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One mail, readable: no field raises, none is unbounded."""

    headers: Headers
    message_id: str
    """Without its angle brackets, as are `in_reply_to` and `references`."""
    date: datetime | None
    from_: Sequence[Address]
    reply_to: Sequence[Address]
    to: Sequence[Address]
    delivered_to: Sequence[Address]
    subject: str
    in_reply_to: Sequence[str]
    references: Sequence[str]
    auto_submitted: str
    """RFC 3834: `auto-generated`, `auto-replied`, `no`, or empty."""
    text: str
    """The writer's own words."""
    quoted: str
    """What the mail quotes, forwards, or brings back."""
    enclosed: Sequence[Enclosed]
    attachments: Sequence[str]
    """The names of attached files."""

    @property
    def is_answer(self) -> bool:
        """Whether it says that it answers a mail (RFC 5322, or by itself)."""
        by_itself = self.auto_submitted == "auto-replied" or self._has_habits
        return bool(self.in_reply_to) or by_itself

    @property
    def is_automatic(self) -> bool:
        """Whether it says that no person wrote it (RFC 3834 5; older habits).

        Exchange calls its notes of absence `auto-generated`.
        """
        return self.auto_submitted not in {"", "no"} or self._has_habits

    @property
    def _has_habits(self) -> bool:
        """Whether it is marked as an automatic reply as before RFC 3834."""
        precedence = " ".join(self.headers.get("precedence", ())).lower()
        habits = ("x-autoreply", "x-autorespond")
        return "auto_reply" in precedence or any(
            name in self.headers for name in habits
        )


def read_message(raw: bytes) -> Message:
    """Return the mail in `raw`, which may be cut off anywhere.

    Text parts count; HTML is read where it says something else than the plain
    text beside it.  Raises `Unintelligible` only where there is nothing at all.
    """
    if not raw[:MOST_READ].strip(b"\0\t\r\n "):
        raise Unintelligible("The message is empty.")
    return _read(raw[:MOST_READ], deep=0)


def _read(raw: bytes, *, deep: int) -> Message:
    headers, found = parts.read(raw)
    enclosed = tuple(
        Enclosed(kind=part.kind, raw=part.data) for part in found if _is_enclosed(part)
    )[:MOST_ENCLOSED]
    own, quoted = _words(found)
    within = [quoted, *_words_within(enclosed, deep)]
    automatic = headers.get("auto-submitted", [""])[0]
    return Message(
        headers=headers,
        message_id="".join(header.message_ids(headers.get("message-id", ()))[:1]),
        date=header.date(headers.get("date", [""])[0]),
        from_=header.addresses(headers.get("from", ())),
        reply_to=header.addresses(headers.get("reply-to", ())),
        to=header.addresses(headers.get("to", ())),
        delivered_to=header.addresses(
            [value for name in DELIVERED for value in headers.get(name, ())]
        ),
        subject=header.words(headers.get("subject", [""])[0]),
        in_reply_to=header.message_ids(headers.get("in-reply-to", ())),
        references=header.message_ids(headers.get("references", ())),
        auto_submitted=_keyword(automatic),
        text=own[:MOST_TEXT],
        quoted="\n\n".join(filter(None, within))[:MOST_TEXT],
        enclosed=enclosed,
        attachments=tuple(part.filename for part in found if part.filename)[
            :MOST_ATTACHMENTS
        ],
    )


def _keyword(value: str) -> str:
    """Return the first word of a header field, without parameters and comments."""
    return re.split(r"[;(\s]", value.strip(), maxsplit=1)[0].lower()[:40]


def _is_enclosed(part: Part) -> bool:
    return part.kind.startswith("message/") or part.kind == "text/rfc822-headers"


def _words(found: Sequence[Part]) -> tuple[str, str]:
    """Return own and quoted words of the text parts, plain before HTML."""
    plain = "\n\n".join(_texts(found, "text/plain"))
    rich = "\n\n".join(text_of(text) for text in _texts(found, "text/html"))
    plain_own, plain_quoted = quoting.split(plain)
    rich_own, rich_quoted = quoting.split(rich)
    return _both(plain_own, rich_own), _both(plain_quoted, rich_quoted)


def _both(plain: str, rich: str) -> str:
    """Return the fuller of two versions, or both where each has words of its own."""
    bare_plain, bare_rich = _bare(plain), _bare(rich)
    if bare_rich in bare_plain:
        return plain
    if bare_plain in bare_rich:
        return rich
    return f"{plain}\n\n{rich}"


def _bare(text: str) -> str:
    return "".join(without_invisibles(text).replace(">", "").split())


def _texts(found: Sequence[Part], kind: str) -> Iterator[str]:
    left = MOST_TEXT
    for part in found:
        if part.kind == kind and not part.attached and left > 0:
            text = decoded(part.data, part.charset)
            if kind == "text/plain":  # markup is bounded by the mail's bytes
                text = text[:left]
                left -= len(text)
            if part.flowed:
                text = unflowed(text, deleted_space=part.deleted_space)
            yield text


def _words_within(enclosed: Sequence[Enclosed], deep: int) -> Iterator[str]:
    """Yield the words of mails within this one."""
    for one in enclosed:
        if one.kind == "message/delivery-status" or deep >= DEEPEST:
            continue
        inner = _read(one.raw, deep=deep + 1)
        yield "\n".join(filter(None, (inner.subject, inner.text, inner.quoted)))
