"""Open a ledger of any age: make it, bring it up to date, or refuse it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Text, column, inspect, select, table
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from watchdog.ledger import engine
from watchdog.ledger.errors import LedgerError, translated
from watchdog.ledger.ledger import Ledger
from watchdog.ledger.tables import METADATA

# The newest of `migrations/versions`: known here so that Alembic, which takes long
# to import, is needed only when there is something to migrate.
REVISION = "0002"

VERSION_TABLE = "revision"


@asynccontextmanager
async def open_ledger(url: str) -> AsyncIterator[Ledger]:
    """Give the ledger at `url`, made or migrated if need be.

    `url` as in the configuration: `sqlite:////absolute/path.db` or
    `postgresql://user:password@host/database`.  Raise `LedgerError` with a
    sentence if it cannot be used.
    """
    opened = engine.create(url)
    try:
        with translated(engine.name_of(opened.url)):
            await _bring_up_to_date(opened)
        yield Ledger(opened)
    finally:
        await opened.dispose()


async def _bring_up_to_date(opened: AsyncEngine) -> None:
    if await usable_revision(opened) != REVISION:
        from watchdog.ledger import migrating  # noqa: PLC0415  imports Alembic

        await migrating.migrate(opened)


async def usable_revision(opened: AsyncEngine) -> str | None:
    """Return a ledger's revision, at most ours; None if it is new.

    Raise `LedgerError` if it is a newer program's, or these are no tables of ours.
    """
    async with opened.connect() as connection:
        revision = await connection.run_sync(revision_of)
    if revision and revision > REVISION:
        raise LedgerError(
            f"The ledger {engine.name_of(opened.url)} was written by a newer version"
            f" of this program (schema {revision}, ours is {REVISION}): upgrade."
        )
    return revision


def revision_of(connection: Connection) -> str | None:
    """Return a ledger's revision; None if it is new.

    Raise `LedgerError` if these are somebody else's tables.
    """
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        version = column("version_num", Text)
        return connection.scalar(select(version).select_from(table(VERSION_TABLE)))
    if taken := sorted(tables & set(METADATA.tables)):
        raise LedgerError(
            f"The database belongs to another program: it has a table {taken[0]}."
            " Give the ledger a database of its own."
        )
    return None
