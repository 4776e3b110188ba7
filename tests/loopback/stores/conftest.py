"""A guarded MariaDB with the tables of a site, and readers of its stores."""

import os
import tempfile
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pymysql
import pytest
import trustme

from probes.secrets import Secret
from probes.stores.database import Database, open_database
from probes.stores.open import open_store
from probes.stores.sql_settings import DatabaseSettings, SqlStoreSettings, TableSettings
from probes.stores.store import Entry, Store
from tests.loopback.stores.rows import fill
from tests.loopback.stores.service_answers import KEY
from tests.loopback.stores.site import WHEN, Site
from tests.world.mariadb import MariaDB

PASSWORD = "p@ss/wörd:%"
ELSEWHERE = "127.1"
"""This machine, by a name that does not say so: it stands for a host far away."""
SINCE = WHEN - timedelta(days=30)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def mariadb(authority: trustme.CA) -> Iterator[MariaDB]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("key.pem", "cert.pem", "ca.pem")]
        shown = authority.issue_cert(ELSEWHERE)
        shown.private_key_pem.write_to_path(files[0])
        shown.cert_chain_pems[0].write_to_path(files[1])
        authority.cert_pem.write_to_path(files[2])
        names = ("--ssl-key", "--ssl-cert", "--ssl-ca")
        guard = [f"{name}={file}" for name, file in zip(names, files, strict=True)]
        # Neither our zone nor the site's: what is read must not depend on it.
        options = ["--default-time-zone=+05:45", *guard]
        server = MariaDB.start_guarded(Path(folder), options)
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


@dataclass
class Own:
    """A database of a test's own."""

    connection: Any
    url: str
    """Of a user who may do everything there."""

    def run(self, statement: str, *values: object) -> None:
        """Write in it."""
        self.connection.cursor().execute(statement, values or None)


@pytest.fixture
def own(mariadb: MariaDB) -> Iterator[Own]:
    name = f"own_{uuid.uuid4().hex}"
    with admin(mariadb) as connection:
        connection.cursor().execute(f"CREATE DATABASE {name} CHARSET utf8mb4")
        connection.select_db(name)
        yield Own(connection, mysql_url(mariadb, name, user="writer"))
        connection.cursor().execute(f"DROP DATABASE {name}")


def mysql_url(server: MariaDB, database: str, user: str = "reader") -> str:
    password = "p%40ss%2Fw%C3%B6rd%3A%25"
    return f"mysql://{user}:{password}@127.0.0.1:{server.port}/{database}"


@pytest.fixture
def secret() -> Iterator[Callable[[str], Secret]]:
    """Put a URL where the configuration would name it."""
    names: list[str] = []

    def kept(url: str) -> Secret:
        name = f"STORE_{uuid.uuid4().hex}"
        os.environ[name] = url
        names.append(name)
        return Secret(env=name)

    yield kept
    for name in names:
        del os.environ[name]


@pytest.fixture
def key(tmp_path: Path) -> Secret:
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(0o600)
    return Secret(file=path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a CSV file of inquiries may be written."""
    return tmp_path / "inquiries.csv"


@pytest.fixture
async def opened(
    secret: Callable[[str], Secret],
) -> AsyncIterator[Callable[..., Store]]:
    """Open the store of a kind at a URL."""
    stores: list[Store] = []

    def opening(kind: str, url: str, **settings: Any) -> Store:
        of_kind = TableSettings if kind in {"table", "django"} else SqlStoreSettings
        store = open_store(of_kind(kind=kind, database=secret(url), **settings))
        stores.append(store)
        return store

    yield opening
    for store in stores:
        await store.aclose()


@pytest.fixture
async def database(
    secret: Callable[[str], Secret],
) -> AsyncIterator[Callable[..., Awaitable[Database]]]:
    """Open the database at a URL."""
    databases: list[Database] = []

    async def opening(url: str, **settings: Any) -> Database:
        database = await open_database(
            DatabaseSettings(database=secret(url), **settings)
        )
        databases.append(database)
        return database

    yield opening
    for one in databases:
        await one.aclose()


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
