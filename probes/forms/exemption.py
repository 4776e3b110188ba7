"""The header by which a site knows a test of its owner's, and lets it past a guard.

Signed with a secret that the site and we share, bound to one request (method, host,
path), to a moment, and good for one use: whoever sees it can do nothing with it.
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from probes.errors import Refused
from probes.forms.errors import Unequipped
from probes.settings import FormSettings

NAME = "X-Contact-Watchdog"

LEAST_KEY = 32
"""Characters of the shared secret: fewer could be guessed."""
NONCE_BYTES = 16

PORTS = {"http": 80, "https": 443}
PORT = re.compile(r":[0-9]*$")

TOO_SHORT = (
    f"The secret of the exemption is too short: it needs {LEAST_KEY} characters or"
    " more, such as `openssl rand -hex 32` makes them."
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """What signs the requests to one site: to nobody else goes its header."""

    page: str
    """Where the form is; encrypted, or on this machine (`FormSettings` sees to it)."""
    _key: str = field(repr=False)

    def headers(self, method: str, url: str) -> Mapping[str, str]:
        """Return what a request to `url` carries; nothing, if that is another site."""
        if not is_of_site(self.page, url):
            return {}
        now, nonce = datetime.now(UTC), secrets.token_hex(NONCE_BYTES)
        return {NAME: header(self._key, method=method, url=url, at=now, nonce=nonce)}


async def exemption_of(settings: FormSettings) -> Exemption | None:
    """Return what signs the requests to a form's site, if anything does.

    Raises `Unequipped` where the secret cannot be had, or could be guessed.
    """
    if settings.exemption is None:
        return None
    try:
        key = await settings.exemption.reveal()
    except Refused as error:
        raise Unequipped(error.message) from error
    if len(key) < LEAST_KEY:
        raise Unequipped(TOO_SHORT)
    return Exemption(settings.url, key)


def is_of_site(page: str, url: str) -> bool:
    """Tell whether `url` is of the same scheme, host and port as the form's page."""
    return _origin(page) == _origin(url)


def header(key: str, *, method: str, url: str, at: datetime, nonce: str) -> str:
    """Return the header's value for one request; `nonce` must be new, 32 hex digits.

    `url` is taken as it goes over the wire: its host in ASCII, its path encoded.
    The query is not signed, for sites and caches add to it.
    """
    stamp = int(at.timestamp())
    parts = urlsplit(url)
    host = PORT.sub("", parts.netloc.rpartition("@")[2]).lower()
    signed = f"v1\n{stamp}\n{nonce}\n{method.upper()}\n{host}\n{parts.path or '/'}"
    signature = hmac.new(key.encode(), signed.encode(), "sha256").hexdigest()
    return f"v1 t={stamp} n={nonce} s={signature}"


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        return parts.scheme, host, parts.port or PORTS.get(parts.scheme)
    except ValueError:  # no address: it is like itself alone
        return url, "", None
