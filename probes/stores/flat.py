"""Nested JSON as a table's row: each value a text, by its dotted name.  Pure."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from probes.stores.store import MOST_FIELDS

DEEPEST = 8


def flat(value: object) -> Mapping[str, str]:
    """Return the values in `value`, as `{"person.name": "Ann"}`; at most 200.

    Lists of plain values are one text, with commas; what is null is left out.
    """
    return dict(islice(_values(value, "", DEEPEST), MOST_FIELDS))


def text(value: object) -> str:
    """Return a plain value as a person would write it; nothing for any other."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value) if isinstance(value, int | float) else ""


def _values(value: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            return
        case dict() if depth:
            for key, inner in value.items():
                yield from _values(inner, f"{name}.{key}" if name else key, depth - 1)
        case list() if depth and any(isinstance(each, dict | list) for each in value):
            for number, inner in enumerate(value, 1):
                yield from _values(inner, f"{name}.{number}", depth - 1)
        case list():
            yield name, ", ".join(text(each) for each in value)
        case _:
            yield name, text(value)
