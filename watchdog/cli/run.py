"""`run`: the daemon."""

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from watchdog.cli.errors import INTERRUPTED, say
from watchdog.cli.options import ConfigOption

if TYPE_CHECKING:
    from watchdog.config import Config


def run(config: ConfigOption = None) -> int:
    """Watch all forms until you stop it, and tell of trouble.

    SIGTERM or Ctrl-C ends it after what it is just doing, a second one at once;
    SIGHUP lets it read the configuration again.
    """
    from watchdog import log
    from watchdog.config import find, load
    from watchdog.daemon import watch

    log.configure("info")
    path = find(config, os.environ)
    loaded = load(path)
    if sys.stderr.isatty():
        say(_first_line(loaded))
    is_interrupted = asyncio.run(watch(path, loaded))
    return INTERRUPTED if is_interrupted else 0


def _first_line(config: "Config") -> str:
    names = ", ".join(f"“{check.name}”" for check in config.check[:3])
    more = len(config.check) - 3
    others = f" and {more} more" if more > 0 else ""
    return f"Watching {names}{others}. Ctrl-C ends it."
