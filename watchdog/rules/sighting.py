"""What a mail that carries a marker proves: an arrival, a bounce, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from watchdog.model import Marker
from watchdog.rules import marker as markers


class Sighting(StrEnum):
    """What a marked mail is."""

    ARRIVAL = "arrival"
    BOUNCE = "bounce"
    COPY = "copy"
    """The copy that a form sends to its visitor; it proves nothing of the owner's."""
    QUOTE = "quote"
    """Somebody answered or forwarded a synthetic message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What the rule must know of a mail; texts are decoded and bounded."""

    own: str
    """Subject and text, without what is quoted."""
    quoted: str
    senders: str
    """The addresses in From, Reply-To and Sender."""
    recipients: str
    """The addresses in To, Delivered-To and the like."""
    is_answer: bool
    """It says itself that it answers another mail (RFC 5322, RFC 3834)."""
    is_bounce: bool


def sight(mail: Mail, key: bytes) -> Sequence[tuple[Marker, Sighting]]:
    """Return each marker of ours in `mail`, with what its being there proves.

    Only a mail that carries the marker as its own word is an arrival.  Quotes,
    visitors' copies and bounces speak of a message that is somewhere else, or
    nowhere.
    """
    own = markers.find(key, mail.own)
    senders = markers.find(key, mail.senders)
    recipients = markers.find(key, mail.recipients)
    quoted = markers.find(key, mail.quoted)
    every = dict.fromkeys([*own, *senders, *recipients, *quoted])
    return [
        (
            marker,
            _kind(
                mail,
                as_sender=marker in senders,
                as_recipient=marker in recipients,
                as_own=marker in own,
            ),
        )
        for marker in every
    ]


def _kind(mail: Mail, *, as_sender: bool, as_recipient: bool, as_own: bool) -> Sighting:
    if mail.is_bounce:
        return Sighting.BOUNCE
    if as_recipient and not as_sender:
        return Sighting.COPY
    if mail.is_answer or not (as_sender or as_own):
        return Sighting.QUOTE
    return Sighting.ARRIVAL
