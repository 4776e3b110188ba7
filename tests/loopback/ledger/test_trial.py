"""A ledger can be tried without a change to it."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from watchdog.ledger import LedgerError, open_ledger
from watchdog.ledger.trial import try_ledger


async def test_a_ledger_that_is_there_can_be_used(url: str) -> None:
    async with open_ledger(url):
        pass

    assert await try_ledger(url)


async def test_what_is_not_there_yet_is_not_made(
    sqlite_url: str, tmp_path: Path
) -> None:
    assert not await try_ledger(sqlite_url)
    assert list(tmp_path.iterdir()) == []


async def test_an_empty_database_stays_empty(postgres_url: str) -> None:
    assert not await try_ledger(postgres_url)
    assert not await try_ledger(postgres_url)


async def test_a_trial_leaves_every_byte_as_it_is(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with open_ledger(sqlite_url) as ledger:
        await ledger.key()
    file = tmp_path / "state" / "watchdog.db"
    before = file.read_bytes()

    await try_ledger(sqlite_url)

    assert file.read_bytes() == before


async def test_a_ledger_of_a_newer_program_is_refused(url: str) -> None:
    async with open_ledger(url):
        pass
    _execute(url, "UPDATE revision SET version_num = '9999'")

    with pytest.raises(LedgerError, match="a newer version"):
        await try_ledger(url)


async def test_a_ledger_that_may_not_be_written_is_told(postgres_url: str) -> None:
    async with open_ledger(postgres_url):
        pass
    database = postgres_url.rpartition("/")[2].partition("?")[0]
    _execute(
        postgres_url,
        f'ALTER DATABASE "{database}" SET default_transaction_read_only = on',
    )

    with pytest.raises(LedgerError, match="is read-only"):
        await try_ledger(postgres_url)


def _execute(url: str, statement: str) -> None:
    """Change a database behind our back."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
