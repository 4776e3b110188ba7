"""`doctor`: everything that can be wrong with the set-up, each with its mend."""

import asyncio
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.names import Names, chosen
from watchdog.cli.options import ConfigOption, JsonOption
from watchdog.cli.streams import print_json

if TYPE_CHECKING:
    from pathlib import Path

    from probes.dns import Nameserver
    from watchdog.doctor import Examined
    from watchdog.doctor.diagnosis import Tell

DNS_PORT = 53

NameserverOption = Annotated[
    str | None,
    typer.Option(
        "--nameserver",
        metavar="ADDRESS[:PORT]",
        help="Ask this DNS server instead of the system's.",
    ),
]


def doctor(
    names: Names = None,
    config: ConfigOption = None,
    *,
    as_json: JsonOption = False,
    nameserver: NameserverOption = None,
) -> int:
    """Look for everything that can be wrong with the set-up.

    Exit code: 0 all is well, 1 something to look at, 2 to mend, 3 cannot tell.
    """
    from watchdog import log
    from watchdog.cli import findings

    log.configure("error")
    told: list[Examined] = []

    def tell(examined: "Examined") -> None:
        told.append(examined)
        if not as_json:
            typer.echo(findings.as_text(examined))

    servers = [_nameserver(nameserver)] if nameserver else []
    asyncio.run(_diagnose(config, names or [], servers, tell))
    if as_json:
        elements = [one for part in told for one in findings.as_json(part)]
        print_json(elements)
    else:
        typer.echo(findings.summary(told))
    return findings.health_of(told).exit_code


async def _diagnose(
    config: "Path | None",
    names: list[str],
    nameservers: "list[Nameserver]",
    tell: "Tell",
) -> None:
    from watchdog.config import ConfigError, find, load
    from watchdog.doctor import Setup, diagnose, diagnose_without

    try:
        loaded = load(find(config, os.environ))
    except ConfigError as error:
        diagnose_without(error, tell)
        return
    setup = Setup(
        config=loaded,
        checks=chosen(loaded, names),
        now=datetime.now(UTC),
        nameservers=nameservers,
    )
    await diagnose(setup, tell)


def _nameserver(text: str) -> "Nameserver":
    """Return the address and port in `text`, as `192.0.2.1:53` or `[2001:db8::1]`."""
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    bare = text if text.count(":") < 2 or "[" in text else f"[{text}]"  # noqa: PLR2004
    try:
        parts = urlsplit(f"//{bare}")
        return str(ip_address(parts.hostname or "")), parts.port or DNS_PORT
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no IP address[:port]") from None
