"""Which keys and kinds the configuration knows at a place, by its own schema."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from watchdog.config.lines import Key
from watchdog.config.model import Config
from watchdog.config.times import written

Schema = Mapping[str, Any]


class _AsWritten(GenerateJsonSchema):
    """Tell defaults as a configuration writes them, and not as ISO 8601 does."""

    def encode_default(self, dft: object) -> Any:  # noqa: ANN401  as in pydantic
        if isinstance(dft, timedelta):
            return written(dft)
        return super().encode_default(dft)


@cache
def schema() -> Schema:
    """Return the JSON Schema of a configuration."""
    return Config.model_json_schema(schema_generator=_AsWritten)


def known_keys(key: Key, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys that the table at `key` may have."""
    return tuple(_at(key, document).get("properties", ()))


def known_kinds(key: Key, document: Mapping[str, Any]) -> str:
    """Return how to write the `kind` of the table at `key`."""
    kinds = _at(key, document).get("discriminator", {}).get("mapping", {})
    return " or ".join(f'kind = "{kind}"' for kind in kinds)


def _at(key: Key, document: Any) -> Schema:  # noqa: ANN401  any TOML
    """Return the schema of the value at `key`, as far as there is one."""
    node = _chosen(schema(), document)
    for step in key:
        document = document[step]
        if isinstance(step, int):
            inner = node.get("items", {})
        else:
            properties = node.get("properties", {})
            inner = properties.get(step, node.get("additionalProperties", {}))
        node = _chosen(inner if isinstance(inner, dict) else {}, document)
    return node


def _chosen(node: Schema, value: object) -> Schema:
    """Follow references, and among alternatives the one that `value` is meant for."""
    if "$ref" in node:
        return _chosen(schema()["$defs"][node["$ref"].rpartition("/")[2]], value)
    kinds = node.get("discriminator", {}).get("mapping", {})
    kind = value.get("kind") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in kinds:
        return _chosen({"$ref": kinds[kind]}, value)
    for alternative in node.get("anyOf", ()):
        chosen = _chosen(alternative, value)
        if "properties" in chosen or "discriminator" in chosen:
            return chosen
    return node
