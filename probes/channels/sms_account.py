"""Whose account at which SMS gateway: from either form of the settings."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from probes.errors import Refused
from probes.settings import SmsSettings
from probes.trust import is_loopback

EXAMPLE = "https://ACCOUNT:TOKEN@api.twilio.com/?from=+15550001&to=+15550002"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsAccount:
    """All that one message needs; its token travels encrypted, or not at all."""

    api: str
    host: str
    account: str
    token: str = field(repr=False)
    sender: str
    to: tuple[str, ...]


async def sms_account(settings: SmsSettings) -> SmsAccount:
    """Return the account that `settings` name, or raise `Refused`."""
    if settings.url is not None:
        return _from_url(await settings.url.reveal())
    token = "" if settings.token is None else await settings.token.reveal()
    parts = urlsplit(settings.api)
    return SmsAccount(
        api=settings.api.rstrip("/"),
        host=_host(parts),
        account=settings.account or "",
        token=token,
        sender=settings.sender or "",
        to=settings.to,
    )


def _from_url(url: str) -> SmsAccount:
    """Read the address that holds everything; no part of it is ever shown."""
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except ValueError:
        raise _unusable() from None
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    # Not parse_qs: a plus sign begins a number here, and is no space.
    given = [(name, unquote(value)) for name, _, value in pairs if value]
    senders = [value for name, value in given if name == "from"]
    to = tuple(value for name, value in given if name == "to")
    if not (host and parts.username and parts.password and len(senders) == 1 and to):
        raise _unusable()
    netloc = parts.netloc.rpartition("@")[2] if port else host
    return SmsAccount(
        api=f"{parts.scheme}://{netloc}{parts.path.rstrip('/')}",
        host=host,
        account=unquote(parts.username),
        token=unquote(parts.password),
        sender=senders[0],
        to=to,
    )


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if parts.scheme != "https" and not is_loopback(host):
        raise Refused("The SMS gateway's address must begin with https://.")
    return host


def _unusable() -> Refused:
    return Refused(f"The SMS gateway's address must look like {EXAMPLE}.")
