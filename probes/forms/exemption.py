"""The header by which a site knows a test of its owner's, and lets it past a guard.

Signed with a secret that the site and we share, bound to one request (method, host,
path), to a moment, and good for one use: whoever sees it can do nothing with it.
"""

import hmac
import re
from datetime import datetime
from urllib.parse import urlsplit

NAME = "X-Contact-Watchdog"

LEAST_KEY = 32
"""Characters of the shared secret: fewer could be guessed."""
NONCE_BYTES = 16

PORT = re.compile(r":[0-9]*$")


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
