"""A ledger, an owner with an inbox and a phone, and a time that we set."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.loopback.stages.office import GATEWAY_TOKEN, OWNER, Office, configured
from watchdog.demo.gateway import Gateway
from watchdog.demo.mailhost import MailHost
from watchdog.ledger import Ledger


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Return a SQLite ledger's address: a test of both databases asks for each."""
    return sqlite_url


@pytest.fixture
async def office(ledger: Ledger, tmp_path: Path) -> AsyncIterator[Office]:
    async with (
        MailHost({OWNER: "unused"}) as mail_host,
        Gateway("ACtest", GATEWAY_TOKEN) as gateway,
    ):
        config = configured(tmp_path, mail_host, gateway)
        yield Office(config=config, ledger=ledger, mail_host=mail_host, gateway=gateway)
