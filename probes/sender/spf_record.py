"""What an SPF record says, term by term (RFC 7208, sections 4.6, 5 and 6)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

VERSION = "v=spf1"

TERM = re.compile(r"([+\-~?]?)([a-z][a-z0-9_.-]*)(?:([:/=])(.*))?", re.IGNORECASE)
PREFIXES = re.compile(r"(.*?)(?:/(0|[1-9]\d?))?(?://(0|[1-9]\d{0,2}))?")

DOMAIN = re.compile(
    r"[!-~]*(?:\.(?=[a-z0-9-]*[a-z-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?|%\{[!-|]+\})",
    re.IGNORECASE,
)
"""It ends as names do, or in a macro (section 7.1)."""

WIDEST = {4: 32, 6: 128}


class Mistake(Exception):
    """The record is not as RFC 7208 wants it: nothing may be read out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """One mechanism, and what it means for whom it fits."""

    qualifier: str
    """`+`, `-`, `~` or `?`."""
    mechanism: str
    domain: str = ""
    """With macros in it; empty for the domain that the record is of."""
    prefixes: Mapping[int, int]
    """By the version of IP: how many bits of an address count."""
    network: IPv4Network | IPv6Network | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record: its directives in order, and where to go on if none fits."""

    directives: Sequence[Directive]
    redirect: str


def records_in(texts: Sequence[str]) -> Sequence[str]:
    """Return those of a domain's texts that are SPF records (section 4.5)."""
    return [text for text in texts if f"{text.lower()} ".startswith(f"{VERSION} ")]


def read(text: str) -> Record:
    """Return what `text` says, or raise `Mistake`."""
    if not (text.isascii() and text.isprintable()):
        raise Mistake("characters that have no place in a record")
    directives: list[Directive] = []
    modifiers: dict[str, str] = {}
    for term in text[len(VERSION) :].split():
        found = TERM.fullmatch(term)
        if found is None:
            raise Mistake(term)
        qualifier, name, mark, value = found.groups()
        name = name.lower()
        if mark == "=":
            if qualifier or (name in {"redirect", "exp"} and name in modifiers):
                raise Mistake(term)
            modifiers[name] = value
        elif name in _READ:
            directives.append(
                _READ[name](qualifier or "+", name, mark or "", value or "")
            )
        else:
            raise Mistake(term)
    redirect = modifiers.get("redirect")
    return Record(
        directives=directives, redirect="" if redirect is None else _domain(redirect)
    )


def _domain(text: str) -> str:
    if not DOMAIN.fullmatch(text):
        raise Mistake(text)
    return text


def _bare(qualifier: str, name: str, mark: str, _: str) -> Directive:
    if mark:
        raise Mistake(name)
    return Directive(qualifier=qualifier, mechanism=name, prefixes=WIDEST)


def _named(qualifier: str, name: str, mark: str, domain: str) -> Directive:
    """Read a mechanism that takes a domain; all but `ptr` want one."""
    if mark == "/" or (not domain and (mark or name != "ptr")):
        raise Mistake(name)
    return Directive(
        qualifier=qualifier,
        mechanism=name,
        domain=_domain(domain) if domain else "",
        prefixes=WIDEST,
    )


def _of_host(qualifier: str, name: str, mark: str, value: str) -> Directive:
    """Read `a` or `mx`, which may take a domain and two lengths of prefixes."""
    found = PREFIXES.fullmatch(value if mark == ":" else mark + value)
    if found is None:
        raise Mistake(name)
    domain, four, six = found.groups()
    prefixes = {4: int(four or WIDEST[4]), 6: int(six or WIDEST[6])}
    if bool(domain) != (mark == ":") or any(
        prefixes[version] > widest for version, widest in WIDEST.items()
    ):
        raise Mistake(name)
    return Directive(
        qualifier=qualifier,
        mechanism=name,
        domain=_domain(domain) if domain else "",
        prefixes=prefixes,
    )


def _of_network(qualifier: str, name: str, mark: str, value: str) -> Directive:
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        raise Mistake(value) from None
    if mark != ":" or name != f"ip{network.version}" or re.search(r"/0\d", value):
        raise Mistake(value)
    return Directive(
        qualifier=qualifier, mechanism=name, prefixes=WIDEST, network=network
    )


_READ: Mapping[str, Callable[[str, str, str, str], Directive]] = {
    "all": _bare,
    "include": _named,
    "exists": _named,
    "ptr": _named,
    "a": _of_host,
    "mx": _of_host,
    "ip4": _of_network,
    "ip6": _of_network,
}
