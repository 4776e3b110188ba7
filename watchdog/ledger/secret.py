"""The key by which our markers are signed: made once, kept with the ledger."""

import secrets

from sqlalchemy import Connection, select

from watchdog.ledger import tables
from watchdog.ledger.rows import insert

KEY_BYTES = 32


def kept_key(connection: Connection) -> bytes | None:
    """Return the ledger's key, or None if nobody has asked for it yet."""
    secret: bytes | None = connection.scalar(select(tables.key.c.secret))
    return secret


def make_key(connection: Connection) -> bytes:
    """Make the key; of two who come at once the first makes it, and both have it."""
    new = insert(connection, tables.key).values(
        id=1, secret=secrets.token_bytes(KEY_BYTES)
    )
    connection.execute(new.on_conflict_do_nothing())
    secret: bytes = connection.execute(select(tables.key.c.secret)).scalar_one()
    return secret
