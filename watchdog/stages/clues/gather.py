"""Gather all that can be found out around a bad submission, within a bound.

What cannot be found out stays unknown, and proves nothing: it is never taken for fine.
"""

import asyncio
from contextlib import aclosing
from datetime import datetime

from probes.mail.open import open_mailbox
from watchdog.ledger import Ledger
from watchdog.rules.diagnosis.clues import (
    Clues,
    NameClues,
    PageClues,
    RecipientClues,
    SiteClues,
)
from watchdog.stages.clues.ends import ended_certificate, ended_domain
from watchdog.stages.clues.names import names
from watchdog.stages.clues.page import page
from watchdog.stages.clues.recipient import asked
from watchdog.stages.clues.scene import Scene, found
from watchdog.stages.clues.site import site
from watchdog.stages.directory import domain_of


async def gather(scene: Scene, ledger: Ledger, *, now: datetime) -> Clues:
    """Return what can be found out now; `history`, `trials` and the like are not ours.

    Asks the DNS, block lists, the site, its store, and the mail hosts' doors; sends no
    message.  All are asked at once, and each within a bound.
    """
    async with asyncio.TaskGroup() as group:
        start = group.create_task
        dns = start(found("names", names(scene, ledger), NameClues()))
        form = start(found("page", page(scene), PageClues()))
        hosts = start(found("recipient", asked(scene), RecipientClues()))
        store = start(found("store", site(scene, ledger), SiteClues()))
        room = start(found("quota", _room_used(scene), None))
        certificate = start(found("certificate", ended_certificate(scene), ""))
        domain = start(found("registration", ended_domain(scene, ledger, now), ""))
    return Clues(
        outcome=scene.verdict.outcome,
        evidence=scene.verdict.evidence,
        latency=scene.verdict.latency,
        before=scene.before,
        visitor_domain=domain_of(scene.config.watchdog.visitor),
        recipient=scene.recipient,
        names=dns.result(),
        page=form.result(),
        asked=hosts.result(),
        site=store.result(),
        room_used=room.result(),
        ended_certificate=certificate.result(),
        ended_domain=domain.result(),
    )


async def _room_used(scene: Scene) -> float | None:
    """Return how full the mailbox is, of 1, or raise `ProbeError`."""
    async with aclosing(open_mailbox(scene.mailbox)) as mailbox:
        quota = await mailbox.quota()
    return quota.used / quota.limit if quota else None
