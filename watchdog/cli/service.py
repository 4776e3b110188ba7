"""`service`: what keeps us running, as a systemd unit, a timer or a crontab line."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import ConfigOption

app = typer.Typer(help="Keep it running: prints what to install, or installs it.")

User = Annotated[
    bool, typer.Option("--user", help="For your own account, without root's help.")
]
Install = Annotated[
    bool, typer.Option("--install", help="Install it, after asking, and start it.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Force = Annotated[
    bool, typer.Option("--force", help="With --yes: replace a unit that differs.")
]


@app.command()
def systemd(
    config: ConfigOption = None,
    *,
    user: User = False,
    install: Install = False,
    yes: Yes = False,
    force: Force = False,
) -> int:
    """Print a hardened systemd unit that runs the daemon."""
    from watchdog.config import find, load_without_secrets
    from watchdog.service import unit

    path = find(config, os.environ).absolute()
    loaded = load_without_secrets(path)
    text = unit.systemd(loaded, path, program=_program(), user=user)
    for sentence in unit.advice(loaded, user=user):
        say(sentence)
    if not install:
        typer.echo(text, nl=False)
        return 0
    place = unit.place_for(user=user)
    differs = place.exists() and place.read_text(encoding="utf-8") != text
    if yes and differs and not force:
        say(f"{place} is there already, and differs: --force replaces it.")
        return CANNOT_TELL
    if not yes:
        what = "Replace" if differs else "Write"
        typer.confirm(f"{what} {place} and start the service?", abort=True)
    if user and (folder := unit.ledger_folder(loaded)):
        # What is not there when the service starts, it may not make.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return _started(place.name, user=user)


@app.command()
def cron(
    config: ConfigOption = None, *, install: Install = False, yes: Yes = False
) -> int:
    """Print a crontab line: each minute, the work of a daemon."""
    from watchdog.config import find, load_without_secrets
    from watchdog.service import crontab

    path = find(config, os.environ).absolute()
    load_without_secrets(path)
    line = crontab.line(path, program=_program())
    if not install:
        typer.echo(line)
        return 0
    if not yes:
        typer.confirm("Add this line to your crontab?", abort=True)
    listed = subprocess.run(
        ["crontab", "-l"],  # noqa: S607  wherever this system keeps it
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    text = crontab.with_line(listed.stdout if listed.returncode == 0 else "", line)
    return _run(["crontab", "-"], text)


def _started(name: str, *, user: bool) -> int:
    """Let systemd read the unit, and run it; one that runs already is begun anew."""
    control = ["systemctl", *(["--user"] if user else [])]
    for command in (["daemon-reload"], ["enable", name], ["restart", name]):
        if code := _run([*control, *command]):
            say(f"The unit is written. What failed: {' '.join([*control, *command])}")
            return code
    return 0


def _program() -> Path:
    """Return the command by which we are started, where it will be found again."""
    return Path(sys.executable).absolute()


def _run(command: list[str], text: str = "") -> int:
    try:
        done = subprocess.run(  # noqa: S603  our own words
            command, input=text, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        say(f"There is no `{command[0]}` on this machine.")
        return CANNOT_TELL
    return CANNOT_TELL if done.returncode else 0
