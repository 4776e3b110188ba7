"""People as vCards, for the owner's telephone and address book."""

from collections.abc import Iterable, Sequence
from datetime import UTC

from watchdog.model import Missed
from watchdog.rules import person
from watchdog.rules.draft import line

WIDTH = 75
"""Octets of a line, without its end (RFC 6350 3.2)."""

MOST_NOTE = 1_000
"""Signs of the message in a card."""


def vcards(cases: Iterable[Missed]) -> str:
    """Return a vCard 4.0 (RFC 6350) for each case of somebody who can be reached."""
    return "".join(
        _card(missed)
        for missed in cases
        if person.marks(missed.inquiry.email, missed.inquiry.phone)
    )


def _card(missed: Missed) -> str:
    inquiry = missed.inquiry
    name, phone = line(inquiry.name), line(inquiry.phone)
    email = person.address_of(inquiry.email)
    written_at = inquiry.submitted_at.astimezone(UTC)
    note = f"{inquiry.check}, {written_at:%Y-%m-%d}:\n{inquiry.message[:MOST_NOTE]}"
    properties = [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        ("FN", _text(name or email or phone)),
        *([("EMAIL", _text(email))] if email else []),
        *([("TEL;VALUE=text", _text(phone))] if person.same_number(phone) else []),
        ("NOTE", _text(note)),
        ("END", "VCARD"),
    ]
    return "".join(f"{_folded(f'{key}:{value}')}\r\n" for key, value in properties)


def _text(words: str) -> str:
    """Return a value in which nothing ends the line or begins another (3.4)."""
    lines = [" ".join(_plain(one).split()) for one in words.splitlines()]
    escaped = "\n".join(lines).replace("\\", "\\\\")
    return escaped.replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _plain(words: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in words)


def _folded(whole: str) -> str:
    """Return a line in pieces of 75 octets at most, and no sign cut in two (3.2)."""
    pieces: list[str] = [""]
    for sign in whole:
        if _octets([pieces[-1], sign]) > WIDTH:
            pieces.append(" ")
        pieces[-1] += sign
    return "\r\n".join(pieces)


def _octets(words: Sequence[str]) -> int:
    return sum(len(word.encode("utf-8", "replace")) for word in words)
