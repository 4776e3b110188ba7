"""The key by which our markers are signed: made once, kept with the ledger."""

import secrets

from sqlalchemy import select

from watchdog.ledger import tables
from watchdog.ledger.rows import insert
from watchdog.ledger.store import Store

KEY_BYTES = 32


async def key(store: Store) -> bytes:
    """Return the ledger's key, 32 random bytes; the first who asks makes it."""
    kept = select(tables.key.c.secret)
    async with store.reading() as connection:
        secret: bytes | None = await connection.scalar(kept)
    if secret is None:
        async with store.writing() as connection:
            # Two may come first at once: one insert wins, and both read that one.
            new = insert(connection, tables.key).values(
                id=1, secret=secrets.token_bytes(KEY_BYTES)
            )
            await connection.execute(new.on_conflict_do_nothing())
            secret = (await connection.execute(kept)).scalar_one()
    return bytes(secret)
