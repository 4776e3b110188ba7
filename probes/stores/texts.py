"""Whatever a database holds, as text that can be kept, compared and shown.  Pure."""

from collections.abc import Iterator, Mapping
from itertools import islice

from probes.mail.charset import clean
from probes.stores.store import MOST_TEXT

DEEPEST = 6
MOST_PIECES = 200
"""Values of a list that are joined."""


def as_text(value: object, between: str = ", ") -> str:
    """Return a value without control characters, bounded; a list's members joined.

    What is empty, false or null is left out.
    """
    pieces = islice(_pieces(value, DEEPEST), MOST_PIECES)
    return clean(between.join(pieces)[:MOST_TEXT]).strip()


def _pieces(value: object, depth: int) -> Iterator[str]:
    match value:
        case None | "" | False:
            return
        case str():
            yield value
        case bytes():
            yield value.decode("utf-8", "replace")
        case Mapping() | list() if depth:
            members = value.values() if isinstance(value, Mapping) else value
            for member in members:
                yield from _pieces(member, depth - 1)
        case Mapping() | list():
            return
        case True:
            yield "yes"
        case _:
            yield str(value)
