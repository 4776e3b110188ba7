"""Whether two things that messages pass through would probably fail together."""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address

SHARED_ENDINGS = frozenset(
    {"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"}
)
"""Below a country's own letters, as in `co.uk`, they are nobody's domain."""

COUNTRY = 2
"""Letters of a country's top-level domain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Something that messages pass through: a site, a mail host, a gateway."""

    name: str
    """What people call it."""
    hosts: frozenset[str]
    """Its host, and those that take its mail."""
    addresses: frozenset[str] = frozenset()
    """Where they are; `HERE` for the machine that we run on."""
    fault: str = ""
    """Why not all of its addresses are known."""


HERE = "this machine"


def share_fate(host: str, watched: Collection[str]) -> bool:
    """Return whether `host` is one of `watched`, or of the same domain as one."""
    return _domain(host) in map(_domain, watched)


def bond(one: Station, watched: Collection[Station]) -> str:
    """Return what `one` shares with something that is watched, as a clause, or nothing.

    Told by names and addresses: what a provider keeps to itself is not seen.
    """
    for other in watched:
        domains = _domains(one) & _domains(other)
        if domains:
            return f"of the same domain, {min(domains)}, as {other.name}"
        addresses = one.addresses & other.addresses
        if addresses:
            return f"at the same address, {min(addresses)}, as {other.name}"
    return ""


def _domains(station: Station) -> frozenset[str]:
    return frozenset(_domain(host) for host in station.hosts if _is_name(host))


def _domain(host: str) -> str:
    """Return the domain that was probably registered."""
    labels = host.casefold().rstrip(".").split(".")
    below = [*labels, ""][-3] if len(labels[-1]) == COUNTRY else ""
    return ".".join(labels[-3 if below in SHARED_ENDINGS else -2 :])


def _is_name(host: str) -> bool:
    """Tell whether `host` is a name in the DNS, and no address."""
    try:
        ip_address(host)
    except ValueError:
        return "." in host.strip(".")
    return False
