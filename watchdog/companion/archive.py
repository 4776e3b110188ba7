"""The companion plugin as the zip file that WordPress takes; the same each time."""

import io
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER = "contact-watchdog-companion"
"""Its name on the site: the same for a newer one, which so takes the older's place."""
THE_START = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip file can tell."""
READABLE = 0o644


def archive(key: str, *, keep_tests_out: bool, keep_days: int) -> bytes:
    """Return the plugin for the site that shares `key`.

    `keep_tests_out` leaves signed tests out of the form plugins' own records;
    `keep_days` is how long real submissions stay in the plugin's.
    """
    packed = dict(_packaged(files("watchdog.companion") / "wordpress", ""))
    packed["settings.php"] = _settings(key, keep_tests_out, keep_days).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as written:
        for name, content in sorted(packed.items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", THE_START)
            entry.external_attr = READABLE << 16
            entry.create_system = 3  # Unix, wherever it is made
            written.writestr(entry, content)
    return file.getvalue()


def _packaged(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _packaged(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}", one.read_bytes()


def _settings(key: str, keep_tests_out: bool, keep_days: int) -> str:  # noqa: FBT001
    escaped = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"""<?php
/** Made for this site alone: whoever has the key can read what visitors wrote. */

defined('ABSPATH') || exit;

return [
    'key' => '{escaped}',
    'keep_tests_out' => {str(keep_tests_out).lower()},
    'keep_days' => {keep_days},
];
"""
