"""Whether a domain lets an IP address send mail in its name (SPF, RFC 7208)."""

from collections.abc import Sequence
from enum import StrEnum

from probes.dns import Nameserver


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


async def check(ip: str, domain: str, *, nameservers: Sequence[Nameserver] = ()) -> Spf:
    """Return what `domain` says of mail that `ip` sends in its name.

    Raises `Unreachable` where the DNS gave no answer: RFC 7208's `temperror`.
    """
    raise NotImplementedError
