"""Alarms: whether they come by another way than the one that is watched."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from probes import dns
from probes.channels.sms_account import sms_account
from probes.dns import Nameserver, needs_no_dns
from probes.errors import ProbeError, Unreachable
from probes.machine import is_here
from probes.settings import (
    AppriseSettings,
    ChannelSettings,
    EmailSettings,
    ImapSettings,
    SmsSettings,
)
from probes.trust import is_loopback
from watchdog.config import Check, Config
from watchdog.model import ChannelName
from watchdog.rules.fate import HERE, Station
from watchdog.rules.finding import Finding
from watchdog.rules.independence import Way, of_independence

MOST_HOSTS = 4
"""Asked for, of those that take a domain's mail."""

Asked = Sequence[str] | ProbeError


@dataclass(kw_only=True)
class Comparison:
    """Compares channels with what they tell of; asks the DNS for each name once."""

    config: Config
    nameservers: Sequence[Nameserver] = ()
    answers: dict[tuple[str, str], Asked] = field(default_factory=dict)
    outage: ProbeError | None = None
    """Why the DNS cannot be asked at all: then it is not asked for every name."""

    async def examine(self, check: Check) -> Sequence[Finding]:
        """Return what the check's ladder shares with what the check watches."""
        channels = dict.fromkeys(step.channel for step in self.config.steps(check))
        ways = [await self._way(channel) for channel in channels]
        watched = await self._watched(check) if ways else []
        return list(of_independence(check.name, ways, watched))

    async def _watched(self, check: Check) -> Sequence[Station]:
        site, _ = check.address
        server = f"the site {site}" if check.form else f"the mail server {site}"
        servers = {site: server}
        mailbox = self.config.mailbox[check.mailbox]
        domain = ""
        if isinstance(mailbox, ImapSettings):
            servers[mailbox.host] = f"the mail host {mailbox.host}"
            domain = mailbox.user.rpartition("@")[2] if "@" in mailbox.user else ""
        # What is watched by our loopback's name is a demonstration, or a test.
        stations = [
            await self._server(name, host)
            for host, name in servers.items()
            if not is_loopback(host)
        ]
        return [*stations, *([await self._mail_to(domain)] if domain else ())]

    async def _way(self, channel: ChannelName) -> Way:
        settings = self.config.settings_of(channel)
        parts = [] if settings is None else await self._parts(settings)
        return Way(channel=channel, parts=parts)

    async def _parts(self, settings: ChannelSettings) -> Sequence[Sequence[Station]]:
        match settings:
            case EmailSettings():
                domains = dict.fromkeys(to.rpartition("@")[2] for to in settings.to)
                servers = dict.fromkeys(server.host for server in settings.server)
                return [
                    [await self._mail_to(domain) for domain in domains],
                    [await self._server(f"the server {one}", one) for one in servers],
                ]
            case SmsSettings():
                return [[await self._gateway(settings)]]
            case AppriseSettings():
                return [[await self._service(settings)]]

    async def _gateway(self, settings: SmsSettings) -> Station:
        try:
            account = await sms_account(settings)
        except ProbeError as error:
            return _unknown("the SMS gateway", error)
        return await self._server(f"the SMS gateway {account.host}", account.host)

    async def _service(self, settings: AppriseSettings) -> Station:
        """Return where a notification goes; many services have no host of their own."""
        try:
            host = urlsplit(await settings.url.reveal()).hostname or ""
        except (ProbeError, ValueError):
            return _unknown("its service", Unreachable("Its address cannot be had."))
        if "." not in host:
            return Station(name="its service", hosts=frozenset())
        return await self._server(f"the service {host}", host)

    async def _server(self, name: str, host: str) -> Station:
        return await self._station(name, [host], [host])

    async def _mail_to(self, domain: str) -> Station:
        name = f"mail to {domain}"
        found = await self._ask(dns.mail_hosts, domain)
        if isinstance(found, ProbeError):
            return await self._station(name, [domain], [], fault=found.message)
        return await self._station(name, [domain, *found], found[:MOST_HOSTS])

    async def _station(
        self, name: str, hosts: Sequence[str], places: Sequence[str], fault: str = ""
    ) -> Station:
        addresses: set[str] = set()
        for place in places:
            found = await self._addresses(place)
            if isinstance(found, ProbeError):
                fault = fault or found.message
            else:
                addresses |= {HERE if is_here(one) else one for one in found}
        return Station(
            name=name,
            hosts=frozenset(hosts),
            addresses=frozenset(addresses),
            fault=fault,
        )

    async def _addresses(self, host: str) -> Asked:
        if not needs_no_dns(host):
            return await self._ask(dns.addresses, host)
        return [host] if host[-1:].isdigit() or ":" in host else ["127.0.0.1"]

    async def _ask(
        self, question: Callable[..., Awaitable[Sequence[str]]], name: str
    ) -> Asked:
        """Return what the DNS says, or why it says nothing."""
        key = (question.__name__, name)
        if key not in self.answers and self.outage:
            return self.outage
        if key not in self.answers:
            try:
                self.answers[key] = await question(name, nameservers=self.nameservers)
            except dns.Absent:
                self.answers[key] = []  # nothing to be shared; others tell of that
            except ProbeError as error:
                self.answers[key] = error
                if isinstance(error, Unreachable) and not error.answered:
                    self.outage = error
        return self.answers[key]


def _unknown(name: str, error: ProbeError) -> Station:
    return Station(name=name, hosts=frozenset(), fault=error.message)
