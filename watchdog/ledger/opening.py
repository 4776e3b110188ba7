"""Open a ledger of any age: make it, bring it up to date, or refuse it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Connection, Engine, Text, column, inspect, select, table

from watchdog.ledger import engine
from watchdog.ledger.errors import LedgerError
from watchdog.ledger.ledger import Ledger
from watchdog.ledger.tables import METADATA

# The newest of `migrations/versions`: known here so that Alembic, which takes long
# to import, is needed only when there is something to migrate.
REVISION = "0003"

VERSION_TABLE = "revision"


@asynccontextmanager
async def open_ledger(url: str) -> AsyncIterator[Ledger]:
    """Give the ledger at `url`, made or migrated if need be.

    `url` as in the configuration: `sqlite:////absolute/path.db` or
    `postgresql://user:password@host/database`.  Raise `LedgerError` with a
    sentence if it cannot be used.
    """
    opened = engine.create(url)
    ledger = Ledger(opened)
    try:
        await ledger.call(partial(_bring_up_to_date, opened))
        yield ledger
    finally:
        await asyncio.to_thread(ledger.close)


def _bring_up_to_date(opened: Engine) -> None:
    if usable_revision(opened) != REVISION:
        from watchdog.ledger import migrating  # noqa: PLC0415  imports Alembic

        migrating.migrate(opened)


def usable_revision(opened: Engine) -> str | None:
    """Return a ledger's revision, at most ours; None if it is new.

    Raise `LedgerError` if it is a newer program's, or these are no tables of ours.
    """
    with opened.connect() as connection:
        revision = revision_of(connection)
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
