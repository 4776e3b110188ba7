"""`check`: one check now, to the end."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.names import Names, chosen
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import print_json

if TYPE_CHECKING:
    from watchdog.config import Check, Config
    from watchdog.once import Checked, Round, Tell


class Output(StrEnum):
    """For whom the verdicts are printed."""

    PEOPLE = "people"
    JSON = "json"
    NAGIOS = "nagios"


OutputOption = Annotated[
    Output, typer.Option("--output", help="For whom the verdicts are printed.")
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Find the form and fill it in, but send nothing."),
]
NoWait = Annotated[
    bool,
    typer.Option("--no-wait", help="Send, and let a later look find the messages."),
]
Scheduled = Annotated[
    bool,
    typer.Option(
        "--scheduled",
        help="For cron, instead of the daemon: send only what is due by the grid, "
        "look, tell alarms, and end. Start it every minute or few.",
    ),
]


def check(
    names: Names = None,
    config: ConfigOption = None,
    *,
    as_json: JsonOption = False,
    output: OutputOption = Output.PEOPLE,
    dry_run: DryRun = False,
    no_wait: NoWait = False,
    scheduled: Scheduled = False,
) -> int:
    """Put a message through each form, and say what became of it.

    By hand, it sends at once, and raises no alarm of its own: you are there.
    Exit code: 0 delivered, 1 late or in the wrong folder, 2 lost, 3 cannot tell.
    """
    from watchdog import log
    from watchdog.config import find, load

    log.configure("error")
    path = find(config, os.environ)
    loaded = load(path)
    checks = chosen(loaded, names or [])
    output = Output.JSON if as_json else output
    if dry_run:
        return asyncio.run(_rehearse(loaded, checks, output))
    if scheduled:
        return asyncio.run(_pass(path, loaded, output))
    if no_wait:
        return asyncio.run(_send(loaded, checks, output))
    return asyncio.run(_check(loaded, checks, output))


async def _check(config: "Config", checks: Sequence["Check"], output: Output) -> int:
    from watchdog.cli.progress import progress

    deadlines = [(check.name, check.deadline) for check in checks]
    with progress(deadlines) as tell:
        async with _round(config, tell) as now:
            checked = await now.run(checks)
    return _print(checked, output)


async def _send(config: "Config", checks: Sequence["Check"], output: Output) -> int:
    async with _round(config, lambda _check, _words: None) as now:
        checked = await now.send(checks)
    return _print(checked, output)


async def _pass(path: Path, config: "Config", output: Output) -> int:
    from watchdog.entrance import visited
    from watchdog.scheduled import one_pass

    async with visited(path, config, clock=_clock) as ledger:
        return _print(await one_pass(config, ledger, clock=_clock), output)


@asynccontextmanager
async def _round(config: "Config", tell: "Tell") -> AsyncIterator["Round"]:
    from watchdog.ledger import open_ledger
    from watchdog.once import Round

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        yield Round(config=config, ledger=ledger, clock=_clock, tell=tell)


async def _rehearse(config: "Config", checks: Sequence["Check"], output: Output) -> int:
    from watchdog.cli import rehearsals, verdicts
    from watchdog.rehearse import rehearse_all

    rehearsed = await rehearse_all(config, checks, now=_clock())
    if output is Output.JSON:
        print_json([rehearsals.as_json(one) for one in rehearsed])
    else:
        typer.echo("\n\n".join(rehearsals.as_text(one) for one in rehearsed))
    return verdicts.worst(one.health for one in rehearsed).exit_code


def _print(checked: Sequence["Checked"], output: Output) -> int:
    from watchdog.cli import verdicts

    match output:
        case Output.JSON:
            print_json([verdicts.as_json(*one) for one in checked])
        case Output.NAGIOS:
            typer.echo(verdicts.as_nagios(checked))
        case Output.PEOPLE:
            typer.echo("\n".join(verdicts.as_text(*one) for one in checked))
    return verdicts.health_of(checked).exit_code


def _clock() -> datetime:
    return datetime.now(UTC)
