"""Whether mail hosts are warned of an IP address (DNS block lists, RFC 5782)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from probes import dns
from probes.dns import Nameserver
from probes.errors import Unreachable
from probes.sender.addresses import is_inside

ZONES = ("zen.spamhaus.org", "bl.spamcop.net", "bl.mailspike.net")

LISTED = ip_network("127.0.0.0/8")
ERRORS = ip_network("127.255.255.0/24")
"""Not about the address: the list does not answer such as us, or not so often.

spamhaus.org/faqs/dnsbl-usage, "127.255.255.0/24".
"""
ALWAYS = "127.0.0.2"
NEVER = "127.0.0.1"
"""What every list that works has, and has not (RFC 5782, section 5)."""


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
    """Return on which of `zones` `ip` stands; never raises over one that is silent.

    An address inside a network stands on none, and nobody is asked.
    """
    if is_inside(ip_address(ip)):
        return Listings(listed=(), unknown=())
    answers = await asyncio.gather(*(_is_on(ip, zone, nameservers) for zone in zones))
    told = dict(zip(zones, answers, strict=True))
    return Listings(
        listed=[zone for zone, answer in told.items() if answer],
        unknown=[zone for zone, answer in told.items() if answer is None],
    )


async def _is_on(ip: str, zone: str, nameservers: Sequence[Nameserver]) -> bool | None:
    """Tell whether `zone` lists `ip`; None where it lists all, none, or is silent."""
    try:
        answer = await _listed(ip, zone, nameservers)
        if answer and await _listed(NEVER, zone, nameservers) is False:
            return True
        if answer is False and await _listed(ALWAYS, zone, nameservers):
            return False
    except Unreachable:
        return None
    return None


async def _listed(ip: str, zone: str, nameservers: Sequence[Nameserver]) -> bool | None:
    reverse, _, _ = ip_address(ip).reverse_pointer.rpartition(".")  # arpa
    reverse, _, _ = reverse.rpartition(".")  # in-addr, ip6
    found = await dns.records(f"{reverse}.{zone}", "A", nameservers=nameservers)
    codes = [ip_address(code) for code in found]
    if any(code in ERRORS for code in codes):
        return None
    return any(code in LISTED for code in codes)
