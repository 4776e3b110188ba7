"""Nested JSON as a table's row: each value a text, by its dotted name.  Pure."""

from collections.abc import Iterator, Mapping
from itertools import islice

from probes.mail.charset import clean
from probes.stores.store import MOST_FIELDS
from probes.stores.texts import as_text

DEEPEST = 8
MOST_NAME = 200
"""Characters of a name."""


def flat(value: object) -> Mapping[str, str]:
    """Return the values in `value`, as `{"person.name": "Ann"}`; at most 200.

    Lists of plain values are one text; what is empty, false or null is left out.
    """
    found = (
        (clean(name[:MOST_NAME]), text) for name, text in _values(value, "", DEEPEST)
    )
    return dict(islice(found, MOST_FIELDS))


def _values(value: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    match value:
        case dict() if depth:
            for key, inner in value.items():
                yield from _values(inner, f"{name}.{key}" if name else key, depth - 1)
        case list() if depth and any(isinstance(each, dict | list) for each in value):
            for number, inner in enumerate(value, 1):
                yield from _values(inner, f"{name}.{number}", depth - 1)
        case _:
            if text := as_text(value):
                yield name, text
