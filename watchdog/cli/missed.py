"""`missed`: the people whose messages were lost."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli import spans
from watchdog.cli.errors import say
from watchdog.cli.names import Names, chosen
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import plain, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchdog.account import Account, Span
    from watchdog.config import Check, Config

Since = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        parser=spans.begin,
        metavar="TIME",
        help="Only what was written since then: 3d, 2026-05-04, 2026-05-04T10:30.",
    ),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        parser=spans.end,
        metavar="TIME",
        help="Only what was written until then; of a date, that day too.",
    ),
]
All = Annotated[
    bool, typer.Option("--all", help="Every inquiry with what became of it.")
]
Csv = Annotated[
    Path | None,
    typer.Option("--csv", metavar="FILE", help="Write the list for a spreadsheet."),
]
Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a page to print or to mail."),
]


def missed(
    names: Names = None,
    config: ConfigOption = None,
    *,
    since: Since = None,
    until: Until = None,
    every: All = False,
    as_json: JsonOption = False,
    csv: Csv = None,
    html: Html = None,
) -> int:
    """List the real people whose messages never reached you.

    Reads the site's store and the mailbox now; marks nothing as read.

    Exit code: 0 nobody is missed; 1 some came late or into another folder; 2 somebody
    is missed; 3 we could not see.
    """
    from watchdog import log
    from watchdog.account import Span
    from watchdog.cli import missed_data, missed_text
    from watchdog.cli.saving import save
    from watchdog.config import find, load

    log.configure("error")
    loaded = load(find(config, os.environ))
    checks = chosen(loaded, names or [])
    account = asyncio.run(_read(loaded, checks, Span(since=since, until=until)))
    shown = account.traced if every else account.missed
    if csv:
        save(csv, missed_data.as_csv(shown))
        say(f"Written: {plain(str(csv))}")
    if html:
        from watchdog.cli import missed_page

        save(html, missed_page.as_html(account, every=every))
        say(f"Written: {plain(str(html))}")
    if as_json:
        print_json(missed_data.as_json(account, shown))
    else:
        typer.echo(missed_text.as_text(account, every=every))
    for sentence in missed_text.troubles(account):
        say(sentence)
    return account.health.exit_code


async def _read(config: "Config", checks: "Sequence[Check]", span: "Span") -> "Account":
    from watchdog.account import Accountant
    from watchdog.cli.progress import steps
    from watchdog.ledger import open_ledger

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        with steps() as tell:
            accountant = Accountant(
                config=config, ledger=ledger, clock=lambda: datetime.now(UTC), tell=tell
            )
            return await accountant.account(checks, span)
