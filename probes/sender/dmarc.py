"""What a domain wants done with mail that only claims to be its own (DMARC)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from probes import dns
from probes.dns import Nameserver
from probes.sender.tags import tags

MOST_LABELS = 8
"""Of a name that is asked about; of a longer one, only its last seven and itself."""


class Policy(StrEnum):
    """What is to become of mail that fails (RFC 9989, the `p` tag)."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


MILDER = {Policy.REJECT: Policy.QUARANTINE, Policy.QUARANTINE: Policy.NONE}
"""What holds while a domain only tries its policy out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dmarc:
    """The policy that holds for a domain, and whose record says so."""

    policy: Policy
    at: str
    """The domain with the record: the one asked about, or one above it."""


async def look(domain: str, *, nameservers: Sequence[Nameserver] = ()) -> Dmarc | None:
    """Return what holds for mail from `domain`; None where nobody has said anything.

    The domain's own record counts, else that of its organisation, which is found
    by asking each domain above it (RFC 9989: the tree walk).  Raises `Unreachable`.
    """
    domain = domain.lower().rstrip(".")
    found: dict[str, Mapping[str, str]] = {}
    for name in _names(domain):
        told = await _record(name, nameservers)
        if told is None:
            continue
        found[name] = told
        if name == domain or told.get("psd", "u").lower() in {"n", "y"}:
            break
    if not found:
        return None
    at = _organisation(found)
    return Dmarc(policy=await _policy(found[at], domain, at, nameservers), at=at)


def _names(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    yield domain
    for first in range(max(1, len(labels) - MOST_LABELS + 1), len(labels)):
        yield ".".join(labels[first:])


async def _record(
    name: str, nameservers: Sequence[Nameserver]
) -> Mapping[str, str] | None:
    """Return the one record of `name`; several are as none."""
    texts = await dns.records(f"_dmarc.{name}", "TXT", nameservers=nameservers)
    records = [found for found in map(tags, texts) if found.get("v") == "DMARC1"]
    return records[0] if len(records) == 1 else None


def _organisation(found: Mapping[str, Mapping[str, str]]) -> str:
    """Return whose record counts: the highest one's below a registry's (`psd`)."""
    *lower, highest = found
    is_registry = found[highest].get("psd", "").lower() == "y"
    return lower[-1] if lower and is_registry else highest


async def _policy(
    record: Mapping[str, str], domain: str, at: str, nameservers: Sequence[Nameserver]
) -> Policy:
    wanted = record.get("p", "")
    if domain != at:
        wanted = record.get("sp", wanted)
        if "np" in record and not await dns.exists(domain, nameservers=nameservers):
            wanted = record["np"]
    try:
        policy = Policy(wanted.lower())
    except ValueError:
        return Policy.NONE
    is_trial = record.get("t", "").lower() == "y" or record.get("pct") == "0"
    return MILDER.get(policy, policy) if is_trial else policy
