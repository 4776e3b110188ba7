"""`companion`: the plugin that a site takes in, ready to be uploaded."""

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.errors import say
from watchdog.cli.names import chosen
from watchdog.cli.options import ConfigOption

if TYPE_CHECKING:
    from watchdog.companion.site import Site
    from watchdog.config import Config

app = typer.Typer(help="Make the companion plugin of a site.")

CheckOption = Annotated[
    str | None,
    typer.Option(
        "--check", metavar="NAME", help="The check whose site it is for, if several."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FILE", help="Default: contact-watchdog-companion-HOST.zip."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file.")]
KeepTestsOut = Annotated[
    bool,
    typer.Option(
        "--keep-tests-out", help="Keep signed tests out of the site's own records."
    ),
]
KeepDays = Annotated[
    int,
    typer.Option(
        "--keep-days", min=1, max=3650, help="How long the site keeps what it records."
    ),
]


@app.callback()
def companion() -> None:
    """Be a group of commands, also while there is only one."""


@app.command()
def wordpress(
    config: ConfigOption = None,
    *,
    check: CheckOption = None,
    output: Output = None,
    force: Force = False,
    keep_tests_out: KeepTestsOut = False,
    keep_days: KeepDays = 90,
) -> int:
    """Write the companion plugin for a WordPress site, as a zip file."""
    from watchdog.cli.saving import save_anew, save_new
    from watchdog.companion.archive import archive
    from watchdog.companion.site import new_key
    from watchdog.config import find, load_without_secrets

    path = find(config, os.environ)
    site = _site(load_without_secrets(path), path, check)
    file = output or Path(f"contact-watchdog-companion-{site.host}.zip")
    if file.exists() and not force:
        raise typer.BadParameter(f"{file} is there already: --force replaces it.")
    key = asyncio.run(site.key())
    if key is None:
        save_new(site.key_file, (key := new_key()).encode())
        say(f"A new secret for {site.host} is kept in {site.key_file}.")
    plugin = archive(key, keep_tests_out=keep_tests_out, keep_days=keep_days)
    (save_anew if force else save_new)(file, plugin)
    typer.echo(file)
    _say_what_is_next(site)
    return 0


def _site(config: "Config", path: Path, name: str | None) -> "Site":
    from watchdog.companion.site import site_of

    checks = chosen(config, [name] if name else [])
    sites = [site for one in checks if (site := site_of(one, path))]
    if not sites:
        raise typer.BadParameter("only a check with a form has a site to make it for.")
    if len({(site.host, site.secret) for site in sites}) > 1:
        names = ", ".join(f"`{site.check.name}`" for site in sites)
        raise typer.BadParameter(f"name one of the checks with --check: {names}")
    return sites[0]


def _say_what_is_next(site: "Site") -> None:
    say(
        "It holds the site's secret: whoever has it can read what visitors write. Pass"
        " it to nobody, and delete it when it is installed."
    )
    steps = (
        f"In the WordPress of {site.host}: Plugins, Add New, Upload Plugin; activate.",
        *site.lacks,
        "Try it: contact-watchdog doctor",
    )
    for number, step in enumerate(steps, start=1):
        for line in f"{number}. {step}".splitlines():
            say(line)
