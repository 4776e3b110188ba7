"""`drill`: whether alarms reach their people."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import plain, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchdog.config import Config
    from watchdog.drill import Drilled, Ladders

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME", help="Which ladders or channels; without a name, all ladders."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Send without asking first.")]


def drill(
    names: Names = None,
    config: ConfigOption = None,
    *,
    as_json: JsonOption = False,
    yes: Yes = False,
) -> int:
    """Send a test alarm by every channel, and prove that it comes.

    Exit code: 0 all is proven, or taken where no proof can be had; 1 a proof was
    to be had and did not come; 2 a channel failed; 3 there is nothing to drill.
    """
    from watchdog import log
    from watchdog.cli import drills
    from watchdog.config import find, load
    from watchdog.drill import chosen

    log.configure("error")
    loaded = load(find(config, os.environ))
    _refuse_unknown(loaded, names or [])
    ladders = chosen(loaded, names or [])
    if not ladders:
        say("There is nothing to drill: the configuration names no ladder.")
        return CANNOT_TELL
    if sys.stdin.isatty() and not yes:
        told = ", ".join(map(plain, ladders))
        typer.confirm(f"Send a test alarm by {told}?", abort=True, err=True)
    if sys.stderr.isatty():
        say("Sending; the proofs may take two minutes…")
    drilled = asyncio.run(_drill(loaded, ladders))
    if as_json:
        print_json([drills.as_json(one) for one in drilled])
    else:
        typer.echo(drills.as_text(drilled))
    return drills.health_of(drilled).exit_code


async def _drill(config: "Config", ladders: "Ladders") -> "Sequence[Drilled]":
    from watchdog.drill import Drill
    from watchdog.ledger import open_ledger

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        drill = Drill(config=config, ledger=ledger, clock=lambda: datetime.now(UTC))
        return await drill.run(ladders)


def _refuse_unknown(config: "Config", names: list[str]) -> None:
    """Raise a usage error for a name that nothing has, with the nearest known one."""
    from watchdog.config.names import near_miss, shown

    known = [*config.ladder, *config.channel]
    for name in names:
        if name not in known:
            near = near_miss(name, known)
            hint = f"; did you mean `{near}`?" if near else ""
            raise typer.BadParameter(
                f"there is no ladder or channel `{shown(name)}`{hint}"
            )
