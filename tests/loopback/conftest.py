"""Ledgers: each test that asks for one is made on SQLite and on a real PostgreSQL."""

import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.world.postgres import Postgres
from watchdog.ledger import Ledger, open_ledger


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # Not pytest's folder: there the server's own user may not look in.
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/state/watchdog.db"


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    return postgres.create(uuid.uuid4().hex)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
async def ledger(url: str) -> AsyncIterator[Ledger]:
    async with open_ledger(url) as opened:
        yield opened
