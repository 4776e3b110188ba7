"""What the doctor finds wrong with the store of a check."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.loopback.doctor.examine import NOW, diagnosed, examine
from tests.world.nameserver import Nameserver

CSV = 'kind     = "csv"\npath     = "inquiries.csv"'
FLAMINGO = 'kind = "cfdb7"\ndatabase = { command = "cat database" }'
FIELDS = 'a:1:{s:12:"your-message";s:5:"Hello";}'


@contextmanager
def site(folder: Path) -> Iterator[sqlite3.Connection]:
    (folder / "database").write_text(f"sqlite:///{folder}/site.db")
    connection = sqlite3.connect(folder / "site.db", isolation_level=None)
    try:
        connection.executescript("""
            CREATE TABLE wp_options (option_name text, option_value text);
            CREATE TABLE wp_db7_forms (form_id integer primary key,
                form_post_id integer, form_value text, form_date text);
            CREATE TABLE wp_evf_entries (entry_id integer primary key, form_id integer,
                referer text, fields text, status text, date_created text);
            """)
        yield connection
    finally:
        connection.close()


@pytest.fixture
def swap(config: Path) -> tuple[str, str]:
    kept = FLAMINGO.replace("cat database", f"cat {config.parent}/database")
    return CSV, kept


def stamp(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}"


def write(connection: sqlite3.Connection, when: datetime, value: str = FIELDS) -> None:
    connection.execute(
        "INSERT INTO wp_db7_forms (form_value, form_date) VALUES (?, ?)",
        (value, stamp(when)),
    )


async def test_how_much_is_in_a_store_is_told(
    config: Path, dns: Nameserver, swap: tuple[str, str]
) -> None:
    with site(config.parent) as connection:
        write(connection, NOW - timedelta(days=40))
        write(connection, NOW - timedelta(days=2))

        found = await diagnosed(config, dns, swap)

    (told,) = [f.sentence for section, f in found if section.startswith("Store ")]
    assert told.startswith("The store can be read: 1 inquiry in the last 31 days, ")


async def test_a_newer_store_in_the_same_database_is_told(
    config: Path, dns: Nameserver, swap: tuple[str, str]
) -> None:
    with site(config.parent) as connection:
        write(connection, NOW - timedelta(days=20))
        connection.execute(
            "INSERT INTO wp_evf_entries VALUES (1, 1, '', '{}', 'publish', ?)",
            [stamp(NOW - timedelta(days=1))],
        )

        told = await examine(config, dns, swap)

    assert (
        "warning|Newer entries are in other stores of the same database: Everest"
        in told
    )
    assert 'Everest Forms (kind = "everest")' in told


async def test_what_cannot_be_understood_is_told(
    config: Path, dns: Nameserver, swap: tuple[str, str]
) -> None:
    with site(config.parent) as connection:
        write(connection, NOW, "a:1:{s:4:")

        told = await examine(config, dns, swap)

    assert "warning|Not all in the store can be understood. Entry 1: " in told


async def test_tables_that_are_not_there_are_told(
    config: Path, dns: Nameserver, swap: tuple[str, str]
) -> None:
    with site(config.parent) as connection:
        connection.execute("DROP TABLE wp_db7_forms")

        told = await examine(config, dns, swap)

    assert "critical|There are no tables of CFDB7 here" in told
    assert "Everest Forms (wp_…)" in told
