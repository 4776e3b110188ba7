"""Where the ledger is: written in the configuration, or in the user's state folder."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, ValidationInfo

from probes.origin import Origin

APP = "contact-watchdog"
"""The name of our folders on this machine."""

SQLITE = "sqlite:///"


def default_ledger() -> str:
    """Return the ledger in the state folder of whoever runs us."""
    return f"{SQLITE}{platformdirs.user_state_path(APP) / 'watchdog.db'}"


def _ledger(url: str, info: ValidationInfo) -> str:
    """Return `url` with a SQLite file resolved against the configuration's folder."""
    if url.startswith(SQLITE) and len(url) > len(SQLITE) and url.isprintable():
        if not isinstance(info.context, Origin):
            return url
        return f"{SQLITE}{info.context.folder / Path(url.removeprefix(SQLITE))}"
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        raise ValueError("is no address of a database") from None
    if password is not None:
        raise ValueError(
            'holds a password: write ledger = { env = "LEDGER_URL" } '
            "and put the whole address there"
        )
    if parts.scheme not in {"postgresql", "postgres"} or not url.isprintable():
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


LedgerUrl = Annotated[str, AfterValidator(_ledger)]
