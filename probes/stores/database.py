"""The one door to the databases of sites: opened for reading, and for nothing else.

MariaDB and MySQL by PyMySQL, PostgreSQL by psycopg, SQLite by Python's own.  A
session that may only read, besides a user who should only have the right to, so
that not even a mistake of ours can change what a site keeps.
"""

import asyncio
import sqlite3
import ssl
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from probes.errors import Refused, Unreachable
from probes.stores.database_errors import greeting, translated
from probes.stores.sql_settings import DatabaseSettings
from probes.trust import is_loopback, trust

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 20
"""Seconds to connect, and to wait for another's lock."""
STATEMENT_SECONDS = 60
"""A statement that takes longer is ended by the server."""
SECONDS = 180
"""For one call, with all its statements."""
STEPS = 100_000
"""Of SQLite's machine between two looks at the clock."""

AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
"""The system's authorities, where a Python of another make does not say."""

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

KNOWN = {"mysql": {"unix_socket"}, "postgresql": {"host"}, "sqlite": set[str]()}
"""What may stand behind the `?` of a URL: where the server's socket is."""


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
    url = _parsed(await settings.database.reveal())
    try:
        engine = create_engine(
            _driven(url),
            connect_args=_connect_args(url, settings),
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=url.get_backend_name() != "sqlite",
        )
    except ModuleNotFoundError as error:
        extra = "mysql" if url.get_backend_name() == "mysql" else "postgres"
        raise Refused(
            f"To read a database there, the library {error.name} is needed:"
            f" pip install 'contact-form-watchdog[{extra}]'."
        ) from error
    event.listen(engine, "connect", _prepare)
    return Database(engine, _name_of(url))


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):
        # The text may hold a password, so no message may hold the text.
        raise Refused(
            "The database's address must look like mysql://user:password@host/name,"
            " postgresql://user:password@host/name or sqlite:////path/to/file; signs"
            " like @ : / in a password are written %40 %3A %2F."
        ) from None
    kind = {"mariadb": "mysql", "postgres": "postgresql"}.get(
        backend := url.get_backend_name(), backend
    )
    if kind not in KNOWN:
        raise Refused(f"A database of the kind {backend} cannot be read.")
    if odd := sorted(set(url.query) - KNOWN[kind]):
        raise Refused(f"The database's address must not hold ?{odd[0]}=….")
    if not url.database:
        raise Refused("The database's address names no database.")
    return url.set(drivername=kind)


def _name_of(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.database} on {url.host or 'this machine'}"


def _driven(url: URL) -> URL:
    match url.get_backend_name():
        case "mysql":
            return url.set(drivername="mysql+pymysql")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case _:
            path = quote(str(Path(str(url.database)).absolute()))
            read_only = {"mode": "ro", "uri": "true"}
            return URL.create("sqlite", database=f"file:{path}", query=read_only)


def _connect_args(url: URL, settings: DatabaseSettings) -> Mapping[str, Any]:
    is_guarded = not (_is_near(url) or settings.insecure_login)
    match url.get_backend_name():
        case "mysql":
            return {
                "connect_timeout": PATIENCE,
                "read_timeout": STATEMENT_SECONDS + PATIENCE,
                "write_timeout": PATIENCE,
                "charset": "utf8mb4",
                # PyMySQL would write it in Latin-1, and fail where it does not fit.
                "password": (url.password or "").encode(),
                **({"ssl": trust(settings.ca)} if is_guarded else {}),
            }
        case "postgresql":
            alive = {"keepalives_idle": 10, "keepalives_interval": 5}
            guard = {
                "sslmode": "verify-full",
                "sslrootcert": str(settings.ca or _authorities()),
            }
            return {
                "connect_timeout": PATIENCE,
                **alive,
                **(guard if is_guarded else {}),
            }
        case _:
            return {"timeout": PATIENCE, "check_same_thread": False}


def _is_near(url: URL) -> bool:
    """Tell whether the server is on this machine: nobody reads along on the way."""
    host = url.host or url.query.get("host") or "localhost"
    return "unix_socket" in url.query or str(host)[:1] == "/" or is_loopback(str(host))


def _authorities() -> str:
    return ssl.get_default_verify_paths().cafile or AUTHORITIES


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
