"""Which IP addresses say nothing of who sends: those inside somebody's network."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

INSIDE = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8"),
            *("169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
            *("::/128", "::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)
"""RFC 1918, RFC 6598, RFC 4193 and a machine's own."""


def read_ip(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that `text` is, or None; one within IPv6 comes out of it."""
    try:
        found = ip_address(text.strip().removeprefix("IPv6:"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def is_inside(ip: IPv4Address | IPv6Address) -> bool:
    """Return whether the same address may be another machine elsewhere."""
    return any(ip in network for network in INSIDE)
