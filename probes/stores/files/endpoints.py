"""Where a form sends to, as far as an access log tells."""

import re
from collections.abc import Sequence
from fnmatch import translate
from urllib.parse import unquote

SYSTEMS = (
    "*/contact-form-7/v1/contact-forms/*/feedback",
    "*/sureforms/v1/submit-form",
    "*/metform/v1/entries/insert/*",
    "*/gf/v2/forms/*/submissions",
)
"""What form systems send to, below /wp-json or in ?rest_route=."""
SHARED = ("*/wp-admin/admin-ajax.php",)
"""Where WordPress takes all sorts of things, forms among them."""

ADDRESS = re.compile(r"https?://(?P<host>[^/?#:]*)[^/?#]*(?P<rest>.*)", re.DOTALL)


class Endpoints:
    """The paths that one form sends to."""

    def __init__(self, page: str | None, said: Sequence[str]) -> None:
        self._host, self._page = _place(page or "")
        self._said = _any_of(said)
        self._systems = _any_of(SYSTEMS)
        self._shared = _any_of(SHARED)

    def takes(self, target: str, *, referer: str, host: str | None) -> bool:
        """Return whether what was sent to `target` came from the form.

        `host` is the log's own word for the site, where it serves several.  What the
        owner has said is believed.  Else what came from another page is another
        form's; and where all sorts of things are sent to, it must come from ours.
        """
        if host and self._host and _bare(host) != self._host:
            return False
        path = _path(target)
        if self._said:
            return self._said.fullmatch(path) is not None
        if path == self._page:
            return True
        _, sent_from = _place(referer)
        if self._shared and self._shared.fullmatch(path):
            return bool(sent_from) and sent_from == self._page
        is_elsewhere = bool(sent_from and self._page and sent_from != self._page)
        known = self._systems and self._systems.fullmatch(path)
        return known is not None and not is_elsewhere


def _any_of(patterns: Sequence[str]) -> re.Pattern[str] | None:
    every = "|".join(translate(pattern) for pattern in patterns)
    return re.compile(every) if every else None


def _place(address: str) -> tuple[str, str]:
    """Return an address's host and path; nothing for a path where it names none.

    Browsers may tell no more than the site from which something was sent.
    """
    found = ADDRESS.fullmatch(address)
    if found is None:
        return "", ""
    rest = found["rest"]
    return _bare(found["host"]), _path(rest) if rest.strip("/") else ""


def _path(target: str) -> str:
    """Return the path without its query; WordPress may have it in there."""
    path, _, query = target.partition("#")[0].partition("?")
    for pair in query.split("&"):
        if pair.startswith("rest_route="):
            path = pair.removeprefix("rest_route=")
    return unquote(path).rstrip("/") or "/"


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
