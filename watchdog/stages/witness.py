"""Whose fault it is that a site does not answer: its own, or our network's."""

import asyncio
from collections.abc import Collection, Iterator
from ipaddress import ip_address
from itertools import chain

from probes import tcp
from probes.settings import ImapSettings
from watchdog.config import Check, Config

MOST = 5
"""Other hosts asked before we call ourselves blind."""

IMAPS = 993
IMAP = 143

Address = tuple[str, int]


async def can_reach_others(config: Config, check: Check) -> bool:
    """Return whether any host but that of the check's site speaks to us."""
    return await anybody_answers(config, but=check.address[0])


async def anybody_answers(config: Config, *, but: str) -> bool:
    """Return whether any host of the configuration but one speaks to us."""
    asked = [tcp.answers(host, port) for host, port in _others(config, but)]
    return any(await asyncio.gather(*asked))


def _others(config: Config, but: str) -> Collection[Address]:
    """Return a few hosts, each once; of thousands of checks only the first count."""
    found: set[Address] = set()
    for address in chain(_of_mailboxes(config), _of_sites(config)):
        if address[0] != but and _is_near(address[0]) <= _is_near(but):
            found.add(address)
        if len(found) == MOST:
            break
    return found


def _of_sites(config: Config) -> Iterator[Address]:
    return (check.address for check in config.check)


def _of_mailboxes(config: Config) -> list[Address]:
    return [
        (box.host, box.port or (IMAPS if box.security == "tls" else IMAP))
        for box in config.mailbox.values()
        if isinstance(box, ImapSettings)
    ]


def _is_near(host: str) -> bool:
    """Whether `host` is this machine: that it answers says nothing of a network."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
