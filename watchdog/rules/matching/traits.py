"""What a text is made of, in numbers that do not tell the text.

Numbers below `WORDS_FROM` stand for what points to one person or entry: an
address, a telephone number, the number of an entry.  All others are words, or
pairs of letters in scripts that write no blanks.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from watchdog.rules.matching.folding import UNBLANKED, folded, unmarked

MOST_TRAITS = 1_500
"""Kept of one text: the smallest, so that two long texts keep the same ones."""
WORDS_FROM = 1 << 28
_SPACE = 1 << 32
MOST_POINTERS = 200

LAST_DIGITS = 7
"""Of a telephone number: what is before them is spelt in many ways."""
MOST_DIGITS = 20
LONGEST_LABEL = 63
"""Octets of one part of a domain (RFC 1035 2.3.4); decoding takes quadratic time."""

ADDRESS = re.compile(
    r"[^\s<>()\[\]{};:,\"'|=*\\/]{1,64}@[^\s<>()\[\]{};:,\"'|=*\\/@]{1,253}"
)
PHONE = re.compile(r"(?<![\w.])[+(]{0,2}\d[\d()\[\]./\-– \u00a0]{5,30}\d")  # noqa: RUF001
MARK = re.compile(
    r"(?:#|(?<!\w)(?:id|no|nr|nro|núm|num|number|nummer|numéro|numero|número|entry|"
    r"eintrag|entrée|entrada|submission|ticket|lead|lid|post|item)[\s.:=_\-#]{1,4})"
    r"(\d{1,12})(?!\w)"
)
WORD = re.compile(rf"[{UNBLANKED}]+|[^\W_{UNBLANKED}]+")
UNBLANKED_RUN = re.compile(rf"[{UNBLANKED}]+")


def traits(text: str) -> Sequence[int]:
    """Return the sorted distinct traits of `text`, at most 1,500 of 32 bits.

    The same on every machine and in every version, since the ledger keeps them.
    Any text has traits; one without letters and digits has none.
    """
    plain = folded(text)
    found = set(_pointers(plain))
    bare = ADDRESS.sub(" ", plain) if "@" in plain else plain
    found.update(map(_word, set(_words(bare))))
    return array("I", sorted(found)[:MOST_TRAITS])


def address_of(spelt: str) -> str:
    """Return an address in one spelling: without case, plus-tag and punycode."""
    local, _, domain = folded(spelt).strip().rpartition("@")
    local = local.strip("\"'.<").partition("+")[0]
    domain = domain.strip(".>\"'")
    if not local or not domain:
        return ""
    return unmarked(f"{local}@{'.'.join(map(_label, domain.split('.')))}")


def address_trait(address: str) -> int:
    """Return the trait of an address as `address_of` spells it."""
    return _pointer(f"@{address}")


def phone_traits(phone: str) -> frozenset[int]:
    """Return the traits by which a telephone number may be known in a text."""
    digits = "".join(re.findall(r"\d+", unmarked(folded(phone))))[:MOST_DIGITS]
    if len(digits) < LAST_DIGITS:
        return frozenset()
    return frozenset({_pointer(f"+{digits[-LAST_DIGITS:]}")})


def mark_trait(number: str) -> int:
    """Return the trait of an entry's number where a text marks it as one."""
    return _pointer(f"#{unmarked(number).lstrip('0')}")


def words_of(found: Sequence[int]) -> frozenset[int]:
    """Return those of the traits that stand for words."""
    return frozenset(trait for trait in found if trait >= WORDS_FROM)


def _words(plain: str) -> Iterator[str]:
    """Yield words, and pairs of letters where words are not parted by blanks."""
    for word in WORD.findall(unmarked(plain)):
        if len(word) > 1 and UNBLANKED_RUN.match(word):
            yield from map("".join, pairwise(word))
        else:
            yield word


def _pointers(plain: str) -> Iterator[int]:
    addresses = ADDRESS.findall(plain) if "@" in plain else []
    for address in addresses[:MOST_POINTERS]:
        yield address_trait(address_of(address))
    for number in MARK.findall(plain)[:MOST_POINTERS]:
        yield mark_trait(number)
    for phone in PHONE.findall(plain)[:MOST_POINTERS]:
        yield from map(_pointer, _endings(unmarked(phone)))


def _endings(phone: str) -> Iterator[str]:
    """Yield the last digits at the end of each group: a date may follow a number."""
    digits = ""
    for group in re.findall(r"\d+", phone):
        digits = f"{digits}{group}"[-MOST_DIGITS:]
        if len(digits) >= LAST_DIGITS:
            yield f"+{digits[-LAST_DIGITS:]}"


def _label(label: str) -> str:
    """Return a part of a domain in letters (RFC 3492), or as it is."""
    if not label.startswith("xn--") or len(label) > LONGEST_LABEL:
        return label
    try:
        return folded(label[4:].encode("ascii").decode("punycode"))
    except UnicodeError:
        return label


def _pointer(spelt: str) -> int:
    return crc32(spelt.encode("utf-8", "replace")) % WORDS_FROM


def _word(word: str) -> int:
    number = crc32(word.encode("utf-8", "replace"))
    return WORDS_FROM + number % (_SPACE - WORDS_FROM)
