"""What we write into one field, so that the field takes it."""

import re
from collections.abc import Iterator
from contextlib import suppress

from probes.forms.bounds import (
    FORMATS,
    day_for,
    is_in_numbers,
    is_in_time,
    numbers,
    times,
)
from probes.forms.form import Field, Meaning, Visitor
from probes.forms.regex import Unreadable
from probes.forms.sample import fits, samples

SHORTENED = (Meaning.NAME, Meaning.SUBJECT, Meaning.COMPANY, Meaning.OTHER)
ANYTHING = "Test"
MOST_PADDING = 1000
DAY_CODES = ((r"[yja]{4}", "%Y"), (r"(?<!%)m{1,2}", "%m"), (r"[dtjg]{1,2}", "%d"))
"""Year, month and day in the placeholders of our languages, in this order."""


def value_for(field: Field, visitor: Visitor) -> str | None:
    """Return what to write into `field`, or None if we find nothing that it takes."""
    with suppress(Unreadable):
        return next((v for v in _candidates(field, visitor) if takes(field, v)), None)
    return None


def takes(field: Field, value: str) -> bool:
    """Tell whether a browser would let `value` pass in a required `field`.

    Raises `Unreadable` where the field's pattern is too much for us.
    """
    if not value or not _right_length(field, value):
        return False
    if field.kind in FORMATS:
        return is_in_time(field, value)
    if field.kind in ("number", "range"):
        return is_in_numbers(field, value)
    return not field.pattern or field.kind == "textarea" or fits(field.pattern, value)


def _candidates(field: Field, visitor: Visitor) -> Iterator[str]:
    if field.kind in FORMATS:
        yield from times(field)
    elif field.kind in ("number", "range"):
        if field.means is not Meaning.NUMBER:
            yield from filter(str.isdecimal, _texts(field, visitor))
        yield from numbers(field)
    elif field.kind == "color":
        yield "#336699"
    else:
        for text in _texts(field, visitor):
            yield text
            yield _in_length(field, text)
        if field.pattern:
            yield from samples(field.pattern)


def _texts(field: Field, visitor: Visitor) -> Iterator[str]:
    first, _, last = visitor.name.partition(" ")
    digits = re.sub(r"\D", "", visitor.phone)
    texts = {
        Meaning.NAME: (visitor.name, re.sub(r"[^A-Za-z ]", "", visitor.name), first),
        Meaning.FIRST_NAME: (first,),
        Meaning.LAST_NAME: (last or first,),
        Meaning.EMAIL: (visitor.email,),
        Meaning.PHONE: (
            visitor.phone,
            re.sub(r"[^\d+]", "", visitor.phone),
            digits,
            f"0{digits[-9:]}",
        ),
        Meaning.SUBJECT: (visitor.subject,),
        Meaning.MESSAGE: (visitor.message,),
        Meaning.COMPANY: (visitor.name,),
        Meaning.POSTCODE: ("10115", "1011 AB", "00-950", "1010"),
        Meaning.URL: ("https://example.com/",),
        Meaning.DATE: (_written_day(field),),
        Meaning.NUMBER: ("1",),
    }
    yield from texts.get(field.means, (ANYTHING,))


def _in_length(field: Field, text: str) -> str:
    """Return text made as long or as short as the field wants, where that is right.

    The message is cut at its end: its first line carries the marker.  A line break
    counts twice, for so it arrives.
    """
    if field.means not in (*SHORTENED, Meaning.MESSAGE):
        return text
    while text and len(text) < (field.min_length or 0) <= MOST_PADDING:
        text = f"{text} {text}"
    if field.max_length is not None:
        text = text.replace("\n", "\r\n")[: field.max_length].rstrip("\r\n")
    return text.replace("\r\n", "\n")


def _right_length(field: Field, value: str) -> bool:
    length = len(value) + value.count("\n")
    return (field.min_length or 0) <= len(value) and (
        field.max_length is None or length <= field.max_length
    )


def _written_day(field: Field) -> str:
    """Return a day as the placeholder of a text field writes it: `dd/mm/yyyy`."""
    form = field.hints.get("placeholder", "").lower()
    for letters, code in DAY_CODES:
        form = re.sub(letters, code, form)
    good = sorted(re.findall(r"%[a-zA-Z]", form)) == ["%Y", "%d", "%m"]
    return day_for(field).strftime(form if good else "%Y-%m-%d")
