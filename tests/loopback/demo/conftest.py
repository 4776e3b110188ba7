"""The parts of the demonstration, open for one test."""

from collections.abc import AsyncIterator

import pytest

from watchdog.demo.business import Business
from watchdog.demo.gateway import Gateway


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    async with Business() as business:
        yield business


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    async with Gateway("ACdemo", "token") as gateway:
        yield gateway
