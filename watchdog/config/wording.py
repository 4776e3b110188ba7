"""The sentences that tell an owner what is wrong with a configuration."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from watchdog.config.known import known_keys, known_kinds
from watchdog.config.lines import Key
from watchdog.config.names import Fault, near_miss, shown

WANTED: Mapping[str, str] = {
    "value_error": "{error}",
    "missing": "is missing",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_too_long": "must be no longer than {max_length} characters",
    "string_type": "must be a text in quotes",
    "path_type": "must be a path in quotes",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list in [ ]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}
"""pydantic's names of errors (its documentation, "Validation Errors"), in our words."""

FOLLOWS_FROM_ANOTHER = "default_factory_not_called"


def faults_of(error: ValidationError, document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what pydantic found, in our words and without any value."""
    for details in error.errors(include_url=False, include_input=False):
        if details["type"] != FOLLOWS_FROM_ANOTHER:
            key = _key(details, document)
            yield Fault(key, _sentence(details, key, document))


def name_of(key: Key, document: Mapping[str, Any]) -> tuple[str, str]:
    """Return what the owner calls the part that `key` is in, and the rest of it.

    `check "Riverside"` and `form.url`; either may be empty.
    """
    match key:
        case ("check", int(number), *rest):
            check = document["check"][number]
            name = check.get("name") if isinstance(check, dict) else None
            named = f'"{shown(name)}"' if isinstance(name, str) else number + 1
            part = f"check {named}"
        case ("ladder", str(name), int(number), *rest):
            part = f'ladder "{shown(name)}", step {number + 1}'
        case ("mailbox" | "channel" | "ladder" as kind, str(name), *rest):
            part = f'{kind} "{shown(name)}"'
        case ("watchdog" | "recovery" as table, _, *_):
            part, rest = f"[{table}]", list(key[1:])
        case _:
            part, rest = "", list(key)
    return part, ".".join(shown(step) for step in rest if isinstance(step, str))


def _key(details: ErrorDetails, document: Mapping[str, Any]) -> Key:
    """Return the way into the document: pydantic's, without its tags of unions."""
    *outer, last = details["loc"]
    node: Any = document
    key: Key = ()
    for step in outer:
        if _holds(node, step):
            node, key = node[step], (*key, step)
    if _holds(node, last) or details["type"] == "missing":
        key = (*key, last)
    return key


def _holds(node: object, step: str | int) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _sentence(details: ErrorDetails, key: Key, document: Mapping[str, Any]) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "tuple_type" and isinstance(_value_at(key, document), dict):
        heading = ".".join(step for step in key if isinstance(step, str))
        return f"must have two brackets: write [[{shown(heading)}]]"
    if kind in WANTED:
        return WANTED[kind].format(**context)
    match kind:
        case "extra_forbidden":
            return _unknown_key(key, document)
        case "literal_secret":
            return _literal_secret(key)
        case "union_tag_not_found" | "union_tag_invalid":
            return f"wants a kind: write {known_kinds(key, document)}"
        case _:
            return details["msg"].replace("Input should", "must")


def _unknown_key(key: Key, document: Mapping[str, Any]) -> str:
    guess = near_miss(str(key[-1]), known_keys(key[:-1], document))
    if guess:
        return f"is no key here; did you mean `{guess}`?"
    if len(key) > 1 and key[-1] in known_keys(key[:-2], document):
        return (
            f"is no key here: it belongs above the heading of `{shown(str(key[-2]))}`"
        )
    return "is no key here"


def _literal_secret(key: Key) -> str:
    *_, owner, name = ("", *(step for step in key if isinstance(step, str)))
    variable = re.sub(r"[^A-Z0-9]+", "_", f"{owner}_{name}".upper()).strip("_")
    return (
        f'must not stand in this file: write {name} = {{ env = "{variable}" }} '
        "and set that variable (or use file, credential or command)"
    )


def _value_at(key: Key, document: Any) -> object:  # noqa: ANN401  any TOML
    for step in key:
        document = document[step]
    return document
