"""What mail hosts say when they are asked to take mail for the mailbox's address."""

import asyncio
from collections.abc import Sequence

from probes import dns
from probes.dns import needs_no_dns
from probes.mail import recipient
from probes.mail.recipient import Taking
from watchdog.model import Outcome
from watchdog.rules.diagnosis.clues import RecipientClues
from watchdog.stages.clues.names import NOWHERE, hosting_of
from watchdog.stages.clues.scene import Scene, found
from watchdog.stages.directory import domain_of

LOST = frozenset({Outcome.MISSING, Outcome.BOUNCED})
NOBODY = Taking(taken=None, words="")


async def asked(scene: Scene) -> RecipientClues:
    """Return whether the mailbox's host takes its mail, and whether the site's does.

    Only where mail was lost on its way; nothing is sent.  Raises `ProbeError`.
    """
    if scene.verdict.outcome not in LOST or not scene.recipient:
        return RecipientClues()
    hosts = await hosting_of(scene, domain_of(scene.recipient)) or NOWHERE
    own, site = await asyncio.gather(
        found("mailbox's host", _ask(scene, hosts.hosts[:1]), NOBODY),
        found("web host", _ask(scene, await _site(scene, hosts.addresses)), NOBODY),
    )
    return RecipientClues(taken=own.taken, words=own.words, is_taken_by_site=site.taken)


async def _site(scene: Scene, known: frozenset[str]) -> Sequence[str]:
    """Return the web host, unless it is one of the mailbox's hosts, or may be."""
    host, _ = scene.check.address
    if scene.check.form is None or not known:
        return ()
    if needs_no_dns(host):
        return [host] if host not in known else ()
    search = dns.addresses(host, nameservers=scene.outside.nameservers)
    addresses = await found("site's address", search, ())
    return () if known.intersection(addresses) else addresses[:1]


async def _ask(scene: Scene, hosts: Sequence[str]) -> Taking:
    for host in hosts:
        return await recipient.ask(
            host,
            scene.recipient,
            sender=scene.config.watchdog.contact,
            port=scene.outside.mail_port,
        )
    return NOBODY
