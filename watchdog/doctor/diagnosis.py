"""The whole examination: all at once within bounds, and told in a fixed order."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from watchdog.config import Check, ConfigError
from watchdog.doctor.addresses import examine_addresses
from watchdog.doctor.alarms import examine_alarms
from watchdog.doctor.configuration import examine_configuration, of_problems
from watchdog.doctor.installation import examine_extras, examine_installation
from watchdog.doctor.ledger import examine_ledger
from watchdog.doctor.mailbox import examine_mailbox
from watchdog.doctor.secrets import examine_secrets
from watchdog.doctor.setup import Setup
from watchdog.doctor.site import examine_site, site_of
from watchdog.doctor.stores import examine_store
from watchdog.rules.finding import Finding

AT_ONCE = 10
"""Sites and mailboxes that are examined at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One part of the set-up, with all that was found in it."""

    section: str
    findings: Sequence[Finding]


Tell = Callable[[Examined], None]

Examination = tuple[str, Awaitable[Sequence[Finding]]]


async def diagnose(setup: Setup, tell: Tell) -> None:
    """Examine everything, and tell each part when those before it are told.

    Nothing is sent, made or changed.
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def examine(section: str, findings: Awaitable[Sequence[Finding]]) -> Examined:
        async with room:
            return Examined(section=section, findings=await findings)

    tell(_installation([*examine_installation(), *examine_extras(setup.config)]))
    tell(_configuration(list(examine_configuration(setup))))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(examine(*one)) for one in _examinations(setup)]
        for task in tasks:
            examined = await task
            if examined.findings:
                tell(examined)


def diagnose_without(error: ConfigError, tell: Tell) -> None:
    """Examine what can be examined where the configuration cannot be used."""
    tell(_installation(list(examine_installation())))
    tell(_configuration(list(of_problems(error))))


def _installation(findings: Sequence[Finding]) -> Examined:
    return Examined(section="This installation", findings=findings)


def _configuration(findings: Sequence[Finding]) -> Examined:
    return Examined(section="Configuration", findings=findings)


def _examinations(setup: Setup) -> Iterator[Examination]:
    yield "Secrets", examine_secrets(setup.config)
    yield "Ledger", examine_ledger(setup.config)
    yield "Alarms", examine_alarms(setup)
    for site, checks in _by_site(setup.checks).items():
        yield site, examine_site(setup, checks)
    for name, mailbox in setup.mailboxes.items():
        yield f"Mailbox {name}", examine_mailbox(setup, name, mailbox)
    for check in setup.checks:
        if check.store is not None:
            yield f"Store {check.name}", examine_store(setup, check)
    yield "Addresses", examine_addresses(setup)


def _by_site(checks: Sequence[Check]) -> Mapping[str, Sequence[Check]]:
    sites: dict[str, list[Check]] = {}
    for check in checks:
        sites.setdefault(site_of(check), []).append(check)
    return sites
