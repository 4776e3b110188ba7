"""What do the fields of a mail's header say?  Total: any text gives an answer."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from probes.mail.charset import clean, decoded

Headers = Mapping[str, Sequence[str]]
"""Field name in lower case to its values, topmost first, unfolded."""

MOST_CHARS = 8_000
"""Read of one field: the parsers below take quadratic time on hostile ones."""
MOST_ADDRESSES = 100
MOST_BRACKETS = 50
"""`email.utils` recurses into nested comments."""

WORD = r"=\?[\w.:+-]{1,40}(?:\*[\w-]{0,40})?\?[bBqQ]\?[^?]*\?="
RUN_OF_WORDS = re.compile(rf"{WORD}(?:\s*{WORD})*", re.ASCII)
MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of a header: the name is readable, the address as written."""

    name: str
    address: str


def words(value: str) -> str:
    """Return `value` with its encoded words (RFC 2047) made readable.

    Blanks between adjacent words vanish (6.2), and a character that was split
    over two words is put together again, as mail programs do.
    """
    return clean(RUN_OF_WORDS.sub(_run, value[:MOST_CHARS]))


def addresses(values: Sequence[str]) -> Sequence[Address]:
    """Return the mailboxes that the raw `values` name, at most 100."""
    raw = [value[:MOST_CHARS] for value in values[:MOST_ADDRESSES]]
    if sum(value.count("(") for value in raw) > MOST_BRACKETS:
        raw = [value.replace("(", " ") for value in raw]
    try:
        pairs = getaddresses(raw)
    except (IndexError, ValueError):  # python/cpython 94306: `From: "`
        return ()
    return tuple(
        Address(words(name).strip(), words(address).strip())
        for name, address in pairs[:MOST_ADDRESSES]
        if address
    )


def date(value: str) -> datetime | None:
    """Return the time that a date field names, in UTC, or None.

    A zone of `-0000` says nothing about the writer's place (RFC 5322 3.3), so
    the time is taken as it stands: UTC.
    """
    try:
        stamp = parsedate_to_datetime(clean(value[:200]).strip())
        return stamp.replace(tzinfo=stamp.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def message_ids(values: Sequence[str]) -> Sequence[str]:
    """Return the identifiers in `values`, without their angle brackets."""
    return tuple(
        found for value in values[:10] for found in MESSAGE_ID.findall(value)[:100]
    )


def _run(run: re.Match[str]) -> str:
    """Decode adjacent words, joining the bytes of those with the same charset."""
    pieces: list[tuple[str, bytes]] = []
    for word in re.findall(WORD, run[0], re.ASCII):
        charset, how, letters = word[2:-2].split("?", 2)
        charset = charset.partition("*")[0].lower()  # RFC 2231 5: a language
        data = _base64(letters) if how in "bB" else _q(letters)
        if pieces and pieces[-1][0] == charset:
            data = pieces.pop()[1] + data
        pieces.append((charset, data))
    return "".join(decoded(data, charset) for charset, data in pieces)


def _q(letters: str) -> bytes:
    return binascii.a2b_qp(letters.encode("utf-8", "replace"), header=True)


def _base64(letters: str) -> bytes:
    return unbase64(letters.encode("ascii", "ignore"))


def unbase64(data: bytes) -> bytes:
    """Return what `data` encodes, whatever else stands between and after it.

    The first `=` ends it (RFC 2045 6.8); of a tail that was cut off, the whole
    bytes are kept.
    """
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data.partition(b"=")[0])
    whole = len(letters) - (len(letters) % 4 == 1)
    return base64.b64decode(letters[:whole] + b"=" * (-whole % 4))
