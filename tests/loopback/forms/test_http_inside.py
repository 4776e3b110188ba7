"""A page on the internet that leads inside: nothing is sent there."""

import pytest

from probes.errors import Refused
from probes.forms.exchange import Bounds, Post, visiting
from tests.loopback.forms.website import opened

PUBLIC = "93.184.215.14"
"""As if our first word had been to somebody there."""


async def test_a_form_that_posts_to_our_own_machine_is_refused() -> None:
    async with opened() as site, visiting(None, Bounds()) as visit:
        visit.home = PUBLIC
        post = Post(
            method="POST",
            url=site.url,
            body=b"message=Hello",
            content_type="application/x-www-form-urlencoded",
            page_url="http://riverside.example/",
        )

        with pytest.raises(Refused, match=r"inside a private network \(127.0.0.1\)"):
            await visit.send(post)

        assert site.heard == []


async def test_a_page_that_redirects_to_our_own_machine_is_refused() -> None:
    async with opened() as site, visiting(None, Bounds()) as visit:
        visit.home = PUBLIC

        with pytest.raises(Refused, match="we do not follow it there"):
            await visit.fetch(site.url)

        assert site.heard == []


async def test_what_is_inside_leads_wherever_it_likes() -> None:
    async with opened() as site, visiting(None, Bounds()) as visit:
        assert (await visit.fetch(site.url)).status
        assert visit.home == "127.0.0.1"
