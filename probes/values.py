"""The kinds of values that settings are made of, each checked as it is read."""

from collections.abc import Sized
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

Items = TypeVar("Items", bound=Sized)


def _web_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        raise ValueError("is no web address") from None
    if parts.scheme not in {"http", "https"}:
        raise ValueError("must begin with https:// (or http://)")
    if user is not None:
        raise ValueError("must not hold a user name or password")
    if not host or not url.isprintable() or " " in url:
        raise ValueError("is no web address")
    return url


def _address(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not address.isprintable() or " " in address:
        raise ValueError("must be an email address, like office@example.com")
    return address


def plain(name: str) -> str:
    """Refuse a name with control characters, or with blanks around it."""
    if not name.isprintable() or name != name.strip():
        raise ValueError("must be plain text without blanks around it")
    return name


def not_empty(items: Items) -> Items:
    """Refuse an empty list; pydantic's `min_length` also counts out what is bad."""
    if not items:
        raise ValueError("must not be empty")
    return items


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone, like Europe/Berlin or UTC") from None
    return name


WebUrl = Annotated[str, AfterValidator(_web_url)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Address = Annotated[str, AfterValidator(_address)]
Port = Annotated[int, Field(strict=True, ge=1, le=65535)]
Switch = Annotated[bool, Field(strict=True)]
Seconds = Annotated[float, Field(ge=0.05, le=3600, allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(plain)]
