"""Whom to ask about domains, and about which of them it makes sense to ask."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from probes import rdap
from probes.dns import Nameserver, needs_no_dns
from probes.rdap import Registries

NOBODYS = frozenset({"test", "example", "invalid", "localhost", "local", "internal"})
"""Nothing is registered under these (RFC 2606, RFC 6762): nobody is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Whom to ask about domains."""

    url: str = rdap.IANA
    """Where their registries are listed."""
    ca: Path | None = None
    nameservers: Sequence[Nameserver] = ()
    """Instead of the system's."""


class RegistryList:
    """The list of registries, fetched when it is first needed, once a pass."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._lock = asyncio.Lock()
        self._known: Registries | None = None

    async def known(self) -> Registries:
        """Return the registries, or raise `ProbeError`."""
        async with self._lock:
            if self._known is None:
                self._known = await rdap.registries(
                    self.directory.url, self.directory.ca
                )
            return self._known


def domain_of(address: str) -> str:
    """Return the domain of an email address, or an empty text."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def is_public(name: str) -> bool:
    """Return whether `name` may be known to all the world's DNS."""
    _, dot, top = name.rpartition(".")
    return bool(dot) and top not in NOBODYS and not needs_no_dns(name)
