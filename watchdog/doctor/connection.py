"""The first steps on the way to any host: its name, and its certificate."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from probes import dns, tls
from probes.errors import ProbeError, Unreachable
from probes.tls import Fault, Opening, Untrusted
from watchdog.doctor.setup import Setup, failed
from watchdog.rules.finding import Finding, doubtful, of_certificate, well

SECONDS = 5.0
MOST_SHOWN = 4
"""Addresses of one name."""

MENDS: Mapping[Fault, str] = {
    Fault.EXPIRED: "Renew it, and find out why it was not renewed by itself.",
    Fault.EARLY: "Set this machine's clock; if that is right, have it made anew.",
    Fault.UNKNOWN_AUTHORITY: "Let the server send its whole chain of certificates; if "
    "the authority is your own, name its file by `ca`.",
    Fault.OTHER_NAME: "Use the name that it was made out to, or have it made out to "
    "this one.",
    Fault.OTHER: "Have it made anew.",
}


async def examine_name(setup: Setup, host: str) -> Finding | None:
    """Return whether `host` is in the DNS; None for what needs no DNS."""
    if dns.needs_no_dns(host):
        return None
    try:
        found = await dns.addresses(host, nameservers=setup.nameservers)
    except Unreachable as error:
        if not setup.nameservers and await _is_known_here(host):
            return doubtful(
                host,
                f"{error.message} This machine finds it by other means.",
                "Look after the DNS: visitors have nothing else to find it by.",
            )
        mend = "Correct the name, or have it entered into the DNS of its domain."
        return await failed(setup, host, error, host=host, mend=mend)
    return well(host, f"The name leads to {', '.join(found[:MOST_SHOWN])}.")


async def examine_certificate(
    setup: Setup,
    host: str,
    port: int,
    ca: Path | None,
    *,
    opening: Opening | None = None,
) -> Finding:
    """Return whether the certificate on a port will do; see `tls.certificate`."""
    subject = f"{host}:{port}"
    try:
        shown = await tls.certificate(host, port, ca, opening=opening)
    except Untrusted as error:
        mend = MENDS[error.fault]
        return await failed(setup, subject, error, host=host, mend=mend)
    except ProbeError as error:
        mend = "Correct host and port; if they are right, look after the server there."
        return await failed(setup, subject, error, host=host, mend=mend)
    return of_certificate(
        subject, not_after=shown.not_after, issuer=shown.issuer, now=setup.now
    )


async def _is_known_here(host: str) -> bool:
    """Return whether this machine's own files know a name that the DNS does not."""
    try:
        async with asyncio.timeout(SECONDS):
            await asyncio.get_running_loop().getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False
    return True
