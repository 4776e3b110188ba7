"""Whether a cache serves the form's page, with a token that may have run out."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from probes.forms.exchange import BOUNDS, Bounds, visiting
from probes.forms.fetched import page_of
from probes.forms.form import Page
from probes.forms.labels import clean
from probes.settings import FormSettings

HIT = re.compile(r"\b(?:hit|stale|updating)\b", re.IGNORECASE)
FIELDS = (
    "x-cache",
    "x-cache-status",
    "cf-cache-status",
    "x-proxy-cache",
    "x-fastcgi-cache",
    "x-litespeed-cache",
    "x-nginx-cache",
    "x-varnish-cache",
    "x-drupal-cache",
    "cache-status",
)
"""In which caches say whether they had the page; only the last is a standard's.

RFC 9211; developers.cloudflare.com, "Cache responses"; docs.litespeedtech.com.
"""

TOKEN = re.compile(r"nonce|token|csrf|xsrf|^form_build_id$|^__viewstate", re.IGNORECASE)
IN_SCRIPT = re.compile(
    r"""["'](\w{0,40}(?:nonce|token)\w{0,40})["']\s*:\s*["'](\w{8,200})["']""",
    re.IGNORECASE,
)
MOST_SHOWN = 120

Tokens = Mapping[str, str]
"""What a page wants to get back with a message, to know that it was shown to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caching:
    """What three fetches of a page have told: two alike, and one past all caches."""

    cached: str
    """In which words a cache says that it served the page: `age: 4000, x-cache: HIT`.

    Empty where none says so; there may be one all the same.
    """
    is_token_stale: bool | None
    """Whether both visitors got a token that is another past the caches.

    None where the page has none.
    """


async def look(settings: FormSettings, *, bounds: Bounds = BOUNDS) -> Caching:
    """Fetch the page as two visitors, and once past all caches; nothing is sent.

    Raises `Unreachable`, `PageGone`, `Guarded`, `Unintelligible`, and `Refused`.
    """
    fresh_url = past_caches(settings.url, secrets.token_hex(8))
    _, first = await _fetched(settings, settings.url, bounds)
    headers, second = await _fetched(settings, settings.url, bounds)
    _, fresh = await _fetched(settings, fresh_url, bounds)
    shared = {name for name in first if first[name] == second.get(name)}
    return Caching(
        cached=told_by_cache(headers),
        is_token_stale=any(first[name] != fresh.get(name) for name in shared)
        if first
        else None,
    )


def past_caches(url: str, salt: str) -> str:
    """Return `url` with a query that no cache has seen: `salt`, letters and digits."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, f"fresh={salt}")))
    return urlunsplit(parts._replace(query=query))


def told_by_cache(headers: Mapping[str, str]) -> str:
    """Return in which words a cache says that it served a page, or an empty text."""
    told = [
        f"{name}: {headers[name]}"
        for name in FIELDS
        if HIT.search(headers.get(name, ""))
    ]
    if headers.get("age", "0").strip("0 ").isdecimal():
        told.insert(0, f"age: {headers['age']}")
    return clean(", ".join(told))[:MOST_SHOWN]


async def _fetched(
    settings: FormSettings, url: str, bounds: Bounds
) -> tuple[Mapping[str, str], Tokens]:
    async with visiting(settings.ca, bounds) as visit:
        reply = await visit.fetch(url)
    return reply.headers, dict(_tokens(page_of(reply)))


def _tokens(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the tokens of all forms and scripts of a page.

    Names may be the same in several forms: the last one's value counts, each time.
    """
    for script in page.scripts:
        yield from IN_SCRIPT.findall(script)
    for form in page.forms:
        for field in form.fields:
            if field.kind == "hidden" and field.value and TOKEN.search(field.name):
                yield field.name, field.value
