"""Which file is the configuration."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import platformdirs

from watchdog.config.ledger import APP
from watchdog.config.problem import ConfigError, Problem

VARIABLE = "CONTACT_WATCHDOG_CONFIG"
FILE = "config.toml"


def find(given: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the file that was given, else the first one there is.

    Raise `ConfigError` where there is none; a file that was named, by hand or
    in the environment, is returned even if it is not there.
    """
    if given is not None:
        return given
    if named := environ.get(VARIABLE):
        return Path(named)
    candidates = list(_usual())
    for candidate in candidates:
        if candidate.exists():
            return candidate
    sentence = (
        f"there is no such file, nor {' or '.join(map(str, candidates[1:]))}; "
        f"name yours with --config or ${VARIABLE}, or begin with a "
        "copy of config.example.toml"
    )
    raise ConfigError(
        [Problem(file=candidates[0], line=None, key="", sentence=sentence)]
    )


def _usual() -> Iterator[Path]:
    yield Path(FILE)
    yield platformdirs.user_config_path(APP) / FILE
    yield platformdirs.site_config_path(APP) / FILE
