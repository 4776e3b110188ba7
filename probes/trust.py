"""Whom we believe to be who they say: the authorities' word, and our own machine."""

import ssl
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from probes.errors import Refused


@cache
def trust(ca: Path | None = None) -> ssl.SSLContext:
    """Return what verifies a server: kept, since reading the authorities costs 20 ms.

    Raises `Refused` where the file `ca` cannot be read or holds no certificate.
    """
    context = ssl.create_default_context()
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except OSError as error:  # also ssl.SSLError: no certificate in it
            raise Refused(f"The authority file {ca} cannot be read.") from error
    return context


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine: nobody reads along on the way to it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
