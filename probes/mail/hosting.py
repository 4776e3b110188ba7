"""Who takes mail for a domain, by the names of its mail hosts."""

from collections.abc import Sequence
from dataclasses import dataclass

from probes.dns import Nameserver


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """A domain's mail hosts."""

    exists: bool
    """Whether the DNS knows the domain at all."""
    hosts: Sequence[str]
    """The preferred one first; empty where the domain takes no mail."""
    provider: str
    """`Google`, `Microsoft`…; empty where the hosts' names tell nothing."""
    addresses: frozenset[str]
    """Of the preferred hosts, as far as the DNS told."""


async def look(domain: str, *, nameservers: Sequence[Nameserver] = ()) -> Hosting:
    """Return who takes mail for `domain`, or raise `Unreachable`."""
    raise NotImplementedError
