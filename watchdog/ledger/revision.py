"""Which revision of our tables a database holds, if they are ours at all."""

from sqlalchemy import Connection, Engine, Text, column, inspect, select, table

from watchdog.ledger import (  # noqa: F401  METADATA holds them
    alarm_tables,
    diagnosis_tables,
    engine,
    inquiry_tables,
)
from watchdog.ledger.errors import LedgerError
from watchdog.ledger.tables import METADATA

# The newest of `migrations/versions`: known here so that Alembic, which takes long
# to import, is needed only when there is something to migrate.
REVISION = "0006"

VERSION_TABLE = "revision"


def usable_revision(opened: Engine) -> str | None:
    """Return a ledger's revision, at most ours; None if it is new.

    Raise `LedgerError` if it is a newer program's, or these are no tables of ours.
    """
    with opened.connect() as connection:
        revision = revision_of(connection)
    if revision and revision > REVISION:
        raise LedgerError(
            "The ledger {name} was written by a newer version of this program"
            " (schema {revision}, ours is {ours}): upgrade.",
            name=engine.name_of(opened.url),
            revision=revision,
            ours=REVISION,
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
            "The database belongs to another program: it has a table {table}."
            " Give the ledger a database of its own.",
            table=taken[0],
        )
    return None
