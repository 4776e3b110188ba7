"""The two doors to the database: to read, and to write."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from watchdog.ledger.engine import empty_journal, name_of, threads_for
from watchdog.ledger.errors import translated
from watchdog.ledger.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")

Query = Callable[Concatenate[Connection, P], T]
Method = Callable[Concatenate["Store", P], Coroutine[Any, Any, T]]


class Store:
    """An open database, asked by threads of its own.

    A thread a transaction: with an asynchronous driver each statement of it
    would be handed to and fro several times, at twice the cost and more.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite lets a transaction that began by reading fail at its first write,
        # without waiting, if another has written meanwhile; so a writer says so.
        self._writer = engine.execution_options(begin="IMMEDIATE")
        threads = threads_for(engine.url)
        self._is_alone = threads == 1
        self._threads = ThreadPoolExecutor(threads, "ledger")
        # Who reads a SQLite file need not wait for the disk, as he who writes must.
        self._readers = (
            ThreadPoolExecutor(1, "ledger-reading") if self._is_alone else self._threads
        )
        self._turns = Turns(self._writer)

    async def call(
        self, act: Callable[[], T], *, threads: ThreadPoolExecutor | None = None
    ) -> T:
        """Return what `act` returns in a thread; its trouble is a `LedgerError`.

        Whoever is cancelled while he waits does not know if it was done.
        """

        def acting() -> T:
            with translated(name_of(self._engine.url)):
                return act()

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(threads or self._threads, acting)

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Return the answer to a query that writes nothing."""

        def asking() -> T:
            with self._engine.begin() as connection:
                return query(connection)

        return await self.call(asking, threads=self._readers)

    async def write(self, query: Callable[[Connection], T]) -> T:
        """Return the answer to a query; all of what it writes is kept, or nothing.

        Where one thread writes, those who wait for it share a commit: each costs a
        turn of the disk.  Nobody hears of his own before it is kept.
        """
        if self._is_alone:
            return await self.call(partial(self._turns.end, self._turns.join(query)))

        def telling() -> T:
            with self._writer.begin() as connection:
                return query(connection)

        return await self.call(telling)

    async def sweep(self) -> None:
        """Let nothing that was deleted lie in a SQLite file's journal any longer."""
        await self.call(partial(empty_journal, self._engine))

    def close(self) -> None:
        """Let what is under way end, and let go of the database."""
        self._threads.shutdown()
        self._readers.shutdown()
        self._engine.dispose()


def reads(query: Query[P, T]) -> Method[P, T]:
    """Make a method of a query that writes nothing."""

    @wraps(query)
    async def method(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await store.read(lambda connection: query(connection, *args, **kwargs))

    return method


def writes(query: Query[P, T]) -> Method[P, T]:
    """Make a method of a query that writes."""

    @wraps(query)
    async def method(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await store.write(lambda connection: query(connection, *args, **kwargs))

    return method
