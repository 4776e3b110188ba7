"""`recover list` and `recover report`: who was missed, and how far you have come."""

import asyncio
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli import recover_draft, recover_steps
from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import print_json

if TYPE_CHECKING:
    from watchdog.config import Config
    from watchdog.model import Missed

MOST = 10_000
"""Cases read at once, the newest."""

SOMEBODY_WAITS = 1

app = typer.Typer(help="Win back the people whose messages were missed.")

All = Annotated[bool, typer.Option("--all", help="Also the cases that are over.")]
Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write a table there.")
]
Vcard = Annotated[
    Path | None, typer.Option("--vcard", metavar="FILE", help="Write vCards there.")
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a page there.")
]


@app.command("list")
def list_(
    config: ConfigOption = None,
    *,
    every: All = False,
    as_json: JsonOption = False,
    csv: Csv = None,
    vcard: Vcard = None,
) -> int:
    """Show who was missed, the most valuable first, and what to do.

    The sent folder is read first: whom you have written to waits no more. Exit
    code: 0 nobody waits, 1 somebody waits, 3 a mailbox could not be read.
    """
    from watchdog import log
    from watchdog.cli import docket, recover_table
    from watchdog.config import find, load
    from watchdog.stages.recovery import patience_of

    log.configure("error")
    now = datetime.now(UTC)
    loaded = load(find(config, os.environ))
    cases, unread = asyncio.run(_read(loaded, every=every))
    patience = patience_of(loaded)
    if csv:
        _save_table(csv, [docket.cells(one, patience, now=now) for one in cases])
    if vcard:
        _save_cards(vcard, cases)
    if as_json:
        print_json([docket.as_json(one, patience, now=now) for one in cases])
    else:
        if cases:
            width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 200
            typer.echo(recover_table.table(cases, patience, now=now, width=width))
        say(docket.summary(cases))
    return _code(cases, unread)


@app.command()
def report(
    config: ConfigOption = None, *, as_json: JsonOption = False, html: Html = None
) -> int:
    """Tell how many were missed, contacted, answered, and how soon.

    Exit code: as of `recover list`.
    """
    from watchdog import log
    from watchdog.cli import recover_report
    from watchdog.config import find, load
    from watchdog.rules.recovered import report as figures_of

    log.configure("error")
    now = datetime.now(UTC)
    cases, unread = asyncio.run(_read(load(find(config, os.environ)), every=True))
    figures = figures_of(cases)
    if html:
        from watchdog.cli.recover_page import page
        from watchdog.cli.saving import save

        save(html, page(figures, now=now))
    if as_json:
        print_json(recover_report.as_json(figures, now=now))
    else:
        typer.echo(recover_report.as_text(figures, now=now))
    return _code(cases, unread)


async def _read(
    config: "Config", *, every: bool
) -> tuple[Sequence["Missed"], Sequence[str]]:
    """Return the cases, the most valuable first, and the mailboxes we cannot read."""
    from watchdog.ledger import open_ledger
    from watchdog.rules.worth import worth
    from watchdog.stages.recovery import recover

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        unread = await recover(config, ledger, clock=lambda: datetime.now(UTC))
        read = ledger.cases if every else ledger.cases_under_way
        cases = await read(limit=MOST)
    wanted = config.recovery.keywords, config.recovery.fields
    ordered = sorted(cases, key=lambda one: worth(one.inquiry, *wanted), reverse=True)
    return sorted(ordered, key=lambda one: one.case.state != "open"), unread


def _code(cases: Sequence["Missed"], unread: Sequence[str]) -> int:
    for name in unread:
        say(
            f"The mailbox “{name}” cannot be read now: whom you have written to lately "
            "may still be told to wait."
        )
    if any(one.case.state == "open" for one in cases):
        return SOMEBODY_WAITS
    return CANNOT_TELL if unread else 0


def _save_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    from watchdog.cli.docket import COLUMNS
    from watchdog.cli.saving import save
    from watchdog.rules.spreadsheet import as_csv

    save(path, as_csv(COLUMNS, rows))
    say(f"{path} is written.")


def _save_cards(path: Path, cases: Sequence["Missed"]) -> None:
    from watchdog.cli.saving import save
    from watchdog.rules.vcard import vcards

    save(path, vcards(cases))
    say(f"{path} is written.")


app.command("draft")(recover_draft.draft)
app.command("contacted")(recover_steps.contacted)
app.command("dismiss")(recover_steps.dismiss)
app.command("reopen")(recover_steps.reopen)
app.command("close")(recover_steps.close)
