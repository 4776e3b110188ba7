"""`status`: how things stand."""

import asyncio
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import print_json

if TYPE_CHECKING:
    from watchdog.config import Config
    from watchdog.overview import Overview

EVERY = 5.0
"""Seconds between two pictures while somebody watches."""

CLEAR = "\x1b[2J\x1b[H"
"""Empties a terminal's screen (ECMA-48: ED, CUP)."""

Watch = Annotated[
    bool, typer.Option("--watch", help="Show it anew every few seconds, until Ctrl-C.")
]


def status(
    config: ConfigOption = None, *, as_json: JsonOption = False, watch: Watch = False
) -> int:
    """Show the last day of each check, and what is wrong now.

    Exit code: 0 well, 1 warning, 2 a form loses messages or alarms are not told,
    3 cannot tell, as where no daemon runs.
    """
    from watchdog import log
    from watchdog.config import find, load_without_secrets

    log.configure("error")
    loaded = load_without_secrets(find(config, os.environ))
    return asyncio.run(_show(loaded, as_json=as_json, watch=watch))


async def _show(config: "Config", *, as_json: bool, watch: bool) -> int:
    while True:
        overview = await _read(config)
        if watch and not as_json:
            typer.echo(CLEAR, nl=False)
        _print(overview, as_json=as_json)
        if not watch:
            return overview.health.exit_code
        await asyncio.sleep(EVERY)


async def _read(config: "Config") -> "Overview":
    from watchdog.ledger import open_ledger
    from watchdog.overview import read_overview

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        return await read_overview(config, ledger, now=datetime.now(UTC))


def _print(overview: "Overview", *, as_json: bool) -> None:
    from watchdog.cli import picture

    if as_json:
        print_json(picture.as_json(overview))
    else:
        typer.echo(picture.as_text(overview))
