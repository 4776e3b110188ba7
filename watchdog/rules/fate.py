"""Whether two hosts would probably fail together."""

from collections.abc import Collection

SERVICES = frozenset({"www", "mail", "imap", "smtp", "mx", "pop", "webmail"})
"""First labels that tell a host's service, and not whose it is."""


def share_fate(host: str, watched: Collection[str]) -> bool:
    """Return whether `host` is one of `watched`, or of the same domain as one.

    Told by the names alone: two domains at one provider are not seen through.
    """
    return any(_is_within(_domain(host), _domain(other)) for other in watched)


def _domain(host: str) -> str:
    first, _, rest = host.casefold().rstrip(".").partition(".")
    return rest if first in SERVICES and "." in rest else f"{first}.{rest}".rstrip(".")


def _is_within(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
