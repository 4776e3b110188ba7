"""One browser for all tests of a module, since each start costs seconds."""

from collections.abc import AsyncIterator

import pytest_asyncio

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
