"""A store that was found in a database, as people and scripts want to read it; pure."""

from collections.abc import Mapping
from typing import Any

from probes.stores.discovery import Found
from watchdog.cli.streams import plain


def as_toml(found: Found, variable: str) -> str:
    """Return the section that names a store, to be pasted below its check."""
    newest = found.newest and found.newest.astimezone().strftime("%Y-%m-%d %H:%M %Z")
    lines = [
        f"# {found.name}: {found.entries} entries, the newest of {newest or 'no time'}",
        "[check.store]",
        f'kind = "{found.kind}"',
        f'database = {{ env = "{variable}" }}',
    ]
    if found.prefix not in {"wp_", ""}:
        lines.append(f'prefix = "{found.prefix}"')
    if len(found.forms) > 1:
        lines.append(f"# form = one of: {', '.join(found.forms)}")
    return "\n".join(map(plain, lines))


def as_element(found: Found) -> Mapping[str, Any]:
    """Return an element of what `stores --json` prints."""
    return {
        "kind": found.kind,
        "name": found.name,
        "prefix": found.prefix,
        "entries": found.entries,
        "newest_at": found.newest and found.newest.isoformat(),
        "forms": list(found.forms),
    }
