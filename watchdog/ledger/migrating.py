"""Bring a ledger's tables up to date, with a copy of it kept beside."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, func, select

from watchdog.ledger.revision import REVISION, revision_of

LOCK = 0x5741544348  # "WATCH"
"""PostgreSQL's advisory lock while we migrate: any number that others do not use."""


def migrate(engine: Engine) -> None:
    """Upgrade to the newest revision, in one transaction: all of it or nothing.

    Whoever comes second waits for the first, and then finds nothing to do.
    """
    writer = engine.execution_options(begin="IMMEDIATE")
    with writer.begin() as connection:
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    revision = revision_of(connection)
    if revision == REVISION:
        return
    if revision and connection.dialect.name == "sqlite":
        _back_up(connection.engine.url)
    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration, which needs no file."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "script_location", str(Path(__file__).with_name("migrations"))
    )
    return config


def _back_up(url: URL) -> None:
    """Copy the file as it was before our transaction, which has changed nothing yet."""
    path = Path(str(url.database))
    copy = path.with_name(f"{path.name}.before-{REVISION}")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600))
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
    part.replace(copy)
