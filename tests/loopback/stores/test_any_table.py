"""Any table is read, whatever its columns are called, in three kinds of databases."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from probes.errors import Refused
from probes.stores.sql_settings import TableColumns
from tests.loopback.stores.conftest import SINCE, all_of
from tests.loopback.stores.site import EMAIL, MESSAGE, NAME, PHONE, SUBJECT, WHEN

PLAIN = MESSAGE.replace("'", "''")
VALUES = f"('O''Brien', 'Zoë', '{EMAIL}', '{PHONE}', '{SUBJECT}', '{PLAIN}'"
FIELDS = "last_name, first_name, email, phone, topic, body"


@dataclass
class Tables:
    """A place for tables, which takes statements in its own way."""

    url: str
    run: Callable[[str], object]


@pytest.fixture(params=["sqlite", "in_postgres", "in_mariadb"])
def place(request) -> Tables:
    return request.getfixturevalue(request.param)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Tables]:
    connection = sqlite3.connect(tmp_path / "site.db", isolation_level=None)
    yield Tables(f"sqlite:///{tmp_path}/site.db", connection.execute)
    connection.close()


@pytest.fixture
def in_mariadb(own) -> Tables:
    return Tables(own.url, lambda sql: own.run(sql.replace("\\", "\\\\")))


@pytest.fixture
def in_postgres(postgres, postgres_url) -> Tables:
    name = postgres_url.rpartition("/")[2]
    return Tables(postgres_url, lambda sql: postgres.execute(sql, database=name))


def make(place: Tables, when: str = "", at: str = f"'{WHEN:%F %T}'") -> None:
    when = when or ("datetime" if "mysql" in place.url else "timestamp")
    place.run(
        "CREATE TABLE contact_message (id integer primary key, last_name varchar(80),"
        " first_name varchar(80), email varchar(80), phone varchar(40), topic text,"
        f" body text, state varchar(20), created_at {when} NULL)"
    )
    for number, state in enumerate(("new", "spam", "deleted"), 1):
        place.run(
            f"INSERT INTO contact_message (id, {FIELDS}, state, created_at)"
            f" VALUES ({number}, {VALUES[1:]}, '{state}', {at})"
        )


async def test_columns_are_known_by_their_types_and_names(place, opened):
    make(place)

    entry, *_ = await all_of(opened("django", place.url, table="contact_message"))
    assert (entry.id, entry.submitted_at) == ("1", WHEN)
    assert (entry.name, entry.email, entry.phone) == (NAME, EMAIL, PHONE)
    assert (entry.subject, entry.message) == (SUBJECT, MESSAGE)
    assert entry.fields["state"] == "new"


async def test_columns_that_the_configuration_names_are_believed(place, opened):
    make(place)
    columns = TableColumns(name="topic", message="last_name", status="state")

    store = opened("table", place.url, table="contact_message", columns=columns)
    good, spam = await all_of(store)
    assert (good.name, good.message) == (SUBJECT, "O'Brien")
    assert (good.is_spam, spam.is_spam) == (False, True)


async def test_a_time_without_a_zone_is_in_the_one_that_is_named(place, opened):
    make(place)

    store = opened(
        "table", place.url, table="contact_message", timezone="Europe/Berlin"
    )
    assert (await all_of(store))[0].submitted_at == WHEN.replace(hour=10)


async def test_seconds_since_1970_are_understood(place, opened):
    make(place, "bigint", f"{WHEN:%s}")
    columns = TableColumns(submitted_at="created_at")

    store = opened("table", place.url, table="contact_message", columns=columns)
    assert (await all_of(store))[0].submitted_at == WHEN


async def test_a_table_that_is_not_there_is_said_with_those_that_are(place, opened):
    make(place)

    with pytest.raises(Refused, match="no table inquiries; there are: contact_message"):
        await opened("table", place.url, table="inquiries").read(since=SINCE)


async def test_a_column_that_is_not_there_is_said_with_those_that_are(place, opened):
    make(place)
    store = opened(
        "table", place.url, table="contact_message", columns=TableColumns(email="mail")
    )
    with pytest.raises(Refused, match="no column mail; it has: id, last_name"):
        await store.read(since=SINCE)


async def test_a_table_that_nothing_counts_is_refused(place, opened):
    place.run("CREATE TABLE log (word varchar(20) primary key, at timestamp NULL)")

    with pytest.raises(Refused, match="does not count the rows"):
        await opened("table", place.url, table="log").read(since=SINCE)


async def test_a_table_without_a_time_is_refused(place, opened):
    place.run("CREATE TABLE log (id integer primary key, word varchar(20))")

    with pytest.raises(Refused, match=r"columns\.submitted_at"):
        await opened("table", place.url, table="log").read(since=SINCE)


async def test_names_that_mean_something_to_sql_are_names(place, opened):
    quote = "`" if "mysql" in place.url else '"'
    columns = "id integer primary key, ~order~ text, ~select-it~ timestamp NULL"
    rows = "VALUES (1, 'Do you bake it on Fridays?', '2026-07-01 12:00:00')"
    place.run(f"CREATE TABLE ~group~ ({columns})".replace("~", quote))
    place.run(f"INSERT INTO ~group~ {rows}".replace("~", quote))

    [entry] = await all_of(opened("table", place.url, table="group"))
    assert entry.message == "Do you bake it on Fridays?"


async def test_postgresqls_time_with_a_zone_is_what_it_is(in_postgres, opened):
    make(in_postgres, "timestamptz", "'2026-07-01 14:00:05+02'")

    store = opened(
        "table",
        in_postgres.url,
        table="public.contact_message",
        timezone="Asia/Tokyo",
    )
    assert (await all_of(store))[0].submitted_at == WHEN


async def test_a_mysql_timestamp_is_what_it_is(in_mariadb, opened):
    make(in_mariadb, "timestamp", f"FROM_UNIXTIME({WHEN.timestamp()})")

    store = opened(
        "table", in_mariadb.url, table="contact_message", timezone="Asia/Tokyo"
    )
    assert (await all_of(store))[0].submitted_at == WHEN


async def test_wagtails_own_table_is_read_from_all_three(place, opened):
    kind = "jsonb" if "postgres" in place.url else "text"
    when = "timestamptz" if "postgres" in place.url else "datetime"
    at = "2026-07-01 12:00:05" + "+00" * ("postgres" in place.url)
    place.run(
        "CREATE TABLE wagtailforms_formsubmission (id integer primary key,"
        f" form_data {kind}, submit_time {when}, page_id integer)"
    )
    place.run(
        f"""INSERT INTO wagtailforms_formsubmission VALUES (1,
        '{{"your_name": "Ann", "message": "Hello"}}', '{at}', 5)"""
    )

    [entry] = await all_of(opened("wagtail", place.url, form="5"))
    assert (entry.name, entry.message, entry.submitted_at) == ("Ann", "Hello", WHEN)


async def test_a_row_that_sqlite_keeps_in_no_known_way_hides_no_other(tmp_path, opened):
    with sqlite3.connect(tmp_path / "site.db") as connection:
        connection.execute(
            "CREATE TABLE mail (id integer primary key, at datetime, text text)"
        )
        for at in ("yesterday", 5, b"\xff", "2026-07-01T12:00:05Z"):
            connection.execute(
                "INSERT INTO mail (at, text) VALUES (?, CAST(? AS text))",
                (at, b"Caf\xe9 in the morning, please"),
            )
    connection.close()

    store = opened("table", f"sqlite:///{tmp_path}/site.db", table="mail")
    piece = await store.read(since=datetime(2026, 6, 1, tzinfo=UTC))
    assert [entry.id for entry in piece.entries] == ["4"]
    assert piece.entries[0].message == "Caf\ufffd in the morning, please"
