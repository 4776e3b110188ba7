"""What a synthetic message says: in plain words what it is, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from watchdog.model import CheckName, Marker, Way
from watchdog.rules import marker as markers

PHONE = "+44 20 7946 0123"
"""A number that Ofcom keeps free for drama: nobody's phone rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticMessage:
    """What we write into a form, in the fields that visitors find there."""

    name: str
    email: str
    phone: str
    subject: str
    message: str


BY_FORM = "what visitors write into the form “{check}” reaches its inbox."
WHY: Mapping[Way, str] = {
    Way.FORM: BY_FORM,
    Way.WIDGET: BY_FORM,
    Way.MAIL: "mail to this address, tested as “{check}”, reaches its inbox.",
}


def compose(
    marker: Marker,
    *,
    check: CheckName,
    contact: str,
    visitor: str,
    way: Way = Way.FORM,
) -> SyntheticMessage:
    """Return the message that carries `marker`.

    The marker stands in the first line, so that it survives a site that cuts
    long messages, and in the sender's address, so that it survives a site
    that drops the text.  No address of a website stands in the text, since
    spam filters weigh those.
    """
    return SyntheticMessage(
        name="Delivery Test",
        email=markers.tagged(visitor, marker),
        phone=PHONE,
        subject="Automatic delivery test",
        message=(
            f"Automatic delivery test {marker}\n"
            "Nobody needs to answer or to do anything.\n"
            "This message was written by a program, to prove that"
            f" {WHY[way].format(check=check)} Questions: {contact}\n"
        ),
    )
