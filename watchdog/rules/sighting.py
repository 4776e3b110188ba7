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
    from_: str
    reply_to: str
    to: Sequence[str]
    delivered_to: str
    """The addresses at which mail hosts say they delivered it."""
    is_answer: bool
    """It says itself that it answers or reports (RFC 5322, RFC 3834, RFC 5321)."""
    is_bounce: bool


def sight(mail: Mail, key: bytes) -> Sequence[tuple[Marker, Sighting]]:
    """Return each marker of ours in `mail`, with what its being there proves.

    Only a mail that carries the marker as its own word is an arrival.  Quotes,
    visitors' copies and bounces speak of a message that is somewhere else, or
    nowhere.
    """
    senders = (mail.from_, mail.reply_to)
    texts = (mail.own, *senders, *mail.to, mail.delivered_to, mail.quoted)
    every = dict.fromkeys(one for text in texts for one in markers.find(key, text))
    return [(marker, _kind(mail, marker, key)) for marker in every]


def _kind(mail: Mail, marker: Marker, key: bytes) -> Sighting:
    def is_in(text: str) -> bool:
        return marker in markers.find(key, text)

    if mail.is_bounce:
        return Sighting.BOUNCE
    as_sender = is_in(mail.from_) or is_in(mail.reply_to)
    to_visitor = [is_in(address) for address in mail.to]
    # Some sites write the visitor into Reply-To of his own copy, too.
    is_his_alone = is_in(mail.delivered_to) or (any(to_visitor) and all(to_visitor))
    if is_his_alone or (any(to_visitor) and not as_sender):
        return Sighting.COPY
    # Whoever answers wants the next answer himself: this is the site's own mail,
    # though ticket systems thread theirs like answers.
    if is_in(mail.reply_to):
        return Sighting.ARRIVAL
    if mail.is_answer or not (as_sender or is_in(mail.own)):
        return Sighting.QUOTE
    return Sighting.ARRIVAL
