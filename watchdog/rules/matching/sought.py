"""An inquiry as it is looked for: its words, and what points to one person."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchdog.model import Inquiry
from watchdog.rules.matching.traits import (
    MOST_TRAITS,
    WORDS_FROM,
    address_of,
    address_trait,
    mark_trait,
    phone_traits,
    traits,
    words_of,
)

FEWEST = 2
"""Words of a message and its subject; with less, all that was filled in counts."""
SHORTEST_ENTRY = 6
"""Of an entry that is no number: what is shorter stands in many texts by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """One inquiry, made ready to be compared."""

    inquiry: Inquiry
    at: float
    """When it was submitted by the site's clock, in seconds since 1970."""
    told_at: float | None
    """Since when the owner knows that it was missed, by our clock."""
    address: str
    pointers: frozenset[int]
    """The traits of its address and telephone number."""
    phone: frozenset[int]
    name: frozenset[int]
    mark: int | None
    """How a text names its number."""
    entry: frozenset[int]
    """The words of an entry that is no number."""
    words: Sequence[int]
    """What the person wrote, without his name."""
    known: Sequence[int]
    """Every trait of everything that we know of it."""

    @property
    def key(self) -> tuple[float, str, str]:
        """By which inquiries are ordered, the same in every run."""
        return self.at, self.inquiry.check, self.inquiry.entry


def sought(inquiry: Inquiry, told_at: datetime | None = None) -> Sought:
    """Return `inquiry` made ready to be compared with mails."""
    address = address_of(inquiry.email)
    phone = phone_traits(inquiry.phone)
    name = words_of(traits(inquiry.name))
    written = traits(f"{inquiry.subject}\n{inquiry.message}")
    entry = inquiry.entry.strip()
    is_number = entry.isdecimal() and entry.isascii()
    return Sought(
        inquiry=inquiry,
        at=inquiry.submitted_at.timestamp(),
        told_at=None if told_at is None else told_at.timestamp(),
        address=address,
        pointers=phone | ({address_trait(address)} if address else frozenset()),
        phone=phone,
        name=name,
        mark=mark_trait(entry) if is_number else None,
        entry=_entry_words(entry) if not is_number else frozenset(),
        words=array("I", sorted(_words(written, inquiry) - name)),
        known=array("I", sorted({*written, *_others(inquiry)})[:MOST_TRAITS]),
    )


def _words(written: Sequence[int], inquiry: Inquiry) -> frozenset[int]:
    words = words_of(written)
    if len(words) >= FEWEST or not inquiry.fields:
        return words
    return words | words_of(traits("\n".join(inquiry.fields.values())))


def _entry_words(entry: str) -> frozenset[int]:
    if len(entry) < SHORTEST_ENTRY or not any(map(str.isdigit, entry)):
        return frozenset()
    return frozenset(one for one in traits(entry) if one >= WORDS_FROM)


def _others(inquiry: Inquiry) -> Sequence[int]:
    """Return the traits of all that we know of it but its message and subject."""
    told = {inquiry.message, inquiry.subject}
    fields = [one for one in inquiry.fields.values() if one not in told]
    person = (inquiry.name, inquiry.email, inquiry.phone)
    places = (inquiry.form, inquiry.page, inquiry.check, inquiry.entry)
    return traits("\n".join([*person, *places, *inquiry.fields, *fields]))
