"""`stores`: which records of inquiries are in a site's database."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.options import JsonOption
from watchdog.cli.streams import print_json

VariableArgument = Annotated[
    str,
    typer.Argument(
        metavar="VARIABLE",
        help="The environment variable that holds the database's address, as "
        "mysql://user:password@host/name.",
    ),
]
CaOption = Annotated[
    Path | None,
    typer.Option("--ca", metavar="FILE", help="An authority of your own to trust."),
]
InsecureOption = Annotated[
    bool,
    typer.Option(
        "--insecure-login",
        help="Log in over a line that anybody on the way can read.",
    ),
]


def stores(
    variable: VariableArgument,
    *,
    ca: CaOption = None,
    insecure_login: InsecureOption = False,
    as_json: JsonOption = False,
) -> int:
    """Show which stores are in a database, ready to be pasted.

    Exit code: 0 there are some, 3 there is none, or it cannot be read.
    """
    from probes.secrets import Secret
    from probes.stores.discovery import discover
    from probes.stores.sql_settings import DatabaseSettings
    from watchdog.cli.found import as_element, as_toml

    settings = DatabaseSettings(
        database=Secret(env=variable), ca=ca, insecure_login=insecure_login
    )
    found = asyncio.run(discover(settings))
    if as_json:
        print_json([as_element(one) for one in found])
    else:
        typer.echo("\n\n".join(as_toml(one, variable) for one in found))
    if not found:
        say(
            "No store that we know has entries there. A table of your own making is"
            ' read by kind = "table".'
        )
    return 0 if found else CANNOT_TELL
