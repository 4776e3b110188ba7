"""`config check` and `config schema`: the configuration itself."""

import os
from collections.abc import Iterator, Mapping, Sized
from typing import TYPE_CHECKING, Any

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import print_json

if TYPE_CHECKING:
    from watchdog.config import Config, ConfigError

app = typer.Typer(help="The configuration: is it good, and what may it hold?")


@app.command()
def check(config: ConfigOption = None, *, as_json: JsonOption = False) -> int:
    """Read the configuration and say all that is wrong with it."""
    from watchdog.config import ConfigError, find, load
    from watchdog.config.letters import OURS, letter_template

    try:
        path = find(config, os.environ)
        loaded = load(path)
        for kind in OURS:
            letter_template(loaded, kind)
    except ConfigError as error:
        if not as_json:
            raise
        print_json(_as_json(None, error))
        return CANNOT_TELL
    if as_json:
        print_json(_as_json(loaded, None))
        return 0
    for warning in _warnings(loaded):
        say(warning)
    typer.echo(f"{path} is good: {_counts(loaded)}")
    return 0


@app.command()
def schema() -> None:
    """Print the JSON Schema by which editors complete your file."""
    from watchdog.config.known import schema as schema_of_config

    print_json(schema_of_config())


def _counts(config: "Config") -> str:
    return ", ".join(
        (
            _counted(config.check, "check", "checks"),
            _counted(config.mailbox, "mailbox", "mailboxes"),
            _counted(config.channel, "channel", "channels"),
        )
    )


def _counted(things: Sized, one: str, many: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else many}"


def _warnings(config: "Config") -> Iterator[str]:
    from watchdog.stages.ladder import calls_somebody

    for watched in config.check:
        if not config.steps(watched):
            yield (
                f'Nobody will hear of trouble with "{watched.name}": '
                "it names no ladder."
            )
        elif not calls_somebody(config, watched):
            yield (
                f'Nobody hears when messages of "{watched.name}" begin to be lost: '
                "no step of its ladder takes the reason `opened`."
            )


def _as_json(config: "Config | None", error: "ConfigError | None") -> Mapping[str, Any]:
    problems = [
        {
            "file": str(problem.file),
            "line": problem.line,
            "key": problem.key or None,
            "sentence": problem.sentence,
        }
        for problem in (error.problems if error else ())
    ]
    return {
        "good": config is not None,
        "checks": len(config.check) if config else None,
        "mailboxes": len(config.mailbox) if config else None,
        "channels": len(config.channel) if config else None,
        "warnings": list(_warnings(config)) if config else [],
        "problems": problems,
    }
