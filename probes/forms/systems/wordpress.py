"""Where a WordPress site takes what its pages' scripts send."""

import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from probes.forms.form import Entry, Filling, Page

API = "https://api.w.org/"
"""The link by which each page of a WordPress names its REST API.
https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/"""

AJAX = re.compile(r"""["']((?:https?:)?[^"'<>\s]{0,500}?/admin-ajax\.php)["'?]""")
"""How scripts of plugins are told of admin-ajax.php, slashes perhaps escaped."""

XHR = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json, */*;q=0.1"}
"""What jQuery adds when it posts."""


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


def sent_by_script(filling: Filling, url: str, *more: Entry) -> Filling:
    """Return a filling as a script posts it: whole, to `url`, with `more` entries."""
    form = replace(
        filling.form, action=url, method="post", enctype="multipart/form-data"
    )
    return replace(filling, form=form, entries=(*filling.entries, *more))


def _root(page: Page) -> str:
    """Return the address of the site's home, as far as the page tells."""
    api = page.links.get(API, "")
    if api and _origin(api) == _origin(page.url):
        return api.partition("?")[0].removesuffix("/").removesuffix("wp-json")
    return urljoin(page.url, "/")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
