"""A SQLite ledger is the file that others find, or it is lost: and that is said."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.world.facts import M1, submission
from watchdog.ledger import Ledger, LedgerLost, open_ledger


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
async def ledger(sqlite_url: str) -> AsyncIterator[Ledger]:
    async with open_ledger(sqlite_url) as opened:
        await opened.key()
        yield opened


def delete(path: Path) -> None:
    path.unlink()


def move_away(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def replace(path: Path) -> None:
    copy = path.with_name("copy.db")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    copy.replace(path)


def lose_the_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("befalls", [delete, move_away, replace, lose_the_folder])
async def test_nobody_goes_on_in_a_file_that_others_do_not_find(
    ledger: Ledger, path: Path, befalls: Callable[[Path], None]
) -> None:
    befalls(path)
    was_there = path.exists()

    with pytest.raises(LedgerLost, match="deleted, moved or replaced"):
        await ledger.claim_beat(submission())
    with pytest.raises(LedgerLost):
        await ledger.submission(M1)

    assert path.exists() is was_there, "nothing was made in its place"


async def test_a_file_that_came_back_is_the_ledger_again(
    ledger: Ledger, path: Path
) -> None:
    away = path.with_name("elsewhere.db")
    path.rename(away)
    with pytest.raises(LedgerLost):
        await ledger.claim_beat(submission())

    away.rename(path)

    assert await ledger.claim_beat(submission())


async def test_a_path_with_signs_of_an_address_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "50 % of #all ä" / "watchdog.db"
    async with open_ledger(f"sqlite:///{path}") as ledger:
        await ledger.key()

    assert [file.name for file in path.parent.iterdir()] == ["watchdog.db"]
