"""The door to databases: reads alone, and says in a sentence what is in the way."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from tests.loopback.stores.conftest import (
    ELSEWHERE,
    PASSWORD,
    SINCE,
    admin,
    all_of,
    mysql_url,
)
from tests.world.process import free_ports

STORES_PAGE = (Path(__file__).parents[3] / "docs/stores.md").read_text(encoding="utf-8")


def write(connection: Connection) -> None:
    connection.execute(text("INSERT INTO kept (id) VALUES (2)"))
    connection.commit()


def count(connection: Connection) -> object:
    return connection.scalar(text("SELECT count(*) FROM kept"))


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "a site's #1 100%.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE kept (id integer primary key, at text)")
        connection.execute("INSERT INTO kept (id) VALUES (1)")
    connection.close()
    return path


async def test_mariadb_refuses_what_we_would_write(own, database):
    own.run("CREATE TABLE kept (id int primary key) ENGINE MyISAM")
    own.run("INSERT INTO kept VALUES (1)")
    reading = await database(own.url)

    with pytest.raises(Unintelligible, match="1792"):
        await reading.ask(write)

    assert await reading.ask(count) == 1


async def test_postgresql_refuses_what_we_would_write(postgres, postgres_url, database):
    name = postgres_url.rpartition("/")[2]
    postgres.execute("CREATE TABLE kept (id int primary key)", database=name)
    postgres.execute("INSERT INTO kept VALUES (1)", database=name)
    reading = await database(postgres_url)

    with pytest.raises(Unintelligible, match="25006"):
        await reading.ask(write)

    assert await reading.ask(count) == 1


async def test_sqlite_refuses_what_we_would_write(a_file, database):
    reading = await database(f"sqlite:///{a_file}".replace("%", "%25"))

    with pytest.raises(Refused):
        await reading.ask(write)

    assert await reading.ask(count) == 1


async def test_a_wrong_password_is_said_and_not_shown(mariadb, bakery, opened):
    url = mysql_url(mariadb, bakery).replace("p%40ss", "hunter2")

    with pytest.raises(Refused, match="refused the user or the password") as caught:
        await opened("flamingo", url).read(since=SINCE)

    assert "hunter2" not in str(caught.value)


async def test_a_wrong_password_of_postgresql_is_said(postgres, opened):
    url = postgres.url("postgres", password="hunter2")

    with pytest.raises(Refused, match="refused the user or the password"):
        await opened("wagtail", url).read(since=SINCE)


async def test_an_unknown_database_is_said(mariadb, postgres, opened):
    for url in (mysql_url(mariadb, "nowhere"), postgres.url("nowhere")):
        with pytest.raises(Refused, match="has no database of that name"):
            await opened("wagtail", url).read(since=SINCE)


async def test_a_server_that_is_not_there_is_said(opened):
    [port] = free_ports(1)
    for scheme in ("mysql", "postgresql"):
        url = f"{scheme}://user:secret@127.0.0.1:{port}/site"
        with pytest.raises(Unreachable, match="cannot be reached"):
            await opened("wagtail", url).read(since=SINCE)


@pytest.mark.parametrize(
    "words", [b"220 mail ESMTP\r\n", b"\0" * 99, b"\xff" * 99], ids=len
)
async def test_a_server_that_is_no_database_is_said(opened, words):
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for scheme in ("mysql", "postgresql"):
            url = f"{scheme}://user:secret@127.0.0.1:{port}/site"
            with pytest.raises(ProbeError):
                await opened("wagtail", url).read(since=SINCE)


async def test_a_file_that_is_no_database_is_said(tmp_path, opened):
    page = tmp_path / "page.html"
    page.write_text("<html>" * 1000)
    with pytest.raises(Unintelligible, match="no SQLite database"):
        await opened("wagtail", f"sqlite:///{page}").read(since=SINCE)
    with pytest.raises(Refused, match="Is the file there"):
        await opened("wagtail", f"sqlite:///{tmp_path}/none.db").read(since=SINCE)
    assert not (tmp_path / "none.db").exists()


async def test_tables_that_are_not_there_are_said_with_those_that_are(own, opened):
    columns = "form_id bigint primary key, form_value text, form_date datetime"
    own.run(f"CREATE TABLE shop_db7_forms ({columns})")
    store = opened("flamingo", own.url)

    with pytest.raises(Refused, match=r"no tables of Flamingo.*CFDB7 \(shop_…\)"):
        await store.read(since=SINCE)


async def test_a_column_that_is_not_there_is_said(own, opened):
    own.run("CREATE TABLE wp_db7_forms (form_id bigint, form_value text)")
    store = opened("cfdb7", own.url)

    with pytest.raises(Refused, match="wp_db7_forms has no column form_date"):
        await store.read(since=SINCE)


async def test_a_right_that_is_missing_is_said(mariadb, bakery, opened):
    with admin(mariadb) as connection:
        connection.cursor().execute(
            f"CREATE OR REPLACE USER narrow@localhost IDENTIFIED BY '{PASSWORD}'"
        )
        connection.cursor().execute(
            "GRANT SELECT ON bakery.wp_posts TO narrow@localhost"
        )
    store = opened("cfdb7", mysql_url(mariadb, bakery, user="narrow"))

    with pytest.raises(Refused, match="does not let this user read that"):
        await store.read(since=SINCE)


async def test_the_rights_that_the_documentation_grants_are_enough(
    mariadb, bakery, opened
):
    grants = re.findall(r"GRANT SELECT .*\.wp_.*(?=;)", STORES_PAGE)
    with admin(mariadb) as connection:
        run = connection.cursor().execute
        run(f"CREATE OR REPLACE USER watchdog@localhost IDENTIFIED BY '{PASSWORD}'")
        for grant in grants:
            run(grant.replace("riverside", bakery))
    url = mysql_url(mariadb, bakery, user="watchdog")

    assert len(grants) == 7
    for kind, form in (("cfdb7", "Contact"), ("flamingo", "contact-form-1")):
        assert await all_of(opened(kind, url, form=form))


async def test_a_lost_connection_is_made_anew(mariadb, bakery, opened):
    store = opened("flamingo", mysql_url(mariadb, bakery))
    await store.read(since=SINCE)
    with admin(mariadb) as connection:
        connection.cursor().execute("KILL USER reader@localhost")

    assert len(await all_of(store)) == 3


async def test_a_question_that_takes_too_long_is_ended(mariadb, bakery, database):
    def slow(connection: Connection) -> None:
        connection.execute(text("SET SESSION max_statement_time = 0.05"))
        connection.execute(text("SELECT SLEEP(100)"))

    with pytest.raises(Refused, match="took too long") as caught:
        await (await database(mysql_url(mariadb, bakery))).ask(slow)

    assert not caught.value.permanent


@pytest.mark.parametrize(
    "url",
    [
        "hunter2",
        "mysql://user:hunter2@host:port/name",
        "oracle://user:hunter2@host/name",
        "mysql://user:hunter2@host",
        "mysql://user:hunter2@host/name?read_default_file=/etc/passwd",
        "mysql://user:hunter2@host/name?local_infile=1",
        "postgresql://user:hunter2@127.0.0.1/name?host=far.example",
        "postgresql://user:hunter2@/name?host=far.example",
        "postgresql://user:hunter2@/name?host=/run&host=far.example",
        "sqlite://",
    ],
)
async def test_an_address_that_is_none_of_ours_is_refused_and_not_shown(url, opened):
    with pytest.raises(Refused) as caught:
        await opened("wagtail", url).read(since=SINCE)
    assert "hunter2" not in str(caught.value)


async def test_a_server_elsewhere_must_offer_encryption(postgres, opened):
    url = postgres.url("postgres").replace("127.0.0.1", ELSEWHERE)

    with pytest.raises(Refused, match="offers no encryption"):
        await opened("wagtail", url).read(since=SINCE)
    with pytest.raises(Refused, match="no tables of Wagtail"):
        await opened("wagtail", url, insecure_login=True).read(since=SINCE)


async def test_a_server_elsewhere_must_be_one_that_we_can_trust(
    mariadb, bakery, opened, authority, tmp_path
):
    ca = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    url = mysql_url(mariadb, bakery).replace("127.0.0.1", ELSEWHERE)
    another = url.replace(ELSEWHERE, "127.0.1")

    with pytest.raises(Unreachable, match="a certificate that we cannot trust"):
        await opened("wagtail", url).read(since=SINCE)
    with pytest.raises(Unreachable, match="a certificate that we cannot trust"):
        await opened("wagtail", another, ca=ca).read(since=SINCE)
    assert await all_of(opened("wagtail", url, ca=ca))
