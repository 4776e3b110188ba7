"""Who takes mail for a domain, by the names of its mail hosts."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probes import dns
from probes.dns import Absent, Nameserver
from probes.errors import Refused, Unreachable

MOST_HOSTS = 4
"""Whose addresses are looked up."""

PROVIDERS: Mapping[str, str] = {
    "google.com": "Google",
    "googlemail.com": "Google",
    "outlook.com": "Microsoft",
    "mx.microsoft": "Microsoft",
    "yahoodns.net": "Yahoo",
    "icloud.com": "Apple",
    "zoho.com": "Zoho",
    "zoho.eu": "Zoho",
    "zoho.in": "Zoho",
    "protonmail.ch": "Proton",
    "messagingengine.com": "Fastmail",
    "mimecast.com": "Mimecast",
    "pphosted.com": "Proofpoint",
    "ppe-hosted.com": "Proofpoint",
    "barracudanetworks.com": "Barracuda",
    "emailsrvr.com": "Rackspace",
    "secureserver.net": "GoDaddy",
    "kundenserver.de": "IONOS",
    "ionos.com": "IONOS",
    "rzone.de": "Strato",
    "hostinger.com": "Hostinger",
    "ovh.net": "OVHcloud",
    "gandi.net": "Gandi",
    "privateemail.com": "Namecheap",
    "registrar-servers.com": "Namecheap",
    "yandex.net": "Yandex",
    "mail.ru": "Mail.ru",
    "mxroute.com": "MXroute",
    "migadu.com": "Migadu",
    "mailbox.org": "mailbox.org",
}
"""By the ends of their hosts' names, as they tell their customers to set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """A domain's mail hosts."""

    hosts: Sequence[str]
    """The preferred one first; empty where the domain takes no mail, or is none."""
    provider: str
    """`Google`, `Microsoft`…; empty where the hosts' names tell nothing."""
    addresses: frozenset[str]
    """Of the hosts, as far as the DNS told."""


async def look(domain: str, *, nameservers: Sequence[Nameserver] = ()) -> Hosting:
    """Return who takes mail for `domain`, or raise `Unreachable`."""
    hosts = await _hosts(domain, nameservers)
    found = await asyncio.gather(
        *(_addresses(host, nameservers) for host in hosts[:MOST_HOSTS])
    )
    return Hosting(
        hosts=hosts,
        provider=next(filter(None, map(provider_of, hosts)), ""),
        addresses=frozenset().union(*found),
    )


def provider_of(host: str) -> str:
    """Return whose mail host this is, by its name; empty where that tells nothing."""
    labels = host.lower().rstrip(".").split(".")
    ends = (".".join(labels[first:]) for first in range(len(labels)))
    return next((PROVIDERS[end] for end in ends if end in PROVIDERS), "")


async def _hosts(domain: str, nameservers: Sequence[Nameserver]) -> Sequence[str]:
    try:
        return await dns.mail_hosts(domain, nameservers=nameservers)
    except (Absent, Refused):
        return ()


async def _addresses(host: str, nameservers: Sequence[Nameserver]) -> Sequence[str]:
    try:
        return await dns.addresses(host, nameservers=nameservers)
    except Unreachable:
        return ()
