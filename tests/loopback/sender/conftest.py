"""A name server that knows nothing yet."""

from collections.abc import AsyncIterator

import pytest

from tests.world.nameserver import Nameserver, nameserver


@pytest.fixture
async def server() -> AsyncIterator[Nameserver]:
    async with nameserver() as server:
        yield server
