"""How a synthetic message is known again: a signed word that nobody can forge.

A marker is `cwd` and 32 letters or digits of base32 (RFC 4648): five bytes of
time, five of salt, ten of HMAC-SHA-256 over both.  It survives what websites
and mail hosts do to a text: case, wrapping, quoting signs, soft breaks.
"""

import hashlib
import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Sequence
from datetime import UTC, datetime

from watchdog.model import Marker

PREFIX = "cwd"
SALT_BYTES = 5
_TIME_BYTES = 5
_SIGNATURE_BYTES = 10
_LENGTH = (_TIME_BYTES + SALT_BYTES + _SIGNATURE_BYTES) * 8 // 5
_CANDIDATE = re.compile(f"(?={PREFIX}([a-z2-7]{{{_LENGTH}}}))")
_NOISE = re.compile("[^a-z0-9]+")

LOCAL_PART_LIMIT = 64
"""Octets before the @ of an address (RFC 5321, 4.5.3.1.1)."""

MOST_LOCAL = LOCAL_PART_LIMIT - len(f"+{PREFIX}") - _LENGTH
"""Of these, so many are left to an address that is to be tagged."""


def make(key: bytes, *, at: datetime, salt: bytes) -> Marker:
    """Return the marker of a message sent `at`; `salt` is five random bytes."""
    body = int(at.timestamp()).to_bytes(_TIME_BYTES, "big") + salt
    word = b32encode(body + _signature(key, body)).decode("ascii").lower()
    return Marker(PREFIX + word)


def made_at(marker: Marker) -> datetime:
    """Return when a marker of ours was made, in whole seconds."""
    raw = b32decode(marker.removeprefix(PREFIX).upper())
    return datetime.fromtimestamp(int.from_bytes(raw[:_TIME_BYTES], "big"), UTC)


def find(key: bytes, text: str) -> Sequence[Marker]:
    """Return the markers in `text` that we have signed, in order, each once.

    Everything but letters and digits is passed over, so that a marker which
    was wrapped or quoted is still found.  The signature makes that safe: what
    merely looks like a marker is none.
    """
    condensed = _NOISE.sub("", text.lower())
    words = dict.fromkeys(match[1] for match in _CANDIDATE.finditer(condensed))
    return [Marker(PREFIX + word) for word in words if _is_ours(key, word)]


def without(key: bytes, text: str) -> str:
    """Return `text` without our markers, so that it is taken for no arrival."""
    for marker in find(key, text):
        while True:
            places = [n for n, sign in enumerate(text) if _NOISE.sub("", sign.lower())]
            start = _NOISE.sub("", text.lower()).find(marker)
            if start < 0:
                break
            end = places[start + len(marker) - 1]
            text = f"{text[: places[start]]}(marker){text[end + 1 :]}"
    return text


def tagged(address: str, marker: Marker) -> str:
    """Return `address` with `marker` as its plus-tag.

    The address stays as it is where the tag would make it longer than mail
    hosts accept; then the marker rides in the text alone.
    """
    local, _, domain = address.rpartition("@")
    tagged_local = f"{local.partition('+')[0]}+{marker}"
    return f"{tagged_local}@{domain}" if is_taggable(address) else address


def is_taggable(address: str) -> bool:
    """Return whether `address` can have a marker as its plus-tag."""
    return len(address.rpartition("@")[0].partition("+")[0].encode()) <= MOST_LOCAL


def _is_ours(key: bytes, word: str) -> bool:
    raw = b32decode(word.upper())
    body, signature = raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]
    return hmac.compare_digest(signature, _signature(key, body))


def _signature(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, hashlib.sha256)[:_SIGNATURE_BYTES]
