"""A sound business, for one test to put something out of order in."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world.nameserver import Nameserver, nameserver
from watchdog.demo.business import Business


@pytest.fixture
async def dns() -> AsyncIterator[Nameserver]:
    """Run a name server that knows the business's domain."""
    async with nameserver() as server:
        server.records["riverside.example", "MX"] = ["10 mail.riverside.example."]
        server.records["mail.riverside.example", "A"] = ["192.0.2.25"]
        yield server


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    async with Business() as business:
        yield business


@pytest.fixture
def config(business: Business, tmp_path: Path) -> Path:
    return business.write_config(
        tmp_path, expected=timedelta(minutes=2), deadline=timedelta(minutes=15)
    )
