"""The one door to the databases of sites: opened for reading, and for nothing else.

MariaDB and MySQL by PyMySQL, PostgreSQL by psycopg, SQLite by Python's own.  A
session that may only read, besides a user who should only have the right to, so
that not even a mistake of ours can change what a site keeps.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from probes.errors import Refused, Unreachable
from probes.stores.address import (
    PATIENCE,
    STATEMENT_SECONDS,
    connect_args,
    driven,
    name_of,
    parsed,
)
from probes.stores.database_errors import greeting, translated
from probes.stores.sql_settings import DatabaseSettings

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 180
"""For one call, with all its statements."""
STEPS = 100_000
"""Of SQLite's machine between two looks at the clock."""

# The second line is for MySQL alone, the third for MariaDB
# (https://mariadb.com/docs/server/reference/sql-statements/comment-syntax).
MYSQL = (
    "SET SESSION TRANSACTION READ ONLY",
    f"""SET SESSION sql_mode = '', lock_wait_timeout = {PATIENCE}
        /*!50708 , max_execution_time = {STATEMENT_SECONDS * 1000} */
        /*M!100101 , max_statement_time = {STATEMENT_SECONDS} */""",
)
POSTGRESQL = (
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    f"SET statement_timeout = '{STATEMENT_SECONDS}s'",
    f"SET lock_timeout = '{PATIENCE}s'",
    "SET TIME ZONE 'UTC'",
)
SQLITE = ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF")
SESSION: Mapping[str, Sequence[str]] = {
    "pymysql": MYSQL,
    "psycopg": POSTGRESQL,
    "sqlite3": SQLITE,
}
"""What each session begins with, by the library."""
DRIVERS = {"mysql": ("PyMySQL", "mysql"), "postgresql": ("psycopg", "postgres")}
"""The library for a kind of databases, and our extra that brings it."""


class Database:
    """An open database of a site, asked by a thread of its own."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name
        self._thread = ThreadPoolExecutor(1, "store")

    async def ask(
        self,
        query: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return the answer to a query, made in a transaction that may only read.

        Raises `ProbeError`, also where it is not answered in time.
        """
        asking = partial(
            self._asked, lambda connection: query(connection, *args, **kwargs)
        )
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(SECONDS):
                return await loop.run_in_executor(self._thread, asking)
        except TimeoutError as error:
            raise Unreachable(f"The database {self.name} did not answer.") from error

    async def aclose(self) -> None:
        """Let go of the connection; a question under way is not waited for."""
        self._thread.submit(self._engine.dispose)
        self._thread.shutdown(wait=False)

    def _asked(self, query: Callable[[Connection], T]) -> T:
        with translated(self.name), self._connected() as connection:
            raw: object = connection.connection.dbapi_connection
            if isinstance(raw, sqlite3.Connection):
                until = monotonic() + STATEMENT_SECONDS
                raw.set_progress_handler(lambda: monotonic() > until, STEPS)
            return query(connection)

    def _connected(self) -> Connection:
        with greeting(self.name):
            return self._engine.connect()


async def open_database(settings: DatabaseSettings) -> Database:
    """Return the database that `settings` name; connects to nothing yet.

    Raises `Refused` where the secret cannot be had, its URL is none of ours, or
    the library that it needs is not installed.
    """
    url = parsed(await settings.database.reveal())
    is_sqlite = url.get_backend_name() == "sqlite"
    try:
        engine = create_engine(
            driven(url),
            connect_args=connect_args(url, settings),
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=not is_sqlite,
        )
    except ImportError as error:
        library, extra = DRIVERS[url.get_backend_name()]
        raise Refused(
            f"To read a database there, the library {library} is needed:"
            f" pip install 'contact-form-watchdog[{extra}]'."
        ) from error
    event.listen(engine, "connect", _prepare)
    return Database(engine, name_of(url))


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    if isinstance(connection, sqlite3.Connection):
        connection.text_factory = _decoded
    cursor = connection.cursor()
    for statement in SESSION[type(connection).__module__.partition(".")[0]]:
        cursor.execute(statement)
    cursor.close()
    connection.commit()


def _decoded(data: bytes) -> str:
    """SQLite keeps any bytes as text; one odd row must not hide all the others."""
    return data.decode("utf-8", "replace")
