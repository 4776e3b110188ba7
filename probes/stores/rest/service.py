"""What every service can do: say what to ask, and understand what is answered.

A service is pure: it asks nobody.  `rest_store` does, page by page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

from probes.errors import Unintelligible
from probes.forms.exemption import Exemption
from probes.stores.meaning import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How we say who we are: a header of the service's, a signature, or a password."""

    headers: Mapping[str, str] = field(default_factory=dict)
    basic: tuple[str, str] | None = None
    """User and password."""
    exemption: Exemption | None = None
    """What signs each question anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for: one page of submissions."""

    path: str
    query: Mapping[str, str]
    is_spam: bool = False
    """Whether what is asked for is what the service holds for spam."""

    def but(self, **query: object) -> "Request":
        """Return the request with other values in its query."""
        changed = {name: str(value) for name, value in query.items()}
        return replace(self, query={**self.query, **changed})

    def number(self, name: str) -> int:
        """Return a number of the query's."""
        return int(self.query[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the service calls a submission; nothing in it is checked yet."""

    id: object
    at: object
    """As the service writes it; without a zone it is in the service's."""
    filled: Sequence[Filled]
    said: Mapping[str, str] = field(default_factory=dict)
    """What the service itself says is the name, email, subject…"""
    form: str = ""
    page: str = ""
    is_spam: bool = False
    mail_failed: bool | None = None
    mail_error: str = ""
    is_mail_tried: bool | None = None
    recipients: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the answer, and what to ask for next; None at the end."""

    submissions: Sequence[Submission]
    next: Request | None = None


class Service(Protocol):
    """One vendor's API."""

    name: str
    """As its makers call it."""
    address: str
    hints: Mapping[int, str]
    """What the owner can do about an answer of that status: a sentence."""

    def login(self, secret: str) -> Login:
        """Return how to say who we are."""
        ...

    def first(self, since: datetime) -> Sequence[Request]:
        """Return what to begin with, to hear of all submissions since then."""
        ...

    def page(self, body: object, request: Request) -> Page:
        """Return what an answer says, or raise `Unintelligible`."""
        ...


def items(body: object, *names: str) -> Sequence[Mapping[str, Any]]:
    """Return the objects in a list, found under `names` one within the other."""
    for name in names:
        body = body.get(name) if isinstance(body, dict) else None
    if not isinstance(body, list):
        raise Unintelligible("is not built as documented")
    return [item for item in body if isinstance(item, dict)]


def in_path(text: str) -> str:
    """Return a setting as one part of a path, whatever is in it."""
    return quote(text, safe="")


def value_of(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object that `item` holds by that name; an empty one for none."""
    inner = item.get(name)
    return inner if isinstance(inner, dict) else {}


def bearer(secret: str) -> Login:
    """Return the login by a token (RFC 6750)."""
    return Login(headers={"Authorization": f"Bearer {secret}"})
