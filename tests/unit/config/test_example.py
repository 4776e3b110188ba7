"""The example configuration leaves no key out."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

from probes.secrets import Secret
from watchdog.config.known import known_keys, schema
from watchdog.config.lines import Key

EXAMPLE = (Path(__file__).parents[3] / "config.example.toml").read_text(
    encoding="utf-8"
)

ALL_OF_IT = re.sub(r"^# (\w+ = )", r"\1", EXAMPLE, flags=re.MULTILINE)
"""The example with all that is commented out in it."""

Keys = tuple[str, ...]


def test_every_key_of_every_table_is_in_the_example() -> None:
    document = tomllib.loads(ALL_OF_IT)
    shown: dict[Keys, set[str]] = defaultdict(set)

    def note(value: object, key: Key) -> None:
        if isinstance(value, dict):
            shown[known_keys(key, document)].update(value)
            for step, inner in value.items():
                note(inner, (*key, step))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                note(inner, (*key, number))

    note(document, ())

    secret = tuple(Secret.model_fields)
    known = {
        tuple(table["properties"])
        for table in schema()["$defs"].values()
        if "properties" in table
    } - {secret}
    assert {keys: set(keys) - shown[keys] for keys in known} == {
        keys: set() for keys in known
    }


def test_every_way_to_name_a_secret_is_in_the_example() -> None:
    assert all(f"{{ {way} = " in EXAMPLE for way in Secret.model_fields)
