"""The addresses in synthetic messages: bounces and autoreplies go there."""

from collections.abc import Sequence

from probes import dns
from probes.errors import ProbeError, Unreachable
from probes.sender import dmarc
from probes.sender.dmarc import Policy
from watchdog.doctor.setup import Setup
from watchdog.model import Health
from watchdog.rules.finding import Finding, doubtful, well


async def examine_addresses(setup: Setup) -> Sequence[Finding]:
    """Return whether mail to those whom we write as can be delivered at all."""
    common = setup.config.watchdog
    known = dict.fromkeys([common.contact, common.visitor, common.other_visitor])
    addresses = [address for address in known if address]
    findings = [await _examine_address(setup, address) for address in addresses]
    return [*findings, *await _examine_other(setup)]


async def _examine_other(setup: Setup) -> Sequence[Finding]:
    """Return a doubt if a trial by another visitor would prove nothing."""
    other = setup.config.watchdog.other_visitor
    if other is None:
        return []
    try:
        domain = other.rpartition("@")[2]
        told = await dmarc.look(domain, nameservers=setup.nameservers)
    except ProbeError as error:
        return [_unanswered(other, error)]
    if told is None or told.policy is Policy.NONE:
        return []
    return [
        doubtful(
            other,
            f"{told.at} forbids others to write in its name (DMARC:"
            f" p={told.policy}): a trial by this visitor would prove nothing.",
            "Write an address at a domain with the policy `none` into `other_visitor`.",
        )
    ]


async def _examine_address(setup: Setup, address: str) -> Finding:
    domain = address.rpartition("@")[2]
    try:
        hosts = await dns.mail_hosts(domain, nameservers=setup.nameservers)
    except ProbeError as error:
        return _of_failure(address, error)
    return well(address, f"Mail for it is taken by {hosts[0]}.")


def _of_failure(address: str, error: ProbeError) -> Finding:
    """Doubts at most: messages arrive without it, only nobody hears of a bounce."""
    if isinstance(error, Unreachable) and not error.answered:
        return _unanswered(address, error)
    return doubtful(
        address,
        f"{error.message} Bounces and automatic replies to it would be lost.",
        "Write an address that exists into `contact` (and `visitor`) of [watchdog].",
    )


def _unanswered(address: str, error: ProbeError) -> Finding:
    return Finding(
        subject=address,
        health=Health.UNKNOWN,
        sentence=error.message,
        mend="Look after this machine's DNS, or name a server by --nameserver.",
    )
