"""The two doors to the database: to read, and to write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from watchdog.ledger.engine import name_of
from watchdog.ledger.errors import translated


class Store:
    """An open database.  Whatever goes wrong behind a door is a `LedgerError`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reader = engine
        # SQLite lets a transaction that began by reading fail at its first write,
        # without waiting, if another has written meanwhile; so a writer says so.
        self._writer = engine.execution_options(begin="IMMEDIATE")
        self._name = name_of(engine.url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read by; all reads see the same moment on SQLite."""
        with translated(self._name):
            async with self._reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for one transaction: all of it is kept, or nothing."""
        with translated(self._name):
            async with self._writer.begin() as connection:
                yield connection
