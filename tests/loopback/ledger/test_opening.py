"""Opening a ledger: made, migrated, or refused with a sentence."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tests.world.facts import M1, answered, submission
from tests.world.postgres import Postgres
from watchdog.ledger import Ledger, LedgerError, engine, open_ledger, tables
from watchdog.ledger.errors import translated
from watchdog.ledger.migrating import configuration
from watchdog.ledger.revision import REVISION
from watchdog.ledger.rows import values

OPEN_AND_SAY = """
import asyncio, sys
from watchdog.ledger import open_ledger

async def main(url):
    async with open_ledger(url) as ledger:
        print((await ledger.key()).hex(), "alembic" in sys.modules)

asyncio.run(main(sys.argv[1]))
"""


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def start(url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", OPEN_AND_SAY, url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process: "subprocess.Popen[str]") -> list[str]:
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return said.split()


async def open_and_close(url: str) -> None:
    async with open_ledger(url):
        pass


def set_revision(url: str, revision: str) -> None:
    with closing(sqlite3.connect(path_of(url))) as connection, connection:
        connection.execute("UPDATE revision SET version_num = ?", [revision])


async def test_what_was_written_is_there_when_opened_again(url: str) -> None:
    async with open_ledger(url) as ledger:
        await ledger.claim_beat(submission())
        key = await ledger.key()

    async with open_ledger(url) as ledger:
        assert await ledger.submission(M1) == submission()
        assert await ledger.key() == key


async def test_a_new_file_and_its_folder_are_for_us_alone(sqlite_url: str) -> None:
    async with open_ledger(sqlite_url) as ledger:
        await ledger.key()
        folder = path_of(sqlite_url).parent
        modes = {
            file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()
        }

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(
        ["watchdog.db", "watchdog.db-wal", "watchdog.db-shm"], 0o600
    )


async def test_programs_that_start_at_once_share_one_new_ledger(url: str) -> None:
    said = [finish(process) for process in [start(url) for _ in range(4)]]

    assert len({key for key, _ in said}) == 1


async def test_a_ledger_that_is_up_to_date_opens_without_alembic(url: str) -> None:
    await open_and_close(url)

    [_, imported] = finish(start(url))

    assert imported == "False"


def test_the_newest_migration_is_the_revision_that_we_know() -> None:
    with create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))

    assert scripts.get_current_head() == REVISION


async def test_the_migrations_make_the_tables_that_we_use(url: str) -> None:
    await open_and_close(url)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    kind, _, rest = url.partition(":")
    plain = create_engine(f"{driver[kind]}:{rest}")

    with plain.connect() as connection:
        command.check(configuration(connection))
    plain.dispose()


async def make_first_ledger(url: str) -> None:
    """Make a ledger as the first release left it, with rows in it."""
    opened = engine.create(url)
    first = {**values(submission()), "judge_at": submission().due_at, "awaited": True}
    del first["way"]  # a form was the only one
    with opened.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(tables.submission.insert(), first)
    opened.dispose()


async def test_an_older_ledger_is_brought_up_to_date_with_its_rows(url: str) -> None:
    await make_first_ledger(url)

    async with open_ledger(url) as ledger:
        assert await ledger.submission(M1) == submission()
        assert await ledger.open_incidents() == []


async def test_before_it_is_changed_an_older_ledger_is_copied(sqlite_url: str) -> None:
    await make_first_ledger(sqlite_url)
    await open_and_close(sqlite_url)

    copy = path_of(sqlite_url).with_name(f"watchdog.db.before-{REVISION}")
    with closing(sqlite3.connect(copy)) as connection:
        [revision] = connection.execute("SELECT version_num FROM revision")
        [marker] = connection.execute("SELECT marker FROM submission")

    assert (revision, marker) == (("0001",), (M1,))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


async def test_a_new_ledger_needs_no_copy(sqlite_url: str) -> None:
    await open_and_close(sqlite_url)

    assert [*path_of(sqlite_url).parent.glob("*before*")] == []


async def test_programs_that_start_at_once_migrate_an_older_ledger_once(
    url: str,
) -> None:
    await make_first_ledger(url)

    for process in [start(url) for _ in range(3)]:
        finish(process)

    async with open_ledger(url) as ledger:
        assert await ledger.submission(M1) == submission()


async def test_a_newer_ledger_is_refused(sqlite_url: str) -> None:
    await open_and_close(sqlite_url)
    set_revision(sqlite_url, "9999")

    with pytest.raises(LedgerError, match="newer version of this program"):
        await open_and_close(sqlite_url)


async def test_another_programs_database_is_refused(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute('CREATE TABLE "answer" (id INTEGER)')

    with pytest.raises(LedgerError, match="belongs to another program"):
        await open_and_close(sqlite_url)


async def test_a_file_that_is_no_database_is_refused(sqlite_url: str) -> None:
    path = path_of(sqlite_url)
    path.parent.mkdir()
    path.write_text("My diary. Dear diary, today I was mistaken for a database." * 20)

    with pytest.raises(LedgerError, match="is no SQLite database"):
        await open_and_close(sqlite_url)


async def test_a_damaged_ledger_is_told_as_damaged(sqlite_url: str) -> None:
    async with open_ledger(sqlite_url) as ledger:
        await ledger.claim_beat(submission())
    path = path_of(sqlite_url)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))

    with pytest.raises(LedgerError, match="is damaged"):
        async with open_ledger(sqlite_url) as ledger:
            await ledger.submission(M1)


async def test_a_path_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(LedgerError, match="Not a directory"):
        await open_and_close(f"sqlite:///{tmp_path}/file/state/watchdog.db")


async def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        await open_and_close(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("", "must look like"),
        ("watchdog.db", "must look like"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://root:hunter2@localhost/x", "cannot be kept in mysql"),
    ],
)
async def test_an_address_that_is_none_of_ours_is_refused(
    wrong: str, words: str
) -> None:
    with pytest.raises(LedgerError, match=words) as refusal:
        await open_and_close(wrong)

    assert "hunter2" not in str(refusal.value)


async def test_a_wrong_password_is_told_and_not_shown(postgres: Postgres) -> None:
    with pytest.raises(LedgerError, match="refused the user or the password") as told:
        await open_and_close(postgres.url("postgres", password="hunter2"))

    assert "hunter2" not in str(told.value)


async def test_a_database_that_is_not_there_is_told(postgres: Postgres) -> None:
    with pytest.raises(LedgerError, match="has no database of that name"):
        await open_and_close(postgres.url("nowhere"))


async def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(LedgerError, match="cannot be reached"):
        await open_and_close("postgresql://watchdog@127.0.0.1:1/watchdog")


async def test_a_server_that_only_reads_is_told(postgres: Postgres) -> None:
    url = postgres.create("standby")
    postgres.execute("ALTER DATABASE standby SET default_transaction_read_only = on")

    with pytest.raises(LedgerError, match="is read-only"):
        await open_and_close(url)


async def test_a_user_without_rights_is_told(postgres: Postgres) -> None:
    url = postgres.create("foreign")
    postgres.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    place = url.rpartition("@")[2]

    with pytest.raises(LedgerError, match="does not let this user"):
        await open_and_close(f"postgresql://stranger:stranger@{place}")


async def test_a_connection_that_died_meanwhile_is_replaced(
    postgres: Postgres, postgres_url: str
) -> None:
    async with open_ledger(postgres_url) as ledger:
        key = await ledger.key()
        postgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname <> 'postgres'"
        )

        assert await ledger.key() == key


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("PRAGMA max_page_count = 1; CREATE TABLE more (x)", "disk is full"),
        ("PRAGMA query_only = on; CREATE TABLE more (x)", "is read-only"),
    ],
)
def test_what_befalls_a_file_is_told(
    tmp_path: Path, statement: str, words: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE first (x)")
        with pytest.raises(LedgerError, match=words), translated("x.db"):
            connection.executescript(statement)


def test_a_ledger_that_another_program_holds_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with (
            closing(sqlite3.connect(path, timeout=0)) as connection,
            pytest.raises(LedgerError, match="is locked"),
            translated("x.db"),
        ):
            connection.execute("CREATE TABLE more (x)")


async def test_a_bug_of_ours_is_not_called_trouble_of_the_ledger(
    ledger: Ledger,
) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key") as bug:
        await ledger.record_answer(answered())

    assert not isinstance(bug.value, LedgerError)


async def test_a_task_that_is_cancelled_leaves_the_ledger_usable(
    ledger: Ledger,
) -> None:
    for number in range(20):
        task = asyncio.create_task(ledger.claim_beat(submission(f"m{number}")))
        for _ in range(number):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    await ledger.claim_beat(submission("m"))

    assert len(await ledger.key()) == 32
