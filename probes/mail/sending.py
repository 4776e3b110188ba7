"""Who sent a mail, by what its header tells: the web host itself, or a relay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probes.mail.header import Headers
from probes.mail.message import Message
from probes.mail.trace import MOST_CHARS, Hop, read_trace
from probes.sender.addresses import is_inside, read_ip
from probes.sender.tags import tags

CLIENT = re.compile(r"\bclient-ip=\s*([0-9a-fA-F:.]{3,45})")
"""In Received-SPF (RFC 7208, section 9.1)."""
SENDER = re.compile(r"\bsender IP is ([0-9a-fA-F:.]{3,45})")
"""In Microsoft's Authentication-Results."""
CONNECTING = re.compile(r"(?:^|;)\s*CIP:([0-9a-fA-F:.]{3,45})")
"""In Microsoft's X-Forefront-Antispam-Report."""

SCRIPTS = ("x-php-originating-script", "x-php-script", "x-php-filename")
"""Written by PHP's own mail() (php.net, `mail.add_x_header`) and by cPanel."""
MAILERS = ("x-mailer", "user-agent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """By whom a mail was sent; empty where the header does not tell."""

    by: str
    """The first host that had it: where the site is, or what the site logs in to."""
    ip: str
    """The address from which the mailbox's host took it, by that host's word."""
    domain: str
    """Of the envelope's sender, whom SPF is about."""
    mailer: str
    """The program that wrote it."""
    is_by_script: bool
    """Whether PHP's own mail() sent it, and no account that it logged in to."""
    dkim_key: str
    """The name in the DNS of the key that checks its signature."""


def read_sending(message: Message) -> Sending:
    """Return who sent `message`; all but the topmost lines may be forged."""
    headers = message.headers
    hops = read_trace(message).hops
    return Sending(
        by=next(filter(None, (hop.from_ or hop.by for hop in hops)), "")[:MOST_CHARS],
        ip=next(filter(None, map(_outside, _addresses(headers, hops))), ""),
        domain=_domain(headers),
        mailer=_first(headers, MAILERS),
        is_by_script=any(name in headers for name in SCRIPTS),
        dkim_key=_key(headers),
    )


def _addresses(headers: Headers, hops: Sequence[Hop]) -> Iterator[str]:
    """Yield addresses that the receiving host took it from, the surest first."""
    for name, pattern in (
        ("received-spf", CLIENT),
        ("x-forefront-antispam-report", CONNECTING),
        ("authentication-results", SENDER),
    ):
        yield from pattern.findall(headers.get(name, [""])[0])
    for hop in reversed(hops):
        # Big hosts hand a mail on among themselves, at addresses of the internet.
        if _organisation(hop.from_) != _organisation(hop.by):
            yield hop.ip


def _organisation(host: str) -> str:
    return ".".join(host.lower().rstrip(".").split(".")[-2:])


def _outside(address: str) -> str:
    ip = read_ip(address)
    return str(ip) if ip and not is_inside(ip) else ""


def _domain(headers: Headers) -> str:
    returned = headers.get("return-path", [""])[0].strip(" <>")
    return returned.rpartition("@")[2].lower()[:MOST_CHARS] if "@" in returned else ""


def _first(headers: Headers, names: Sequence[str]) -> str:
    told = (" ".join(headers.get(name, [""])[0].split()) for name in names)
    return next(filter(None, told), "")[:MOST_CHARS]


def _key(headers: Headers) -> str:
    signature = tags(headers.get("dkim-signature", [""])[0])
    selector, domain = signature.get("s", ""), signature.get("d", "")
    name = f"{selector}._domainkey.{domain}".lower() if selector and domain else ""
    return name if len(name) <= MOST_CHARS and not re.search(r"\s", name) else ""
