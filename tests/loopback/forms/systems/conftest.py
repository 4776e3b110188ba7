"""A small internet with hosts of any name, as its visitors' proxy finds them."""

from collections.abc import AsyncIterator

import pytest
import trustme

from tests.loopback.forms.internet import Internet, connected


@pytest.fixture
async def internet(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Internet]:
    async with connected(authority) as internet:
        monkeypatch.setenv("HTTPS_PROXY", internet.proxy)
        yield internet
