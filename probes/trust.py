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
    return _read(ca)


@cache
def web_trust(ca: Path | None = None) -> ssl.SSLContext:
    """Return the same for the web alone.

    httpx2 makes whatever context it is given offer HTTP (ALPN, RFC 7301), and a
    mail host to which HTTP is offered may hang up.
    """
    return _read(ca)


def _read(ca: Path | None) -> ssl.SSLContext:
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
