"""`demo`: a small business on this machine, and what the watchdog sees of it."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

Keep = Annotated[
    bool,
    typer.Option("--keep", help="Leave the business running, to try commands on it."),
]


def demo(*, keep: Keep = False) -> int:
    """Show a contact form that works, breaks and is mended.

    A small business opens with a website, a mail host and an SMS gateway; each
    check of it is a real one.  Nothing leaves this machine, nothing stays on it.
    """
    from watchdog import log

    log.configure("error")
    with tempfile.TemporaryDirectory(prefix="contact-watchdog-demo-") as folder:
        return asyncio.run(_show(Path(folder), keep=keep))


async def _show(folder: Path, *, keep: bool) -> int:
    from watchdog.cli import verdicts
    from watchdog.cli.progress import progress
    from watchdog.demo.business import OFFICE, Business
    from watchdog.demo.story import DEADLINE, tell
    from watchdog.model import CheckName

    began = datetime.now(UTC)
    async with Business() as business:
        typer.echo(
            f"Riverside Studio opens: its contact form is {business.site.url},"
            f" its messages go to {OFFICE}.\n"
        )
        name = CheckName("Riverside Studio contact form")
        scenes = tell(
            business,
            folder,
            clock=lambda: datetime.now(UTC),
            progress=lambda: progress([(name, DEADLINE)]),
        )
        async for scene in scenes:
            typer.secho(scene.happening, bold=True)
            found = await scene.check()
            lines = [verdicts.as_text(*found.checked), *verdicts.wrapped(*found.heard)]
            typer.echo("\n".join([*lines, ""]))
        took = (datetime.now(UTC) - began).total_seconds()
        typer.echo(
            f"That took {took:.0f} s. Your own form: copy config.example.toml to"
            " config.toml, then `contact-watchdog check`."
        )
        if keep:
            await _stay(folder)
    return 0


async def _stay(folder: Path) -> None:
    config = folder / "config.toml"
    typer.echo(
        "\nThe business stays open until you press Ctrl-C. Try on it:\n"
        f"  contact-watchdog check --config {config}"
    )
    await asyncio.Event().wait()
