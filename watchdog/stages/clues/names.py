"""What the DNS tells of the visitor's, the mailbox's and the sender's domain."""

import asyncio
from collections.abc import Sequence

from probes import dns
from probes.mail import hosting
from probes.mail.hosting import Hosting
from probes.sender import blocklists, dkim, dmarc, spf
from probes.sender.dkim import Key
from probes.sender.dmarc import Policy
from probes.sender.spf import Spf
from watchdog.ledger import Ledger
from watchdog.rules.diagnosis.clues import NameClues
from watchdog.stages.clues.scene import Scene, found
from watchdog.stages.directory import domain_of
from watchdog.stages.measuring import mail_hosts_key

NOWHERE = Hosting(hosts=(), provider="", addresses=frozenset())


async def names(scene: Scene, ledger: Ledger) -> NameClues:
    """Return what the DNS tells; whoever it does not answer about stays unknown."""
    address, domain = scene.arrived("sender_ip"), scene.arrived("sender_domain")
    async with asyncio.TaskGroup() as group:
        start = group.create_task
        hosts = start(found("mail hosts", _hosting(scene), NOWHERE))
        policy = start(found("visitor's policy", _visitor_policy(scene), ""))
        listed = start(found("block lists", _listed(scene, address), ()))
        is_allowed = start(
            found("sender's policy", _is_allowed(scene, address, domain), None)
        )
        gone = start(_gone(scene, ledger))
    return NameClues(
        visitor_policy=policy.result(),
        mail_hosts=hosts.result().hosts,
        mail_provider=hosts.result().provider,
        gone=gone.result(),
        listed_in=listed.result(),
        sender_address=address,
        is_sender_in_spf=is_allowed.result(),
    )


async def hosting_of(scene: Scene, domain: str) -> Hosting | None:
    """Return who takes mail for `domain`; None where the DNS knows no such name."""
    if not scene.outside.knows(domain):
        return None
    return await hosting.look(domain, nameservers=scene.outside.nameservers)


async def _hosting(scene: Scene) -> Hosting:
    return await hosting_of(scene, domain_of(scene.recipient)) or NOWHERE


async def _visitor_policy(scene: Scene) -> str:
    """Return the DMARC policy of our visitor's domain; without a record, `none`."""
    domain = domain_of(scene.config.watchdog.visitor)
    if not scene.outside.knows(domain):
        return ""
    told = await dmarc.look(domain, nameservers=scene.outside.nameservers)
    return (told.policy if told else Policy.NONE).value


async def _listed(scene: Scene, address: str) -> Sequence[str]:
    if not address:
        return ()
    outside = scene.outside
    told = await blocklists.look(
        address, zones=outside.lists, nameservers=outside.nameservers
    )
    return told.listed


async def _is_allowed(scene: Scene, address: str, domain: str) -> bool | None:
    if not (address and scene.outside.knows(domain)):
        return None
    nameservers = scene.outside.nameservers
    result = await spf.check(address, domain, nameservers=nameservers)
    return None if result is Spf.NEUTRAL else result is Spf.PASS


async def _gone(scene: Scene, ledger: Ledger) -> Sequence[str]:
    """Return which records messages used to come by, and are in the DNS no more."""
    looked_up = await asyncio.gather(
        found("site's address", _address_gone(scene), ""),
        found("mail hosts", _mail_hosts_gone(scene, ledger), ""),
        found("SPF", _spf_gone(scene), ""),
        found("DKIM", _dkim_gone(scene), ""),
    )
    return [record for record in looked_up if record]


async def _address_gone(scene: Scene) -> str:
    """Return the site's record if no name is left where its form has answered."""
    host, _ = scene.check.address
    before = str((scene.before or {}).get("answer_url") or "")
    was_there = f"://{host}" in before
    if not was_there or not scene.outside.knows(host):
        return ""
    nameservers = scene.outside.nameservers
    return "" if await dns.exists(host, nameservers=nameservers) else f"A {host}"


async def _mail_hosts_gone(scene: Scene, ledger: Ledger) -> str:
    domain = domain_of(scene.recipient)
    known = (await ledger.measures()).get(mail_hosts_key(domain))
    if known is None or not known.evidence:
        return ""
    now = await hosting_of(scene, domain)
    return f"MX {domain}" if now and not now.hosts else ""


async def _spf_gone(scene: Scene) -> str:
    before = scene.before or {}
    domain = str(before.get("sender_domain") or "")
    if before.get("spf") != "pass" or not scene.outside.knows(domain):
        return ""
    nameservers = scene.outside.nameservers
    is_there = await spf.has_record(domain, nameservers=nameservers)
    return "" if is_there else f"SPF {domain}"


async def _dkim_gone(scene: Scene) -> str:
    before = scene.before or {}
    name = str(before.get("dkim_key") or "")
    if before.get("dkim") != "pass" or not scene.outside.knows(name):
        return ""
    key = await dkim.look(name, nameservers=scene.outside.nameservers)
    return "" if key is Key.PRESENT else f"DKIM {name}"
