"""Whether mail hosts are warned of an IP address (DNS block lists, RFC 5782)."""

from collections.abc import Sequence
from dataclasses import dataclass

from probes.dns import Nameserver

ZONES = ("zen.spamhaus.org", "bl.spamcop.net", "bl.mailspike.net")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """On which lists an address stands; a list in neither has answered "no"."""

    listed: Sequence[str]
    unknown: Sequence[str]
    """Lists that did not answer, or that do not answer us."""


async def look(
    ip: str,
    *,
    zones: Sequence[str] = ZONES,
    nameservers: Sequence[Nameserver] = (),
) -> Listings:
    """Return on which of `zones` `ip` stands; never raises over one that is silent."""
    raise NotImplementedError
