"""Where a WordPress site takes what its pages' scripts send."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard
from urllib.parse import urljoin, urlsplit

from probes.forms.form import Entry, Filling, Page
from probes.forms.reported import read_json

API = "https://api.w.org/"
"""The link by which each page of a WordPress names its REST API.
https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/"""

AJAX = re.compile(r"""["']((?:https?:)?[^"'<>\s]{0,500}?/admin-ajax\.php)["'?]""")
"""How scripts of plugins are told of admin-ajax.php, slashes perhaps escaped."""

XHR = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json, */*;q=0.1"}
"""What jQuery adds when it posts."""

MOST_NONCE = 100

OFF = "No plugin of this WordPress takes the message: the form's own is switched off."
STALE = (
    "WordPress does not accept the page's nonce any more: a cache may show visitors an "
    "old page."
)
CLOSED = "WordPress's REST API, which takes the message, is closed to visitors."

UNHEARD = {"0": OFF, "-1": STALE}
"""What admin-ajax.php says by itself, in place of a plugin.
https://developer.wordpress.org/reference/functions/wp_ajax_nopriv_action/
https://developer.wordpress.org/reference/functions/check_ajax_referer/"""

UNROUTED = {
    "rest_no_route": OFF,
    "rest_cookie_invalid_nonce": STALE,
    "rest_cannot_access": CLOSED,
    "rest_forbidden": CLOSED,
    "rest_disabled": CLOSED,
    "rest_not_logged_in": CLOSED,
}
"""Codes by which its REST API, or what guards that, turns visitors away.
https://developer.wordpress.org/rest-api/using-the-rest-api/authentication/"""


def ajax_address(page: Page) -> str:
    """Return the address of admin-ajax.php, as the page's scripts are told it.

    Never on another host than the page: what a page says is not trusted so far.
    """
    for script in page.scripts:
        for told in AJAX.finditer(script.replace("\\/", "/")):
            address: str = urljoin(page.url, told[1])
            if _origin(address) == _origin(page.url):
                return address
    return urljoin(_root(page), "wp-admin/admin-ajax.php")


def rest_address(page: Page, route: str) -> str:
    """Return the address of a REST route, as `contact-form-7/v1/…`.

    Sites without readable addresses have the route in the query.
    """
    api = page.links.get(API, "")
    if not api or _origin(api) != _origin(page.url):
        api = urljoin(_root(page), "wp-json/")
    if "rest_route=" in api:
        return f"{api.rstrip('/')}/{route}"
    return urljoin(api if api.endswith("/") else f"{api}/", route)


def unheard(url: str, text: str) -> str:
    """Return why WordPress itself answered, and no plugin; empty if it did not."""
    if urlsplit(url).path.endswith("/admin-ajax.php"):
        return UNHEARD.get(text.strip(), "")
    report = read_json(text) if text.lstrip()[:1] == "{" else None
    return UNROUTED.get(str((report or {}).get("code")), "")


def is_nonce(told: object) -> TypeGuard[str]:
    """Tell whether what was answered can be a nonce."""
    return isinstance(told, str) and 0 < len(told) <= MOST_NONCE and told.isalnum()


def sent_by_script(filling: Filling, url: str, *more: Entry) -> Filling:
    """Return a filling as a script posts it: whole, to `url`, with `more` entries."""
    form = replace(
        filling.form, action=url, method="post", enctype="multipart/form-data"
    )
    return replace(filling, form=form, entries=(*filling.entries, *more))


def sent_by_jquery(filling: Filling, url: str, entries: Sequence[Entry]) -> Filling:
    """Return a filling as jQuery posts it: `entries` in place of the form's own."""
    form = replace(
        filling.form,
        action=url,
        method="post",
        enctype="application/x-www-form-urlencoded",
    )
    return replace(filling, form=form, entries=entries, files=())


def _root(page: Page) -> str:
    """Return the address of the site's home, as far as the page tells."""
    api = page.links.get(API, "")
    if api and _origin(api) == _origin(page.url):
        return api.partition("?")[0].removesuffix("/").removesuffix("wp-json")
    return urljoin(page.url, "/")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
