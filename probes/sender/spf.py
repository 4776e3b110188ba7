"""Whether a domain lets an IP address send mail in its name (SPF, RFC 7208)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

from probes import dns
from probes.dns import Nameserver
from probes.sender.spf_macros import Sending, expanded
from probes.sender.spf_record import Directive, Mistake, read, records_in

MOST_LOOKUPS = 10
MOST_VOID = 2
MOST_NAMES = 10
"""Of mail hosts, and of names of an address: section 4.6.4 has all three bounds."""

LONGEST_LABEL = 63


class Spf(StrEnum):
    """The results of RFC 7208, section 2.6."""

    PASS = "pass"  # noqa: S105  no password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    """The domain has no record."""
    PERMERROR = "permerror"
    """Its record is wrong, or asks more of the DNS than is allowed."""


QUALIFIED = {"+": Spf.PASS, "-": Spf.FAIL, "~": Spf.SOFTFAIL, "?": Spf.NEUTRAL}


async def check(
    ip: str, domain: str, *, sender: str = "", nameservers: Sequence[Nameserver] = ()
) -> Spf:
    """Return what `domain` says of mail that `ip` sends in its name.

    `sender` is the envelope's, where it is known.  Raises `Unreachable` where the
    DNS gave no answer: RFC 7208's `temperror`.
    """
    address = ip_address(ip)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    local, _, host = sender.rpartition("@")
    sending = Sending(
        ip=address,
        domain=domain,
        sender=f"{local or 'postmaster'}@{host or domain}",
    )
    try:
        return await _Inquest(nameservers).result(sending)
    except Mistake:
        return Spf.PERMERROR


async def has_record(domain: str, *, nameservers: Sequence[Nameserver] = ()) -> bool:
    """Return whether `domain` says anything at all, or raise `Unreachable`."""
    return bool(records_in(await dns.records(domain, "TXT", nameservers=nameservers)))


@dataclass(slots=True)
class _Inquest:
    """One check, with what it has asked of the DNS so far."""

    nameservers: Sequence[Nameserver]
    lookups: int = 0
    void: int = 0

    async def result(self, sending: Sending) -> Spf:
        """Return the result for one record, and those that it leads to."""
        if not _can_be_a_name(sending.domain):
            return Spf.NONE
        texts = await self._records(sending.domain, "TXT")
        found = records_in(texts)
        if not found:
            return Spf.NONE
        if len(found) > 1:
            raise Mistake(sending.domain)
        record = read(found[0])
        for directive in record.directives:
            if await self._fits(directive, sending):
                return QUALIFIED[directive.qualifier]
        if not record.redirect:
            return Spf.NEUTRAL
        self._count()
        elsewhere = replace(sending, domain=expanded(record.redirect, sending))
        result = await self.result(elsewhere)
        if result is Spf.NONE:
            raise Mistake(record.redirect)
        return result

    async def _fits(self, directive: Directive, sending: Sending) -> bool:
        if directive.mechanism == "all":
            return True
        if directive.network:
            return sending.ip in directive.network
        self._count()
        domain = expanded(directive.domain, sending) or sending.domain
        match directive.mechanism:
            case "include":
                return await self._includes(replace(sending, domain=domain))
            case "exists":
                return bool(await self._counted(domain, "A"))
            case "ptr":
                return await self._is_named(sending.ip, domain)
            case "mx":
                hosts = await self._counted(domain, "MX")
                if len(hosts) > MOST_NAMES:
                    raise Mistake(domain)
                return await self._is_among(hosts, directive, sending)
            case _:
                return await self._is_among([domain], directive, sending)

    async def _includes(self, sending: Sending) -> bool:
        result = await self.result(sending)
        if result is Spf.NONE:
            raise Mistake(sending.domain)
        return result is Spf.PASS

    async def _is_among(
        self, hosts: Sequence[str], directive: Directive, sending: Sending
    ) -> bool:
        """Tell whether the sender is one of `hosts`, as far as the prefix goes."""
        version = sending.ip.version
        prefix = directive.prefixes[version]
        for host in hosts:
            addresses = await self._counted(host, _kind(sending.ip))
            if any(
                sending.ip in ip_network(f"{address}/{prefix}", strict=False)
                for address in addresses
            ):
                return True
        return False

    async def _is_named(self, ip: IPv4Address | IPv6Address, domain: str) -> bool:
        """Tell whether a name of `ip` that leads back to it is `domain`'s (5.5)."""
        suffix = f".{domain.lower()}"
        for name in (await self._counted(ip.reverse_pointer, "PTR"))[:MOST_NAMES]:
            ours = f".{name.lower()}".endswith(suffix)
            if ours and str(ip) in await self._records(name, _kind(ip)):
                return True
        return False

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise Mistake("more look-ups than are allowed")

    async def _counted(
        self, name: str, kind: Literal["A", "AAAA", "MX", "PTR"]
    ) -> Sequence[str]:
        """Ask, and count the question if nothing comes of it."""
        found = await self._records(name, kind)
        self.void += not found
        if self.void > MOST_VOID:
            raise Mistake("more empty look-ups than are allowed")
        return found

    async def _records(
        self, name: str, kind: Literal["A", "AAAA", "MX", "PTR", "TXT"]
    ) -> Sequence[str]:
        return await dns.records(name, kind, nameservers=self.nameservers)


def _kind(ip: IPv4Address | IPv6Address) -> Literal["A", "AAAA"]:
    return "A" if isinstance(ip, IPv4Address) else "AAAA"


def _can_be_a_name(domain: str) -> bool:
    labels = domain.rstrip(".").split(".")
    return len(labels) > 1 and all(0 < len(label) <= LONGEST_LABEL for label in labels)
