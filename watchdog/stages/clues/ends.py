"""Whether a certificate or a registration of a domain has run out."""

from datetime import datetime

from probes import rdap, tls
from probes.tls import Fault, Untrusted
from watchdog.ledger import Ledger
from watchdog.model import Outcome
from watchdog.stages.clues.scene import Scene
from watchdog.stages.directory import domain_of
from watchdog.stages.measuring import domain_key

UNANSWERED = frozenset({Outcome.UNREACHABLE, Outcome.REFUSED})


async def ended_certificate(scene: Scene) -> str:
    """Return the site's host if its certificate has run out; raises `ProbeError`."""
    form = scene.check.form
    if form is None or scene.verdict.outcome not in UNANSWERED:
        return ""
    if not form.url.startswith("https:"):
        return ""
    host, port = scene.check.address
    try:
        await tls.certificate(host, port, form.ca)
    except Untrusted as error:
        return host if error.fault is Fault.EXPIRED else ""
    return ""


async def ended_domain(scene: Scene, ledger: Ledger, now: datetime) -> str:
    """Return the domain of site or mailbox that has run out; raises `ProbeError`.

    Its registry is asked again only where, as it once told us, it should have: most
    domains are renewed.
    """
    known = await ledger.measures()
    for host in (scene.check.address[0], domain_of(scene.recipient)):
        measure = known.get(domain_key(host))
        told = str(measure.evidence.get("expires_at", "")) if measure else ""
        if not told or datetime.fromisoformat(told) > now:
            continue
        directory = scene.outside.directory
        registries = await rdap.registries(directory.url, directory.ca)
        domain = await rdap.registration(host, registries)
        if domain and domain.expires_at and domain.expires_at <= now:
            return domain.domain
    return ""
