"""Open a ledger of any age: make it, bring it up to date, or refuse it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Engine

from watchdog.ledger import engine
from watchdog.ledger.ledger import Ledger
from watchdog.ledger.revision import REVISION, usable_revision


@asynccontextmanager
async def open_ledger(url: str) -> AsyncIterator[Ledger]:
    """Give the ledger at `url`, made or migrated if need be.

    `url` as in the configuration: `sqlite:////absolute/path.db` or
    `postgresql://user:password@host/database`.  Raise `LedgerError` with a
    sentence if it cannot be used.
    """
    opened = engine.create(url)
    ledger = Ledger(opened)
    try:
        await ledger.call(partial(_bring_up_to_date, opened))
        yield ledger
    finally:
        await asyncio.to_thread(ledger.close)


def _bring_up_to_date(opened: Engine) -> None:
    if usable_revision(opened) != REVISION:
        from watchdog.ledger import migrating  # noqa: PLC0415  imports Alembic

        migrating.migrate(opened)
