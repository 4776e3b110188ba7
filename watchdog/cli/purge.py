"""`purge`: personal data goes when somebody wants it gone."""

import asyncio
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli import spans
from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import ConfigOption
from watchdog.cli.times import local
from watchdog.rules.one_line import one_line

if TYPE_CHECKING:
    from watchdog.config import Config
    from watchdog.purge import Earlier, Person

PersonOption = Annotated[
    str,
    typer.Option(
        "--person", metavar="ADDRESS", help="Whose: an email address or a phone number."
    ),
]
Before = Annotated[
    datetime | None,
    typer.Option(
        "--before",
        parser=spans.begin,
        metavar="TIME",
        help="All that was written before then: 2026-05-04, or 365d ago.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Delete without asking first.")]

ELSEWHERE = (
    "The site's own store and the mailbox are not touched: delete it there too, or a"
    " new reading may bring it back."
)


def purge(
    config: ConfigOption = None,
    *,
    person: PersonOption = "",
    before: Before = None,
    yes: Yes = False,
) -> int:
    """Delete what is kept of a person, or of a time, for good.

    That is their inquiries and cases, and what the ledger knows of their mails.
    """
    from watchdog import log
    from watchdog.config import find, load_without_secrets

    log.configure("error")
    whom = _whom(person, before)
    told = one_line(person) if before is None else f"before {local(before)}"
    loaded = load_without_secrets(find(config, os.environ))
    return asyncio.run(_purge(loaded, whom, told, yes=yes))


def _whom(person: str, before: datetime | None) -> "Person | Earlier":
    from watchdog import purge

    if bool(person) == (before is not None):
        raise typer.BadParameter("say either --person or --before")
    if before is not None:
        return purge.Earlier(moment=before)
    named = purge.person(person)
    if named is None:
        raise typer.BadParameter(
            f"`{one_line(person)}` is no email address and no phone number by itself"
        )
    return named


async def _purge(
    config: "Config", whom: "Person | Earlier", told: str, *, yes: bool
) -> int:
    from watchdog.ledger import open_ledger
    from watchdog.purge import delete, find

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        kept = await find(ledger, whom)
        inquiries = _counted(len(kept.inquiries), "inquiry", "inquiries")
        mails = _counted(len(kept.mails), "mail", "mails")
        say(f"The ledger keeps {inquiries} and {mails} of: {told}.")
        if not kept.inquiries and not kept.mails:
            return 0
        if not yes:
            if not sys.stdin.isatty():
                say("Nothing was deleted: say --yes.")
                return CANNOT_TELL
            typer.confirm("Delete them for good?", abort=True, err=True)
        await delete(ledger, whom, kept)
        await ledger.sweep()
    say(f"Deleted. {ELSEWHERE}")
    return 0


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
