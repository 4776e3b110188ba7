"""How we talk to SQLite and to PostgreSQL."""

from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from watchdog.ledger.errors import LedgerError, translated
from watchdog.ledger.file import PATIENCE, LedgerFile

CONNECTIONS = 5
"""To a PostgreSQL server, from one process."""

# FULL: a commit is on the disk before we act on it.  With NORMAL a power cut can
# take back the newest commits: a beat claimed and used, an alarm written for an
# incident that we then hold for told (https://sqlite.org/pragma.html#pragma_synchronous).
# SECURE_DELETE: else what was deleted can still be read in the file's free room
# (https://sqlite.org/pragma.html#pragma_secure_delete).
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


def create(url: str) -> Engine:
    """Return an engine for a URL of the configuration; connects to nothing yet.

    Raise `LedgerError` if the URL is none of ours, or the file cannot be made.
    """
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise LedgerError(
            "The ledger's address must look like sqlite:////var/lib/watchdog.db"
            " or postgresql://user@host/database."
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed)
        case "postgresql":
            return _postgresql(parsed)
        case other:
            raise LedgerError(
                "The ledger cannot be kept in {other}: only sqlite and postgresql.",
                other=other,
            )


def name_of(url: URL) -> str:
    """Return what we call a ledger when we speak of it: never its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.database} on {url.host or 'this machine'}"


def threads_for(url: URL) -> int:
    """Return how many transactions that write one process makes at the same time.

    SQLite has one writer: whoever of us waits in a queue is served in order,
    where whoever waits for SQLite's lock would poll.
    """
    return 1 if url.get_backend_name() == "sqlite" else CONNECTIONS


def empty_journal(opened: Engine) -> None:
    """Bring all that lies in a SQLite file's journal into the file, and empty it.

    The journal also has rows as they were before they were deleted, for as long as
    some process has the file open (https://sqlite.org/pragma.html#pragma_wal_checkpoint).
    """
    if opened.dialect.name == "sqlite":
        with closing(opened.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sqlite(url: URL) -> Engine:
    if url.database in {None, "", ":memory:"}:
        raise LedgerError("The ledger's address names no file: sqlite:////PATH.")
    with translated(name_of(url)):
        file = LedgerFile.at(Path(str(url.database)))
    engine = create_engine(url.set(drivername="sqlite"), creator=file.connect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", partial(_begin, file))
    return engine


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=CONNECTIONS,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": PATIENCE,
                "options": f"-c lock_timeout={PATIENCE}s",
            },
        )
    except ModuleNotFoundError as error:
        raise LedgerError(
            "A ledger in PostgreSQL needs the driver psycopg:"
            " pip install 'contact-form-watchdog[postgres]'."
        ) from error


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    with ExitStack() as undo:
        # The pool does not know of a connection yet whose preparation fails.
        undo.callback(connection.close)
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()
        undo.pop_all()


def _begin(file: LedgerFile, connection: Connection) -> None:
    """Begin by ourselves: the driver begins too late, and never before DDL."""
    file.check()
    mode = connection.get_execution_options().get("begin", "")
    connection.connection.cursor().execute(f"BEGIN {mode}")
