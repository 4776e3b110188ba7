"""Whether the key is there by which a domain's signatures are checked (DKIM)."""

from collections.abc import Sequence
from enum import StrEnum

from probes import dns
from probes.dns import Nameserver
from probes.sender.tags import tags


class Key(StrEnum):
    """What the DNS says of a selector (RFC 6376, section 3.6.1)."""

    PRESENT = "present"
    REVOKED = "revoked"
    """There, but empty."""
    ABSENT = "absent"


async def look(name: str, *, nameservers: Sequence[Nameserver] = ()) -> Key:
    """Return what became of the key `name`, as `key1._domainkey.shop.example`.

    Raises `Unreachable`.
    """
    texts = await dns.records(name, "TXT", nameservers=nameservers)
    keys = [found["p"] for found in map(tags, texts) if "p" in found]
    if not keys:
        return Key.ABSENT
    return Key.PRESENT if any(keys) else Key.REVOKED
