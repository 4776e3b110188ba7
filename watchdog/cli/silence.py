"""`silence`: planned times in which alarms are held back."""

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.incidents import LARGEST, login
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import plain, print_json
from watchdog.cli.times import FORMATS, length, local, stamp

if TYPE_CHECKING:
    from watchdog.config import Config
    from watchdog.model import Silence

Pattern = Annotated[
    str | None,
    typer.Argument(metavar="PATTERN", help="Which checks: a name, or `Riverside*`."),
]
For = Annotated[
    timedelta | None,
    typer.Option("--for", parser=length, metavar="2h", help="How long."),
]
From = Annotated[
    datetime | None,
    typer.Option(
        "--from",
        formats=FORMATS,
        metavar="TIME",
        help="When it begins, as 2026-05-04T10:30; else now.",
    ),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        formats=FORMATS,
        metavar="TIME",
        help="When it ends; with --cron, for good.",
    ),
]
Again = Annotated[
    str | None,
    typer.Option("--cron", metavar="'0 2 * * SUN'", help="When it comes again."),
]
Words = Annotated[
    str, typer.Option("--words", metavar="WORDS", help="Why, for whoever reads it.")
]
List = Annotated[bool, typer.Option("--list", help="Show the silences not over yet.")]
End = Annotated[
    int | None,
    typer.Option("--end", metavar="N", max=LARGEST, help="End one now."),
]


def silence(  # noqa: PLR0913  each is an option
    pattern: Pattern = None,
    config: ConfigOption = None,
    *,
    lasting: For = None,
    from_at: From = None,
    until_at: Until = None,
    cron: Again = None,
    words: Words = "",
    listed: List = False,
    end: End = None,
    as_json: JsonOption = False,
) -> int:
    """Hold alarms back for a planned time; checks and verdicts go on.

    silence 'Riverside*' --for 2h --words "the site moves"

    silence '*' --cron '0 2 * * SUN' --for 1h
    """
    from watchdog import log
    from watchdog.config import find, load_without_secrets
    from watchdog.model import Silence

    log.configure("error")
    now = datetime.now(UTC)
    loaded = load_without_secrets(find(config, os.environ))
    if end is not None:
        return asyncio.run(_end(loaded, end, now))
    if listed or pattern is None:
        return asyncio.run(_list(loaded, now, as_json=as_json))
    begins, ends = _utc(from_at) or now, _utc(until_at)
    if cron is None:
        ends = _end_of_one(begins, ends, lasting, now)
    planned = Silence(
        checks=pattern,
        from_at=begins,
        until_at=ends,
        cron=_cron(cron, lasting, _zone(loaded)),
        lasting=lasting if cron else None,
        timezone=_zone(loaded),
        words=words,
        created_by=login(),
    )
    return asyncio.run(_plan(loaded, planned, as_json=as_json))


def _end_of_one(
    begins: datetime, ends: datetime | None, lasting: timedelta | None, now: datetime
) -> datetime:
    """Return when a silence ends that comes once, or raise a usage error."""
    if (ends is None) == (lasting is None):
        raise typer.BadParameter("say either --for or --until: a silence has an end")
    end = ends or begins + (lasting or timedelta())
    if end <= max(begins, now):
        raise typer.BadParameter("that would be over before it begins")
    return end


def _cron(cron: str | None, lasting: timedelta | None, zone: str) -> str | None:
    """Return the expression, if any, or raise a usage error."""
    from watchdog.rules.schedule import Cron

    if cron is None:
        return None
    if lasting is None:
        raise typer.BadParameter("--cron says when it begins; say with --for how long")
    try:
        Cron(cron, zone)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return cron


def _zone(config: "Config") -> str:
    from watchdog.config.times import machine_zone

    return config.watchdog.timezone or machine_zone()


def _utc(moment: datetime | None) -> datetime | None:
    """Return what was typed, in local time unless it named a zone, as UTC."""
    return None if moment is None else moment.astimezone(UTC)


async def _plan(config: "Config", planned: "Silence", *, as_json: bool) -> int:
    from watchdog.ledger import open_ledger

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        kept = await ledger.record_silence(planned)
    if as_json:
        print_json(_as_json(kept))
    else:
        typer.echo(_line(kept))
    hushed = [c.name for c in config.check if fnmatchcase(c.name, planned.checks)]
    if not hushed:
        say(f"No check is called “{plain(planned.checks)}” now.")
    return 0


async def _list(config: "Config", now: datetime, *, as_json: bool) -> int:
    from watchdog.ledger import open_ledger

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        found = await ledger.silences(now)
    if as_json:
        print_json([_as_json(one) for one in found])
    else:
        typer.echo("\n".join(map(_line, found)) or "No alarm is held back.")
    return 0


async def _end(config: "Config", number: int, now: datetime) -> int:
    from watchdog.ledger import open_ledger
    from watchdog.model import SilenceId

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        is_done = await ledger.end_silence(SilenceId(number), now=now)
    if not is_done:
        say(f"There is no silence {number}, or it is over.")
        return CANNOT_TELL
    say(f"Silence {number} is over.")
    return 0


def _line(silence: "Silence") -> str:
    from watchdog.rules.cause import span

    when = f"from {local(silence.from_at)}"
    if silence.until_at:
        when += f" to {local(silence.until_at)}"
    if silence.cron and silence.lasting:
        when += f", at “{silence.cron}” for {span(silence.lasting)}"
    words = f": {silence.words}" if silence.words else ""
    return plain(
        f"Silence {silence.id}: {silence.checks} {when}, by {silence.created_by}{words}"
    )


def _as_json(silence: "Silence") -> Mapping[str, Any]:
    lasting = silence.lasting
    return {
        "id": silence.id,
        "checks": silence.checks,
        "from_at": stamp(silence.from_at),
        "until_at": stamp(silence.until_at),
        "cron": silence.cron,
        "lasting_seconds": None if lasting is None else lasting.total_seconds(),
        "timezone": silence.timezone,
        "words": silence.words,
        "created_by": silence.created_by,
    }
