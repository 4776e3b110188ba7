"""When a domain runs out, by the word of its registry (RDAP, RFC 9082 and 9083)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from probes.errors import Refused, Unintelligible
from probes.web import Answer, Question, ask

IANA = "https://data.iana.org/rdap/dns.json"
"""Which registry knows which domains (RFC 9224); it asks to be read sparingly."""

MOST_NAMES = 4
"""Of a host's name and those above it; deeper ones are nobody's registered domain."""

SomeAnswer = TypeVar("SomeAnswer", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A domain as its registry knows it."""

    domain: str
    expires_at: datetime | None
    """None where the registry does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registries:
    """The registries' addresses, by the domain under which each of them registers."""

    addresses: Mapping[str, str]
    ca: Path | None = None


class _Bootstrap(BaseModel):
    """RFC 9224, section 4: lists of domains, each with a list of addresses."""

    services: list[tuple[list[str], list[str]]]


class _Event(BaseModel):
    """RFC 9083, section 4.5."""

    eventAction: str = ""  # noqa: N815  spelt by the standard
    eventDate: str = ""  # noqa: N815


class _Domain(BaseModel):
    """RFC 9083, section 5.3, as far as we need it."""

    events: list[_Event] = []


async def registries(bootstrap: str = IANA, ca: Path | None = None) -> Registries:
    """Return the registries of the world, or raise `ProbeError`.

    `bootstrap` lists them; beside the system's authorities, that in `ca` is trusted.
    """
    answer = await ask(Question(method="GET", url=bootstrap), ca=ca)
    listed = _read(_Bootstrap, answer, "The list of domain registries")
    return Registries(
        addresses={
            name.lower().rstrip("."): address.rstrip("/")
            for names, addresses in listed.services
            for address in addresses
            if address.lower().startswith("https://")
            for name in names
        },
        ca=ca,
    )


async def registration(host: str, known: Registries) -> Registration | None:
    """Return the registration of `host`, or of the nearest domain above it.

    Which part of a name was registered is found by asking, longest name first.
    None where no registry can be asked, as for many countries' domains, or none
    knows the name.  Raises `ProbeError`.
    """
    for name in _names(host):
        address = _address(name, known)
        if address is None:
            continue
        url = f"{address}/domain/{name}"
        answer = await ask(Question(method="GET", url=url), ca=known.ca)
        if answer.status == HTTPStatus.NOT_FOUND:
            continue
        told = _read(_Domain, answer, f"The registry of {name}")
        return Registration(domain=name, expires_at=_expiration(told))
    return None


def _names(host: str) -> Iterator[str]:
    """Yield a host's name and those above it, but for the top-level domain."""
    try:
        labels = host.rstrip(".").encode("idna").decode().lower().split(".")
    except UnicodeError:
        return  # no name that could be registered
    for first in range(max(len(labels) - MOST_NAMES - 1, 0), len(labels) - 1):
        yield ".".join(labels[first:])


def _address(name: str, known: Registries) -> str | None:
    """Return whom to ask about `name`: the longest match decides (RFC 9224 4)."""
    above = name
    while above:
        _, _, above = above.partition(".")
        if above in known.addresses:
            return known.addresses[above]
    return None


def _read(kind: type[SomeAnswer], answer: Answer, who: str) -> SomeAnswer:
    if not answer.is_yes:
        raise Refused(
            f"{who} was not told to us (HTTP {answer.status}).",
            permanent=answer.is_final,
        )
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError:
        raise Unintelligible(f"{who} makes no sense to us.") from None


def _expiration(told: _Domain) -> datetime | None:
    for event in told.events:
        if event.eventAction == "expiration":
            try:
                moment = datetime.fromisoformat(event.eventDate)
            except ValueError:
                continue
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
