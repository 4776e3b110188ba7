"""The addresses in synthetic messages: bounces and autoreplies go there."""

from collections.abc import Sequence

from probes import dns
from probes.errors import ProbeError, Unreachable
from watchdog.doctor.setup import Setup
from watchdog.model import Health
from watchdog.rules.finding import Finding, doubtful, well


async def examine_addresses(setup: Setup) -> Sequence[Finding]:
    """Return whether mail to `contact` and `visitor` can be delivered at all."""
    common = setup.config.watchdog
    addresses = dict.fromkeys([common.contact, common.visitor])
    return [await _examine_address(setup, address) for address in addresses]


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
        return Finding(
            subject=address,
            health=Health.UNKNOWN,
            sentence=error.message,
            mend="Look after this machine's DNS, or name a server by --nameserver.",
        )
    return doubtful(
        address,
        f"{error.message} Bounces and automatic replies to it would be lost.",
        "Write an address that exists into `contact` (and `visitor`) of [watchdog].",
    )
