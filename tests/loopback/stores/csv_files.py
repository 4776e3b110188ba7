"""A CSV file of inquiries, and what is read of it."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from probes.stores.file_settings import Columns, CsvSettings
from probes.stores.open import open_store
from probes.stores.store import Entry, Piece, Store

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = "id,submitted_at,name,email,phone,message,status\n"
LONG_AGO = 1_000_000_000


def row(number: int, message: str = "Hello", status: str = "") -> str:
    at = f"2026-07-01T10:{number % 60:02}:00Z"
    address = f"ann{number}@example.org"
    return f"{number},{at},Ann,{address},+49 30 12345,{message},{status}\n"


def csv_store(path: Path, **columns: str) -> Store:
    return open_store(CsvSettings(path=path, columns=Columns(**columns)))


def write(path: Path, text: str | bytes) -> None:
    """Write a file that nobody has touched for long."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (LONG_AGO, LONG_AGO))


async def piece(store: Store, cursor: str = "", most: int = 500) -> Piece:
    return await store.read(since=SINCE, cursor=cursor, most=most)


async def all_of(store: Store, most: int = 3) -> Sequence[Entry]:
    entries: list[Entry] = []
    cursor, is_last = "", False
    while not is_last:
        read = await piece(store, cursor, most)
        entries += read.entries
        cursor, is_last = read.cursor, read.is_last
    return entries


def ids(read: Piece) -> list[str]:
    return [entry.id for entry in read.entries]
