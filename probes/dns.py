"""The door to the DNS: where a name leads, who takes mail for it, what it says."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Literal

from dns import asyncresolver, resolver
from dns.exception import DNSException
from dns.name import root
from dns.rdata import Rdata
from dns.rdtypes.ANY.TXT import TXT

from probes.errors import Refused, Unreachable

SECONDS = 5.0
"""For one question with all its repetitions."""

MOST_RECORDS = 100

Nameserver = tuple[str, int]
"""IP address and port of a server to ask instead of the system's."""


class Absent(Unreachable):
    """The DNS has answered: there is no such name, or it leads to no address."""

    def __init__(self, message: str, /) -> None:
        super().__init__(message, answered=True)


async def addresses(
    host: str,
    *,
    nameservers: Sequence[Nameserver] = (),
    seconds: float = SECONDS,
) -> Sequence[str]:
    """Return the IP addresses of `host`, or raise `Absent` if there are none.

    The DNS alone is asked, as visitors' machines do: not this machine's hosts file.
    """
    with _translated(host):
        found = await _resolver(nameservers).resolve_name(host, lifetime=seconds)
    return list(found.addresses())


async def mail_hosts(
    domain: str, *, nameservers: Sequence[Nameserver] = ()
) -> Sequence[str]:
    """Return the hosts that take mail for `domain`, the preferred one first.

    Without an MX record that is the domain itself (RFC 5321, section 5.1).  Raises
    `Refused` where it says that it takes none (RFC 7505), and `Unreachable`.
    """
    with _translated(domain):
        answer = await _resolver(nameservers).resolve(
            domain, "MX", lifetime=SECONDS, raise_on_no_answer=False
        )
    records = sorted((each.preference, each.exchange) for each in answer.rrset or ())
    if not records:
        await addresses(domain, nameservers=nameservers)
        return [domain]
    if all(exchange == root for _, exchange in records):
        raise Refused(f"{domain} takes no mail: its DNS says so (a null MX record).")
    return [exchange.to_text(omit_final_dot=True) for _, exchange in records]


async def records(
    name: str,
    kind: Literal["A", "AAAA", "MX", "PTR", "TXT"],
    *,
    nameservers: Sequence[Nameserver] = (),
) -> Sequence[str]:
    """Return what the DNS says of `name`, or nothing where it has no such record.

    Of MX the host alone, the preferred one first; of TXT all its strings as one
    (RFC 7208 3.3).  Raises `Unreachable`, but never `Absent`.
    """
    try:
        with _translated(name):
            answer = await _resolver(nameservers).resolve(
                name, kind, lifetime=SECONDS, raise_on_no_answer=False
            )
    except Absent:
        return []
    found = sorted(answer.rrset or (), key=_preference)
    return [_data(each) for each in found[:MOST_RECORDS]]


async def exists(name: str, *, nameservers: Sequence[Nameserver] = ()) -> bool:
    """Return whether the DNS knows `name`, whatever it says of it."""
    try:
        with _translated(name):
            await _resolver(nameservers).resolve(
                name, "A", lifetime=SECONDS, raise_on_no_answer=False
            )
    except Absent:
        return False
    return True


def needs_no_dns(host: str) -> bool:
    """Return whether `host` is an address itself, or this machine (RFC 6761, 6.3)."""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return True


def _preference(record: Rdata) -> int:
    return getattr(record, "preference", 0)


def _data(record: Rdata) -> str:
    if isinstance(record, TXT):
        return b"".join(record.strings).decode("utf-8", "replace")
    name = getattr(record, "exchange", None) or getattr(record, "target", None)
    return str(name.to_text(omit_final_dot=True) if name else record.to_text())


def _resolver(nameservers: Sequence[Nameserver]) -> asyncresolver.Resolver:
    try:
        chosen = asyncresolver.Resolver(configure=not nameservers)
    except resolver.NoResolverConfiguration as error:
        raise Unreachable("This machine has no DNS set up (resolv.conf).") from error
    if nameservers:
        chosen.nameservers = [address for address, _ in nameservers]
        chosen.nameserver_ports = dict(nameservers)
    return chosen


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Turn what dnspython raises into a sentence about `name`.

    `answered` where some server of the DNS spoke to us: then our network works.
    """
    try:
        yield
    except resolver.NXDOMAIN as error:
        raise Absent(f"There is no such name as {name} in the DNS.") from error
    except resolver.NoAnswer as error:
        raise Absent(
            f"The name {name} is in the DNS, but leads to no address."
        ) from error
    except resolver.NoNameservers as error:
        if not any(response for *_, response in error.kwargs["errors"]):
            raise Unreachable(f"No DNS server could be asked about {name}.") from error
        raise Unreachable(
            f"The DNS fails on {name}: its name servers, or its DNSSEC, are broken.",
            answered=True,
        ) from error
    except resolver.LifetimeTimeout as error:
        raise Unreachable(f"The DNS gave no answer about {name} in time.") from error
    except DNSException as error:
        raise Unreachable(
            f"{name} cannot be a name in the DNS.", answered=True
        ) from error
    except OSError as error:
        raise Unreachable(f"The DNS cannot be asked about {name}.") from error
