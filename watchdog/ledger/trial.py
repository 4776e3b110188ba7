"""Whether a ledger could be used, found out without a change to it."""

import asyncio
import os
from pathlib import Path

from sqlalchemy import Engine, false, make_url
from sqlalchemy.exc import ArgumentError

from watchdog.ledger import engine
from watchdog.ledger.errors import LedgerError, translated
from watchdog.ledger.revision import REVISION, usable_revision
from watchdog.ledger.tables import submission


async def try_ledger(url: str) -> bool:
    """Return whether the ledger at `url` is there, and raise if it could not be used.

    What is not there yet must be possible to make.  Raises `LedgerError` as
    `open_ledger` does, but makes, migrates and writes nothing.
    """
    return await asyncio.to_thread(_try, url)


def _try(url: str) -> bool:
    file = file_of(url)
    if file is not None and not file.exists():
        _check_makeable(file)
        return False
    opened = engine.create(url)
    try:
        with translated(engine.name_of(opened.url)):
            revision = usable_revision(opened)
            if revision == REVISION:
                _write_nothing(opened)
    finally:
        opened.dispose()
    return revision is not None


def file_of(url: str) -> Path | None:
    """Return the file that a ledger is kept in, or None if it is on a server."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def folder_of(file: Path) -> Path:
    """Return the folder of `file`, or the nearest one above that exists."""
    return next(folder for folder in file.absolute().parents if folder.is_dir())


def _check_makeable(file: Path) -> None:
    nearest = next(above for above in file.absolute().parents if above.exists())
    if not nearest.is_dir():
        raise LedgerError(
            "The ledger {name} cannot be made: {folder} is no folder.",
            name=file,
            folder=nearest,
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise LedgerError(
            "The ledger {name} cannot be made: this user may not write in {folder}.",
            name=file,
            folder=nearest,
        )


def _write_nothing(opened: Engine) -> None:
    """Change no row: whoever may not write at all may not do that either."""
    with opened.execution_options(begin="IMMEDIATE").connect() as connection:
        connection.execute(submission.update().where(false()).values(awaited=false()))
        connection.rollback()
