"""What a domain wants done with mail that only claims to be its own (DMARC)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from probes.dns import Nameserver


class Policy(StrEnum):
    """What is to become of mail that fails (RFC 9989, the `p` tag)."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dmarc:
    """The policy that holds for a domain, and whose record says so."""

    policy: Policy
    at: str
    """The domain with the record: the one asked about, or one above it."""


async def look(domain: str, *, nameservers: Sequence[Nameserver] = ()) -> Dmarc | None:
    """Return what holds for mail from `domain`; None where nobody has said anything.

    Raises `Unreachable`.
    """
    raise NotImplementedError
