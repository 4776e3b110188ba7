"""`demo`: a small business on this machine, and what the watchdog sees of it."""

import asyncio
import logging
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.folding import columns, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.demo.story import Found

Keep = Annotated[
    bool,
    typer.Option("--keep", help="Leave the business running, to try commands on it."),
]


def demo(*, keep: Keep = False) -> int:
    """Show a form that works, breaks and is mended; who was missed.

    A small business opens with a website, a mail host and an SMS gateway; each
    check of it is a real one.  Nothing leaves this machine, nothing stays on it.
    """
    from watchdog import log

    log.configure("error")
    # Its servers would tell on the terminal of each caller that hung up.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="contact-watchdog-demo-") as folder:
        return asyncio.run(_show(Path(folder), keep=keep))


async def _show(folder: Path, *, keep: bool) -> int:
    from watchdog.cli.progress import progress
    from watchdog.demo.business import OFFICE, Business
    from watchdog.demo.story import DEADLINE, tell
    from watchdog.model import CheckName

    began = datetime.now(UTC)
    async with Business() as business:
        _echo(
            f"Riverside Studio opens: its contact form is {business.site.url},"
            f" its messages go to {OFFICE}."
        )
        typer.echo()
        name = CheckName("Riverside Studio contact form")
        scenes = tell(
            business,
            folder,
            clock=lambda: datetime.now(UTC),
            progress=lambda: progress([(name, DEADLINE)]),
        )
        async for scene in scenes:
            typer.secho(scene.happening, bold=True)
            typer.echo("\n".join([*_lines(await scene.play()), ""]))
        took = (datetime.now(UTC) - began).total_seconds()
        _echo(
            f"That took {took:.0f} s. Your own form: copy config.example.toml to"
            " config.toml, then `contact-watchdog check`."
        )
        if keep:
            await _stay(folder)
    return 0


def _echo(sentence: str) -> None:
    typer.echo("\n".join(folded(sentence, indent=0)))


def _lines(found: "Found") -> "Iterator[str]":
    """Yield what a scene has brought, as the commands show it."""
    from watchdog.cli import docket, missed_text, recover_table, verdicts

    if found.checked:
        yield verdicts.as_text(*found.checked)
    if found.account:
        yield missed_text.as_text(found.account, every=False)
    if found.desk:
        cases, patience = found.desk
        now = datetime.now(UTC)
        yield recover_table.table(cases, patience, now=now, width=columns())
        yield docket.summary(cases)
    yield from folded(*found.heard)


async def _stay(folder: Path) -> None:
    config = folder / "config.toml"
    typer.echo(
        "\nThe business stays open until you press Ctrl-C. In another terminal, try:\n"
        f"  export CONTACT_WATCHDOG_CONFIG={config}\n"
        "  contact-watchdog check\n"
        "  contact-watchdog missed --all\n"
        "  contact-watchdog recover list"
    )
    await asyncio.Event().wait()
