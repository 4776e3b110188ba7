"""What the lost inquiries have in common, as against those that arrived.

Told only where it is clear: it must be true of nearly all the lost, and Fisher's
exact test must find it hardly possible by chance, however many traits were tried.
With few inquiries nothing is clear, and nothing is said.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from math import comb

from watchdog.model import Inquiry
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.one_line import beginning
from watchdog.rules.sentences import TRAITS

FEWEST = 3
"""Lost inquiries of which it makes sense to say what they share."""

NEARLY_ALL = 0.75
"""Of the lost, so many must share it: else it does not explain their loss."""

BY_CHANCE = 0.01
"""How probable it may be, with all the traits tried, that chance alone did it."""

LONG = (500, 1_000, 2_000, 5_000)
"""Lengths beyond which filters and cut-offs begin."""

PART = 6
"""Hours of the parts of a day."""

MOST_READ = 5_000
"""Signs of a message that tell how it is written."""

MOST_SHOWN = 80

LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)

Trait = tuple[str, str]
"""One of `sentences.TRAITS`, and its value."""


def in_common(
    lost: Sequence[Inquiry],
    arrived: Sequence[Inquiry],
    *,
    zone: tzinfo,
    texts: Catalogue = ENGLISH,
) -> str:
    """Return what sets the lost apart, in a sentence; empty where nothing is clear.

    Of several traits the one is told that is least likely to be chance.
    """
    if len(lost) < FEWEST or not arrived:
        return ""
    of_lost, of_arrived = _counted(lost, zone), _counted(arrived, zone)
    enough = max(FEWEST, NEARLY_ALL * len(lost))
    found = [
        (chance, trait)
        for trait, count in of_lost.items()
        if count >= enough
        and (chance := by_chance(count, len(lost), of_arrived[trait], len(arrived)))
        < BY_CHANCE / len(of_lost)
    ]
    if not found:
        return ""
    _, trait = min(found)
    about, value = trait
    said = texts.say(TRAITS[about], value=value)
    counts = {"count": of_lost[trait], "lost": len(lost), "arrived": len(arrived)}
    if not of_arrived[trait]:
        return texts.say(
            "{count} of the {lost} lost messages {trait}; of the {arrived} that"
            " arrived, none.",
            trait=said,
            **counts,
        )
    return texts.say(
        "{count} of the {lost} lost messages {trait}; of the {arrived} that arrived,"
        " only {few}.",
        trait=said,
        few=of_arrived[trait],
        **counts,
    )


def by_chance(count: int, lost: int, few: int, arrived: int) -> float:
    """Return how probable it is that at least `count` of `lost` share a trait.

    That is, if being lost had nothing to do with it, and `few` of those that
    arrived have it too: Fisher's exact test, one-sided (R. A. Fisher, "Statistical
    Methods for Research Workers", section 21.02).
    """
    having, everybody = count + few, lost + arrived
    ways = sum(
        comb(having, each) * comb(everybody - having, lost - each)
        for each in range(count, min(having, lost) + 1)
    )
    return ways / comb(everybody, lost)


def _counted(inquiries: Sequence[Inquiry], zone: tzinfo) -> Counter[Trait]:
    return Counter(trait for one in inquiries for trait in _traits(one, zone))


def _traits(inquiry: Inquiry, zone: tzinfo) -> Iterator[Trait]:
    if domain := inquiry.email.rpartition("@")[2].strip():
        yield "domain", beginning(domain.casefold(), MOST_SHOWN)
    for length in LONG:
        if len(inquiry.message) > length:
            yield "long", str(length)
    if LINK.search(inquiry.message[:MOST_READ]):
        yield "link", ""
    yield ("phone" if inquiry.phone.strip() else "no phone"), ""
    if inquiry.form:
        yield "form", beginning(inquiry.form, MOST_SHOWN)
    if inquiry.page:
        yield "page", beginning(inquiry.page, MOST_SHOWN)
    hour = inquiry.submitted_at.astimezone(zone).hour // PART * PART
    yield "hours", f"{hour}:00-{hour + PART}:00"
    if script := _script(inquiry.message[:MOST_READ]):
        yield "script", script


def _script(text: str) -> str:
    """Return the script of most letters, as Unicode names it; empty if Latin."""
    scripts = Counter(
        unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha()
    )
    script, count = max(scripts.items(), key=lambda item: item[1], default=("LATIN", 0))
    is_foreign = script != "LATIN" and count > scripts.total() / 2
    return script.capitalize() if is_foreign else ""
