"""A page fetched twice and past its cache, from a small website on loopback."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count

import pytest

from probes.errors import ProbeError
from probes.forms import caching
from probes.forms.caching import Caching, past_caches, told_by_cache
from probes.settings import FormSettings
from tests.loopback.forms.website import Heard, Site, answer, opened

FORM = """<form method="post"><input type="hidden" name="{name}" value="{token}">
<input name="email"><textarea name="message"></textarea></form>{script}"""


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


async def look(site: Site) -> Caching:
    return await caching.look(FormSettings(url=f"{site.url}/contact"))


def page(token: str, *headers: str, name: str = "_wpnonce", script: str = "") -> bytes:
    return answer(FORM.format(name=name, token=token, script=script), *headers)


def cached(site: Site, kept: bytes, fresh: bytes) -> None:
    """Let a cache stand before the site, which knows no query."""

    async def say(heard: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(fresh if "?" in heard.path else kept)
        await writer.drain()

    site.says["/contact"] = say


async def test_a_cache_with_an_old_token_is_found_out(site: Site) -> None:
    cached(site, page("0ld", "Age: 4000", "X-Cache: HIT"), page("n3w"))

    found = await look(site)

    assert found == Caching(cached="age: 4000, x-cache: HIT", is_token_stale=True)


async def test_a_token_in_a_script_counts_too(site: Site) -> None:
    script = '<script>var wpApi = {"restNonce": "%s"}</script>'
    kept = page("", script=script % "0123456789")
    cached(site, kept, page("", script=script % "9876543210"))

    found = await look(site)

    assert found == Caching(cached="", is_token_stale=True)


async def test_a_cache_that_keeps_a_token_which_still_holds_is_none_of_harm(
    site: Site,
) -> None:
    site.says["/contact"] = page("same", "CF-Cache-Status: HIT")

    found = await look(site)

    assert found == Caching(cached="cf-cache-status: HIT", is_token_stale=False)


async def test_a_token_for_each_visitor_is_not_stale(site: Site) -> None:
    numbers = count()

    async def say(_: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(page(f"token{next(numbers)}", name="csrf_token"))
        await writer.drain()

    site.says["/contact"] = say

    assert await look(site) == Caching(cached="", is_token_stale=False)


async def test_of_a_form_without_token_nothing_is_known(site: Site) -> None:
    site.says["/contact"] = page("x", name="page")

    assert (await look(site)).is_token_stale is None
    assert not site.posts


async def test_a_page_that_is_gone_is_no_clue(site: Site) -> None:
    with pytest.raises(ProbeError):
        await look(site)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"age": "0"}, ""),
        ({"age": "soon"}, ""),
        ({"x-cache": "MISS"}, ""),
        ({"cf-cache-status": "DYNAMIC"}, ""),
        ({"x-cache": "HIT from proxy"}, "x-cache: HIT from proxy"),
        ({"cache-status": 'Edge; hit; ttl="5"'}, 'cache-status: Edge; hit; ttl="5"'),
        ({"x-cache-status": "STALE\x1b[31m"}, "x-cache-status: STALE [31m"),
    ],
)
def test_caches_say_in_their_own_words_that_they_served(
    headers: dict[str, str], told: str
) -> None:
    assert told_by_cache(headers) == told


@pytest.mark.parametrize(
    ("url", "fresh"),
    [
        ("https://a.test/contact", "https://a.test/contact?fresh=4711"),
        ("https://a.test/?page=3#form", "https://a.test/?page=3&fresh=4711#form"),
    ],
)
def test_an_address_that_no_cache_has_seen(url: str, fresh: str) -> None:
    assert past_caches(url, "4711") == fresh
