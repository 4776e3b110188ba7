"""Alarms: whether they come by another way than the one that is watched."""

from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from probes.dns import needs_no_dns
from probes.settings import (
    AppriseSettings,
    ChannelSettings,
    EmailSettings,
    ImapSettings,
    SmsSettings,
)
from watchdog.config import Check, Config
from watchdog.rules.fate import share_fate
from watchdog.rules.finding import Finding, doubtful


def examine_independence(config: Config, check: Check) -> Iterator[Finding]:
    """Yield a doubt where all alarms about `check` need what it watches."""
    watched = _watched(config, check)
    channels = [config.channel[step.channel] for step in config.steps(check)]
    if channels and all(_depends(channel, watched) for channel in channels):
        yield doubtful(
            check.name,
            "Every alarm about it needs what it watches "
            f"({', '.join(sorted(watched))}), and may be lost together with it.",
            "Add a channel to its ladder that leads elsewhere: a text message, or an "
            "address at another mail host, sent by another server.",
        )


def _watched(config: Config, check: Check) -> Collection[str]:
    """Return the hosts and domains that a check's messages pass through."""
    hosts = {urlsplit(check.form.url).hostname or ""}
    mailbox = config.mailbox[check.mailbox]
    if isinstance(mailbox, ImapSettings):
        hosts |= {mailbox.host, mailbox.user.rpartition("@")[2]}
    return {host for host in hosts if "." in host and not needs_no_dns(host)}


def _depends(channel: ChannelSettings, watched: Collection[str]) -> bool:
    match channel:
        case EmailSettings():
            domains = [address.rpartition("@")[2] for address in channel.to]
            servers = [server.host for server in channel.server]
            return _all_shared(domains, watched) or _all_shared(servers, watched)
        case SmsSettings():
            return _all_shared([urlsplit(channel.api).hostname or ""], watched)
        case AppriseSettings():
            return False


def _all_shared(hosts: Collection[str], watched: Collection[str]) -> bool:
    return all(share_fate(host, watched) for host in hosts)
