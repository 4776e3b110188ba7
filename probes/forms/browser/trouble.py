"""Why a page could not be shown, told from Chromium's own name for it."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from probes.errors import Unintelligible, Unreachable
from probes.forms.browser.driver import said
from probes.forms.errors import PageGone
from probes.forms.labels import clean

NAME = re.compile(r"net::ERR_([A-Z0-9_]+)")

REASONS: Mapping[str, tuple[str, bool]] = {
    "NAME_NOT_RESOLVED": ("The name {host} was not found in the DNS.", False),
    "CONNECTION_REFUSED": ("{host} refused the connection.", True),
    "CONNECTION_RESET": ("{host} broke off the connection.", True),
    "CONNECTION_CLOSED": ("{host} broke off the connection.", True),
    "CONNECTION": ("There was no connection to {host}.", False),
    "EMPTY_RESPONSE": ("{host} broke off the connection.", True),
    "CERT_DATE_INVALID": ("The certificate of {host} has expired.", True),
    "CERT_COMMON_NAME_INVALID": ("The certificate of {host} is for another.", True),
    "CERT": ("The certificate of {host} is not trusted.", True),
    "SSL": ("{host} speaks no TLS that the browser understands.", True),
    "HTTP2": ("{host} speaks no HTTP that the browser understands.", True),
    "INVALID": ("{host} speaks no HTTP that the browser understands.", True),
    "TIMED_OUT": ("{host} did not answer in time.", False),
    "ADDRESS": ("There is no way through the network to {host}.", False),
    "INTERNET": ("There is no way through the network to {host}.", False),
    "NETWORK": ("There is no way through the network to {host}.", False),
}
"""By the beginning of the name, the longest first; with whether anybody spoke to us.
https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h"""

UNSENT = (
    "NAME_NOT_RESOLVED",
    "CONNECTION_REFUSED",
    "CONNECTION_TIMED_OUT",
    "ADDRESS_",
    "INTERNET_DISCONNECTED",
    "CERT_",
)
"""Of these, what a request meets with before anything of it has left us."""


def not_sent(url: str, why: str) -> Unreachable | None:
    """Return what to say where a request cannot have left us; None if it may have."""
    found = NAME.search(why)
    name = found[1] if found else ""
    return _unreached(name, url) if name.startswith(UNSENT) else None


def not_shown(url: str, error: Exception) -> Unreachable | Unintelligible | PageGone:
    """Return what to say of a page to which the browser could not go."""
    words = said(error)
    found = NAME.search(words)
    name = found[1] if found else ""
    if name == "TOO_MANY_REDIRECTS":
        return PageGone("The page redirects in circles.")
    if name == "ABORTED" or "Download" in words:
        return Unintelligible("The address leads to no web page, but to a file.")
    if unreached := _unreached("TIMED_OUT" if "Timeout" in words else name, url):
        return unreached
    return Unintelligible(f"The browser cannot show {clean(url)}: {words}")


def _unreached(name: str, url: str) -> Unreachable | None:
    host = clean(urlsplit(url).hostname or url)
    for beginning in sorted(REASONS, key=len, reverse=True):
        if name.startswith(beginning):
            reason, answered = REASONS[beginning]
            return Unreachable(reason.format(host=host), answered=answered)
    return None
