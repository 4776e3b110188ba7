"""Which program the browser is, and what to install where there is none."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from probes.forms.errors import Unequipped

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chromium-headless-shell",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WITHOUT = (
    "This form needs a browser, and the package for it is missing: install"
    " contact-form-watchdog[browser]."
)
NOWHERE = (
    "This form needs a browser, and there is none on this machine: install Chromium"
    " or Chrome, or name its program by `browser` under [watchdog]."
)


def program(named: Path | None = None) -> str:
    """Return the browser's program, or raise `Unequipped` with what to install."""
    if find_spec("playwright") is None:
        raise Unequipped(WITHOUT)
    if named is not None:
        if named.is_file() and os.access(named, os.X_OK):
            return str(named)
        raise Unequipped(f"The browser {named} is not there, or is no program.")
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise Unequipped(NOWHERE)
