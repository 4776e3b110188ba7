"""Whether a page on the internet leads us into a network of our own.

A form may name any address, and whoever can write the page could let us post to a
router or a database that only this machine can reach.  What we watch inside such a
network leads wherever it likes: its page is as much inside as its form.
"""

from ipaddress import IPv6Address, ip_address

from probes.errors import Refused


def leads_inside(home: str, address: str) -> bool:
    """Return whether `home` is public, and `address`, to which it led us, is not."""
    return _is_public(home) and not _is_public(address)


def led_inside(host: str, address: str) -> Refused:
    """Return what to say of a page that leads inside, to `host`."""
    return Refused(
        f"A page on the internet leads to {host}, which is inside a private network "
        f"({address}): we do not follow it there."
    )


def _is_public(address: str) -> bool:
    """Tell whether everybody reaches the same by it (IANA's special-purpose lists).

    One within IPv4 may come as `::ffff:10.0.0.1` or with a zone, as `fe80::1%eth0`.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global
