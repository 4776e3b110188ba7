"""Measure what early warnings are drawn from, each thing at most once a day."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from probes import rdap, tls
from probes.dns import mail_hosts
from probes.errors import ProbeError
from probes.mail.open import open_mailbox
from probes.settings import (
    EmailSettings,
    ImapSettings,
    SmtpPathSettings,
    SmtpServer,
)
from probes.tls import Opening
from watchdog.config import Check, Config, Mailbox
from watchdog.ledger import Ledger
from watchdog.model import CheckName, Evidence, MailboxName
from watchdog.stages.directory import Directory, RegistryList, domain_of, is_public
from watchdog.stages.submit import Clock

log = structlog.get_logger()

EVERY = timedelta(hours=24)
"""Nothing is asked for more often, however often we are started."""

MOST = 100
"""Measured in one pass; the next one goes on with the rest."""

AT_ONCE = 10
SECONDS = 30.0
"""Within which one thing is measured, or not today."""

HTTPS = 443
PORTS: Mapping[tuple[Opening, str], int] = {
    (Opening.IMAP, "tls"): 993,
    (Opening.IMAP, "starttls"): 143,
    (Opening.SMTP, "tls"): 465,
    (Opening.SMTP, "starttls"): 587,
}

Probe = Callable[[], Awaitable[Evidence]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something to be measured, and the checks that depend on it."""

    key: str
    name: str
    """What people call it."""
    checks: frozenset[CheckName]
    probe: Probe


async def measure(subjects: Sequence[Subject], ledger: Ledger, *, clock: Clock) -> None:
    """Measure what was not measured for a day; what fails is left until tomorrow."""
    known, now = await ledger.measures(), clock()
    due = [
        subject
        for subject in subjects
        if subject.key not in known or known[subject.key].asked_at <= now - EVERY
    ]
    room = asyncio.Semaphore(AT_ONCE)

    async def measure_one(subject: Subject) -> None:
        async with room:
            await _measure(subject, ledger, clock)

    async with asyncio.TaskGroup() as group:
        for subject in due[:MOST]:
            group.create_task(measure_one(subject))


async def _measure(subject: Subject, ledger: Ledger, clock: Clock) -> None:
    if not await ledger.claim_measure(subject.key, now=clock(), every=EVERY):
        return
    try:
        async with asyncio.timeout(SECONDS):
            evidence = await subject.probe()
    except (ProbeError, TimeoutError) as error:
        log.info("measure.failed", subject=subject.key, error=str(error))
    else:
        await ledger.record_measure(subject.key, evidence)


def subjects_of(config: Config, directory: Directory) -> Sequence[Subject]:
    """Return all that is to be measured for the checks of `config`, each once."""
    registries = RegistryList(directory)
    found: dict[str, Subject] = {}
    checks: dict[str, set[CheckName]] = defaultdict(set)
    for check in config.check:
        for subject in _subjects(config, check, registries):
            found.setdefault(subject.key, subject)
            checks[subject.key] |= subject.checks
    return [
        replace(subject, checks=frozenset(checks[key]))
        for key, subject in found.items()
    ]


def _subjects(
    config: Config, check: Check, registries: RegistryList
) -> Iterator[Subject]:
    mailbox = config.mailbox[check.mailbox]
    yield from _of_way(check)
    yield from _domain(check, check.address[0], registries)
    if isinstance(mailbox, ImapSettings):
        yield from _of_server(check, mailbox, Opening.IMAP)
        domain = domain_of(mailbox.user)
        yield from _domain(check, domain, registries)
        yield from _mail_hosts(check, domain, registries.directory)
        yield _quota(check, check.mailbox, mailbox)
    for step in config.steps(check):
        channel = config.channel[step.channel]
        if isinstance(channel, EmailSettings):
            for server in channel.server:
                yield from _of_server(check, server, Opening.SMTP)


def _of_way(check: Check) -> Iterator[Subject]:
    match check.sends_by:
        case SmtpPathSettings() as server:
            yield from _of_server(check, server, Opening.SMTP)
        case form if form.url.startswith("https:"):
            yield _certificate(check, form.address, form.ca)


def _of_server(
    check: Check, server: ImapSettings | SmtpServer, opening: Opening
) -> Iterator[Subject]:
    """Yield the certificate of a mail host, where it has to show one."""
    security = server.security
    if security != "none":
        port = server.port or PORTS[opening, security]
        later = None if security == "tls" else opening
        yield _certificate(check, (server.host, port), server.ca, later)


def _certificate(
    check: Check,
    server: tuple[str, int],
    ca: Path | None,
    opening: Opening | None = None,
) -> Subject:
    host, port = server
    name = host if port == HTTPS else f"{host}:{port}"
    probe = partial(_measure_certificate, host, port, ca, opening)
    return _subject("certificate", name, check, probe)


def _domain(check: Check, host: str, registries: RegistryList) -> Iterator[Subject]:
    if is_public(host):
        probe = partial(_measure_domain, host, registries)
        yield _subject("domain", host, check, probe)


def _mail_hosts(check: Check, domain: str, directory: Directory) -> Iterator[Subject]:
    if is_public(domain):
        probe = partial(_measure_mail_hosts, domain, directory)
        yield _subject("mail hosts", domain, check, probe)


def domain_key(host: str) -> str:
    """Return by which key the registration of the domain of `host` is known."""
    return f"domain:{host}"


def mail_hosts_key(domain: str) -> str:
    """Return by which key the mail hosts of `domain` are known, if they ever were."""
    return f"mail hosts:{domain}"


def _quota(check: Check, name: MailboxName, mailbox: Mailbox) -> Subject:
    return _subject("quota", name, check, partial(_measure_quota, mailbox))


def _subject(kind: str, name: str, check: Check, probe: Probe) -> Subject:
    checks = frozenset({check.name})
    return Subject(key=f"{kind}:{name}", name=name, checks=checks, probe=probe)


async def _measure_certificate(
    host: str, port: int, ca: Path | None, opening: Opening | None
) -> Evidence:
    shown = await tls.certificate(host, port, ca, opening=opening)
    return {
        "not_before": shown.not_before.isoformat(),
        "not_after": shown.not_after.isoformat(),
    }


async def _measure_domain(host: str, registries: RegistryList) -> Evidence:
    told = await rdap.registration(host, await registries.known())
    if told is None or told.expires_at is None:
        return {}
    return {"domain": told.domain, "expires_at": told.expires_at.isoformat()}


async def _measure_mail_hosts(domain: str, directory: Directory) -> Evidence:
    """Raise `ProbeError` where there are none: so those of before stay known."""
    hosts = await mail_hosts(domain, nameservers=directory.nameservers)
    return {"mail_hosts": list(hosts)}


async def _measure_quota(mailbox: Mailbox) -> Evidence:
    async with aclosing(open_mailbox(mailbox)) as opened:
        quota = await opened.quota()
    return {} if quota is None else {"used": quota.used, "limit": quota.limit}
