"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer


def _or_before_the_command(context: typer.Context, given: Path | None) -> Path | None:
    """Take `contact-watchdog --config FILE check` for `check --config FILE`."""
    return given or context.find_root().params.get("config")


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        callback=_or_before_the_command,
        help="The configuration; else $CONTACT_WATCHDOG_CONFIG, ./config.toml, "
        "or the one in the user's or the system's configuration folder.",
    ),
]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
