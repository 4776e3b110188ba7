"""Which of the fields that were filled in is the name, the address, the message.

Pure.  Said by the configuration; else told by the system's type of the field and by
its label and name, as a form's fields are; else by what the value looks like.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from probes.forms.form import Field, Meaning
from probes.forms.meaning import meaning, named_together
from probes.stores.sql_settings import Fact

KINDS: Mapping[str, str] = {
    "phone": "tel",
    "telephone": "tel",
    "comment": "textarea",
    "message": "textarea",
    "paragraph": "textarea",
    "rte": "textarea",
    "website": "url",
    "link": "url",
    "fileupload": "file",
    "file-upload": "file",
    "upload": "file",
    "multiselect": "select",
    "checkboxes": "checkbox",
    "acceptance": "checkbox",
    "date-time": "date",
}
"""What systems call their types, and HTML's word for it."""
HTML = {*KINDS.values(), "email", "text", "number", "radio", "hidden"}
NAMES: Mapping[str, Meaning] = {
    "name": Meaning.NAME,
    "names": Meaning.NAME,
    "input_name": Meaning.NAME,
    "firstname": Meaning.FIRST_NAME,
    "first-name": Meaning.FIRST_NAME,
    "lastname": Meaning.LAST_NAME,
    "last-name": Meaning.LAST_NAME,
}
"""Types that HTML does not have."""

ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}\.[^\s@<>.]{2,63}")
NUMBER = re.compile(r"[+(]?[\d][\d ()/.-]{5,24}\d", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}", re.ASCII)
A_NAME = 200
"""Characters of a name or label that are looked at."""
A_TEXT = 20
"""A value of so many characters, with a space in it, may be a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One field of a form, as somebody filled it in."""

    name: str
    """The form's own name of it."""
    value: str
    label: str = ""
    """What people read at it, where the store says it."""
    kind: str = ""
    """Its type, as the system calls it."""


def understood(fields: Sequence[Filled]) -> Mapping[str, str]:
    """Return the name, email, phone, subject and message, as far as they are found."""
    said = [one for one in fields if one.value]
    means = [
        _meaning(one.name[:A_NAME], one.label[:A_NAME], one.kind.lower())
        for one in said
    ]
    values = (one.value for one in said)
    meant = list(zip(named_together(means), values, strict=True))
    found = {
        "name": _name(meant),
        "email": _email(meant),
        "phone": _first(meant, Meaning.PHONE) or _shaped(meant, _is_number),
        "subject": _first(meant, Meaning.SUBJECT),
        "message": _message(meant),
    }
    return {part: value for part, value in found.items() if value}


def named(fields: Sequence[Filled], names: Mapping[Fact, str]) -> Mapping[str, str]:
    """Return what was filled into fields whose name or label is among `names`.

    Letters may be of any case; what stays empty, or is not there, is empty.
    """
    return {part: _named(fields, name) for part, name in names.items()}


@lru_cache(maxsize=2048)
def _meaning(name: str, label: str, kind: str) -> Meaning:
    """Return what a field means; a form has the same fields in each of its entries."""
    if kind in NAMES:
        return NAMES[kind]
    kind = KINDS.get(kind, kind)
    html = kind if kind in HTML else "text"
    return meaning(Field(name=name, kind=html, label=label))


def _named(fields: Sequence[Filled], name: str) -> str:
    wanted = name.casefold()
    for field in fields:
        if wanted in (field.name.casefold(), field.label.casefold()):
            return field.value
    return ""


Meant = Sequence[tuple[Meaning, str]]


def _all(meant: Meant, *meanings: Meaning) -> Iterator[str]:
    return (value for means, value in meant if means in meanings)


def _first(meant: Meant, means: Meaning) -> str:
    return next(_all(meant, means), "")


def _name(meant: Meant) -> str:
    """Return the whole name: said in one field, or in two."""
    parts = (_first(meant, Meaning.FIRST_NAME), _first(meant, Meaning.LAST_NAME))
    return " ".join(filter(None, parts)) or _first(meant, Meaning.NAME)


def _email(meant: Meant) -> str:
    values = [*_all(meant, Meaning.EMAIL), *(value for _, value in meant)]
    return next((value for value in values if ADDRESS.fullmatch(value)), "")


def _message(meant: Meant) -> str:
    said = max(_all(meant, Meaning.MESSAGE), key=len, default="")
    return said or _shaped(meant, _is_text)


def _shaped(meant: Meant, fits: Callable[[str], bool]) -> str:
    """Return the longest value of an unknown field that looks right."""
    return max(filter(fits, _all(meant, Meaning.OTHER)), key=len, default="")


def _is_number(value: str) -> bool:
    return NUMBER.fullmatch(value) is not None and DATE.fullmatch(value) is None


def _is_text(value: str) -> bool:
    return len(value) >= A_TEXT and " " in value and not value.startswith("http")
