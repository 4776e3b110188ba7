"""`stores` shows which records of inquiries are in a database, ready to be pasted."""

import json
import sqlite3
import tomllib
from pathlib import Path

import pytest

from tests.world import command


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Make a database with one store, and beside it what only looks like others."""
    path = tmp_path / "site.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("""
            CREATE TABLE site_db7_forms (form_id integer primary key,
                form_post_id integer, form_value text, form_date text);
            CREATE TABLE site_options (option_name text, option_value text);
            INSERT INTO site_options VALUES ('timezone_string', 'Europe/Berlin');
            INSERT INTO site_db7_forms VALUES (1, 7, 'a:0:{}', '2026-07-01 14:00:05');
            INSERT INTO site_db7_forms VALUES (2, 8, 'a:0:{}', '2026-06-01 14:00:05');
            CREATE TABLE "x""\n[watchdog]_db7_forms" AS SELECT * FROM site_db7_forms;
            CREATE TABLE posts (title text);
            """)
    connection.close()
    return path


def test_what_it_prints_is_a_store_of_the_configuration(
    tmp_path: Path, database: Path
) -> None:
    ended = command.run(
        tmp_path / "none.toml", "stores", "DB", DB=f"sqlite:///{database}"
    )

    assert ended.code == 0
    assert ended.out.startswith("# CFDB7: 2 entries, the newest of 2026-07-01 ")
    assert tomllib.loads(ended.out) == {
        "check": {
            "store": {"kind": "cfdb7", "database": {"env": "DB"}, "prefix": "site_"}
        }
    }
    assert "# form = one of: 7, 8" in ended.out


def test_scripts_are_told_the_same_as_json(tmp_path: Path, database: Path) -> None:
    url = f"sqlite:///{database}"
    ended = command.run(tmp_path / "none.toml", "stores", "DB", "--json", DB=url)

    (found,) = json.loads(ended.out)
    assert found["newest_at"] == "2026-07-01T12:00:05+00:00"
    assert (found["kind"], found["entries"]) == ("cfdb7", 2)


def test_a_database_without_a_store_is_said(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.db").close()
    (tmp_path / "empty.db").touch()
    url = f"sqlite:///{tmp_path}/empty.db"
    ended = command.run(tmp_path / "none.toml", "stores", "DB", DB=url)

    assert (ended.code, ended.out.strip()) == (3, "")
    assert "No store that we know has entries there." in ended.talk


def test_a_variable_that_is_not_set_is_said(tmp_path: Path) -> None:
    ended = command.run(tmp_path / "none.toml", "stores", "DB")

    assert (ended.code, ended.out) == (3, "")
    assert "the environment variable DB, which is not set" in ended.talk
