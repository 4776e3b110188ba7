"""The commands: parse, call, print; they decide nothing.

A file per group of commands.  A command returns its exit code, and imports what
is heavy when it runs, so that `--help` stays light.
"""

import sys
from typing import Annotated

import typer

from watchdog import clash
from watchdog.cli import companion as companion_commands
from watchdog.cli import config as config_commands
from watchdog.cli import service as service_commands
from watchdog.cli import streams
from watchdog.cli.check import check
from watchdog.cli.demo import demo
from watchdog.cli.doctor import doctor
from watchdog.cli.drill import drill
from watchdog.cli.errors import exit_code_of, say
from watchdog.cli.incidents import ack, incidents
from watchdog.cli.missed import missed
from watchdog.cli.options import ConfigOption
from watchdog.cli.purge import purge
from watchdog.cli.recover import app as recover_app
from watchdog.cli.run import run
from watchdog.cli.silence import silence
from watchdog.cli.status import status
from watchdog.cli.stores import stores

app = typer.Typer(
    name="contact-watchdog",
    no_args_is_help=True,
    rich_markup_mode=None,  # boxes in --help cost more than all the rest of it
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo)
app.command()(check)
app.command()(run)
app.command()(status)
app.command()(incidents)
app.command()(ack)
app.command()(silence)
app.command()(missed)
app.command()(purge)
app.command()(drill)
app.command()(doctor)
app.command()(stores)
app.add_typer(recover_app, name="recover")
app.add_typer(config_commands.app, name="config")
app.add_typer(companion_commands.app, name="companion")
app.add_typer(service_commands.app, name="service")


def _version(asked: bool) -> None:  # noqa: FBT001  typer calls it so
    if asked:
        from importlib.metadata import version

        typer.echo(f"contact-watchdog {version('contact-form-watchdog')}")
        raise typer.Exit


@app.callback()
def common(
    config: ConfigOption = None,
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Say which one this is."
        ),
    ] = False,
) -> None:
    """Prove that messages sent through your contact form reach your inbox."""


def main() -> None:
    """Run the command line that we were started with."""
    streams.adapt()
    if clash.is_visible():
        say(f"{clash.SENTENCE} {clash.MEND}")
    sys.exit(exit_code_of(lambda: app(standalone_mode=False)))
