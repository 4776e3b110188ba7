"""One browser for all tests of a module, since each start costs seconds."""

import ssl
from collections.abc import AsyncIterator

import pytest_asyncio
import trustme

from probes.forms.browser.driver import Browser
from tests.loopback.forms.website import Site, opened


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with Browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def elsewhere() -> AsyncIterator[Site]:
    """Another site: another port is another origin."""
    async with opened() as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def secure(authority: trustme.CA) -> AsyncIterator[Site]:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with opened(tls) as site:
        yield site
