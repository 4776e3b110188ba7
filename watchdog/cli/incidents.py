"""`incidents` and `ack`: what is wrong, and "I know"."""

import asyncio
import getpass
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import plain, print_json
from watchdog.cli.times import local

if TYPE_CHECKING:
    from watchdog.cli.incident import Shown
    from watchdog.config import Config
    from watchdog.model import Diagnosis, Incident

LARGEST = 2**31 - 1
"""What every database takes for a number; larger ones number nothing of ours."""

MOST = 200
"""As many incidents of the past are shown, the newest."""

All = Annotated[bool, typer.Option("--all", help="Also those that are over.")]
Number = Annotated[
    int, typer.Argument(metavar="N", max=LARGEST, help="The incident's number.")
]
OneNumber = Annotated[
    int | None,
    typer.Argument(metavar="[N]", max=LARGEST, help="One incident, by its number."),
]
ScreenshotFile = Annotated[
    Path | None,
    typer.Option(
        "--screenshot",
        metavar="FILE",
        help="Write what the browser showed of it to a new file (JPEG).",
    ),
]
Support = Annotated[
    bool,
    typer.Option(
        "--support",
        help="Print a text for the support desk of your web host or mail provider.",
    ),
]
By = Annotated[
    str, typer.Option("--by", metavar="NAME", help="Who knows; else your login name.")
]


def incidents(
    number: OneNumber = None,
    config: ConfigOption = None,
    *,
    every: All = False,
    as_json: JsonOption = False,
    screenshot: ScreenshotFile = None,
    support: Support = False,
) -> int:
    """Show the open incidents, or all; or one, and why it is.

    Exit code: that of the worst open one.
    """
    from watchdog import log
    from watchdog.cli import picture
    from watchdog.cli.verdicts import worst
    from watchdog.config import find, load_without_secrets

    log.configure("error")
    loaded = load_without_secrets(find(config, os.environ))
    if support:
        return _print_for_support(loaded, number)
    if number is not None:
        return _print_one(loaded, number, screenshot, as_json=as_json)
    if screenshot:
        raise typer.BadParameter("--screenshot needs the number of an incident.")
    found = asyncio.run(_read(loaded, every=every))
    if as_json:
        rows = [picture.incident_as_json(*one) for one in found]
        print_json(rows)
    else:
        lines = [picture.incident_line(*one) for one in found]
        typer.echo("\n".join(lines) or "There is no open incident.")
    return worst(one.health for one, _ in found if not one.resolved_at).exit_code


def ack(number: Number, config: ConfigOption = None, by: By = "") -> int:
    """Say that you know of an incident. No more reminders, no further steps."""
    from watchdog import log
    from watchdog.config import find, load_without_secrets

    log.configure("error")
    return asyncio.run(
        _ack(load_without_secrets(find(config, os.environ)), number, by or login())
    )


async def _read(
    config: "Config", *, every: bool
) -> Sequence[tuple["Incident", "Diagnosis | None"]]:
    from watchdog.ledger import open_ledger
    from watchdog.stages.troubles import diagnosis_of

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        asked = ledger.incidents(limit=MOST) if every else ledger.open_incidents()
        return [(one, await diagnosis_of(ledger, one)) for one in await asked]


def _print_one(
    config: "Config", number: int, screenshot: Path | None, *, as_json: bool
) -> int:
    from watchdog.cli import incident
    from watchdog.cli.saving import save_new

    shown = asyncio.run(_read_one(config, number))
    if shown is None:
        say(f"There is no incident {number}.")
        return CANNOT_TELL
    if screenshot and shown.screenshot is None:
        say(f"No screenshot of incident {number} is kept.")
        return CANNOT_TELL
    if screenshot and shown.screenshot:
        save_new(screenshot, shown.screenshot.image)
        say(f"{plain(str(screenshot))} is written.")
    if as_json:
        print_json([incident.as_json(shown)])
    else:
        typer.echo(incident.as_text(shown))
    is_open = shown.incident.resolved_at is None
    return shown.incident.health.exit_code if is_open else 0


def _print_for_support(config: "Config", number: int | None) -> int:
    if number is None:
        raise typer.BadParameter("--support needs the number of an incident.")
    text = asyncio.run(_read_for_support(config, number))
    if text is None:
        say(f"Nothing is kept of incident {number} that a support desk could use.")
        return CANNOT_TELL
    typer.echo("\n".join(map(plain, text.splitlines())))
    return 0


async def _read_for_support(config: "Config", number: int) -> str | None:
    from watchdog.ledger import open_ledger
    from watchdog.model import IncidentId
    from watchdog.stages.support import text_for_support

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        incident = await ledger.incident(IncidentId(number))
        return await text_for_support(config, ledger, incident) if incident else None


async def _read_one(config: "Config", number: int) -> "Shown | None":
    from watchdog.cli.incident import Shown
    from watchdog.ledger import open_ledger
    from watchdog.model import IncidentId
    from watchdog.stages.troubles import (
        diagnosis_of,
        in_words,
        screenshot_of,
        troubles_of,
    )

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        incident = await ledger.incident(IncidentId(number))
        if incident is None:
            return None
        troubles = await troubles_of(ledger, incident)
        shot = await screenshot_of(ledger, troubles)
        diagnosis = await diagnosis_of(ledger, incident)
        return Shown(
            incident=incident,
            troubles=await in_words(ledger, troubles, diagnosis),
            diagnosis=diagnosis,
            may_try=any(
                config.diagnoses(check)
                for check in config.check
                if check.name in incident.checks
            ),
            screenshot=shot,
        )


async def _ack(config: "Config", number: int, by: str) -> int:
    from watchdog.ledger import open_ledger
    from watchdog.model import IncidentId

    known = IncidentId(number)
    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        if await ledger.acknowledge(known, by=by, now=datetime.now(UTC)):
            say(f"Incident {number} is acknowledged by {by}: no more reminders.")
            return 0
        incident = await ledger.incident(known)
    say(_why_not(number, incident))
    return 0 if incident else CANNOT_TELL


def _why_not(number: int, incident: "Incident | None") -> str:
    if incident is None:
        return f"There is no incident {number}."
    if incident.resolved_at:
        return f"Incident {number} is over since {local(incident.resolved_at)}."
    by = plain(incident.acknowledged_by or "")
    return f"Incident {number} was acknowledged already by {by}."


def login() -> str:
    """Return who we are, for whoever reads later who did this."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
