"""A guarded MariaDB with the tables of a site, and readers of its stores."""

import os
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pymysql
import pytest

from probes.secrets import Secret
from probes.stores.open import open_store
from probes.stores.sql_settings import SqlStoreSettings, TableSettings
from probes.stores.store import Entry, Store
from tests.loopback.stores.rows import WHEN, Site, fill
from tests.world.mariadb import MariaDB

PASSWORD = "p@ss/wörd:%"
SINCE = WHEN - timedelta(days=30)


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    with tempfile.TemporaryDirectory() as folder:
        # Neither our zone nor the site's: what is read must not depend on it.
        server = MariaDB.start_guarded(Path(folder), ["--default-time-zone=+05:45"])
        try:
            server.execute(
                f"CREATE USER reader@localhost IDENTIFIED BY '{PASSWORD}';"
                "GRANT SELECT ON *.* TO reader@localhost;"
                f"CREATE USER writer@localhost IDENTIFIED BY '{PASSWORD}';"
                "GRANT ALL ON *.* TO writer@localhost"
            )
            yield server
        finally:
            server.stop()


def admin(server: MariaDB, database: str | None = None) -> Any:
    return pymysql.connect(
        unix_socket=f"{server.folder}/mariadb.sock",
        user="root",
        database=database,
        charset="utf8mb4",
        autocommit=True,
    )


@pytest.fixture(scope="session")
def bakery(mariadb: MariaDB) -> str:
    """Return the name of a database in which every system has written."""
    with admin(mariadb) as connection:
        connection.cursor().execute("CREATE DATABASE bakery CHARSET utf8mb4")
    with admin(mariadb, "bakery") as connection:
        fill(Site(connection))
    return "bakery"


@pytest.fixture
def own(mariadb: MariaDB) -> Iterator[Any]:
    """Give a connection to a database of the test's own, which may write."""
    name = f"own_{uuid.uuid4().hex}"
    with admin(mariadb) as connection:
        connection.cursor().execute(f"CREATE DATABASE {name} CHARSET utf8mb4")
        connection.select_db(name)
        yield connection
        connection.cursor().execute(f"DROP DATABASE {name}")


def mysql_url(server: MariaDB, database: str, user: str = "reader") -> str:
    password = "p%40ss%2Fw%C3%B6rd%3A%25"
    return f"mysql://{user}:{password}@127.0.0.1:{server.port}/{database}"


Reader = Callable[..., Store]


@pytest.fixture
async def opened() -> AsyncIterator[Callable[[str, str], Store]]:
    """Open the store of a kind at a URL."""
    stores: list[Store] = []
    names: list[str] = []

    def opening(kind: str, url: str, **settings: Any) -> Store:
        name = f"STORE_{uuid.uuid4().hex}"
        os.environ[name] = url
        names.append(name)
        secret = Secret(env=name)
        if kind in {"table", "django"}:
            store = open_store(TableSettings(kind=kind, database=secret, **settings))
        else:
            store = open_store(SqlStoreSettings(kind=kind, database=secret, **settings))
        stores.append(store)
        return store

    yield opening
    for store in stores:
        await store.aclose()
    for name in names:
        del os.environ[name]


async def all_of(store: Store, since: datetime = SINCE) -> Sequence[Entry]:
    """Return everything in a store, and see to it that nothing was skipped."""
    entries: list[Entry] = []
    cursor, is_last = "", False
    while not is_last:
        piece = await store.read(since=since, cursor=cursor)
        assert piece.skipped == []
        entries += piece.entries
        cursor, is_last = piece.cursor, piece.is_last
    return entries
