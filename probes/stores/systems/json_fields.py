"""Fields that a system keeps as JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from probes.errors import Unintelligible
from probes.stores.system import MOST_PAYLOAD


def read_json(value: object) -> Any:  # noqa: ANN401  JSON may be anything
    """Return what a text in JSON says; raise `Unintelligible` where it says nothing."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    if len(text) >= MOST_PAYLOAD:
        raise Unintelligible("Its fields are far too long.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unintelligible("Its fields are no JSON.") from None


def mapping(value: object) -> Mapping[str, Any]:
    """Return the JSON object in a text.

    PHP writes an empty object, and one whose keys are numbers in order, as a list.
    """
    match read_json(value):
        case dict() as fields:
            return fields
        case list() as items:
            return {str(number): item for number, item in enumerate(items)}
        case _:
            raise Unintelligible("Its fields are no JSON object.")


def described(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the fields of a JSON object or list whose members are objects."""
    return (item for item in mapping(value).values() if isinstance(item, dict))
