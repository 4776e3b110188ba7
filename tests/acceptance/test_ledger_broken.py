"""Where the ledger breaks, its people hear of it, and it mends as soon as it can."""

import asyncio
import os
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world import command
from tests.world.kennel import BOUND, Kennel, kennel, until
from tests.world.owner import owner
from watchdog.model import Outcome

CANNOT = "The watchdog of your contact forms cannot work"
AGAIN = "The watchdog of your contact forms works again"
DEADLINE = timedelta(minutes=2)
Fault = Callable[[Path, int], AbstractAsyncContextManager[None]]
"""Given the ledger and the daemon's process."""

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
CONFIG = """\
[watchdog]
ledger = "sqlite:///state/watchdog.db"
contact = "it@example.test"

[mailbox.box]
kind = "maildir"
path = "box"

[[check]]
name = "Contact form"
mailbox = "box"
every = "0 0 29 2 *"
form.url = "http://127.0.0.1:9/contact"
"""


def damage(ledger: Path) -> None:
    """Write over all of a file but its first page."""
    size = ledger.stat().st_size
    with ledger.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))


def age(ledger: Path, revision: str) -> None:
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE revision SET version_num = ?", [revision])


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("damaged", ("check", "--scheduled")),
        ("newer", ("run",)),
        ("no database", ("run",)),
    ],
)
async def test_at_each_start_in_vain_one_sentence_and_once_a_mail(
    tmp_path: Path, fault: str, arguments: tuple[str, ...]
) -> None:
    async with owner(token="secret") as told:
        config, ledger = tmp_path / "config.toml", tmp_path / "state" / "watchdog.db"
        (tmp_path / "box" / "new").mkdir(parents=True)
        (tmp_path / "secret").touch(mode=0o600)
        config.write_text(CONFIG)
        told.is_told_of(config, token="secret")
        await asyncio.to_thread(command.run, config, "check", "--scheduled")
        if fault == "damaged":
            damage(ledger)
        elif fault == "newer":
            age(ledger, "9999")
        else:
            ledger.write_text("My diary." * 1000)

        ends = [
            await asyncio.to_thread(command.run, config, *arguments) for _ in range(2)
        ]
        mails = await told.mails()

    assert [ended.code for ended in ends] == [3, 3]
    assert all("The ledger" in ended.talk for ended in ends)
    assert not any("Traceback" in ended.talk for ended in ends)
    assert [mail["Subject"] for mail in mails] == [CANNOT]


def ledger_of(dogs: Kennel) -> Path:
    return dogs.config.with_name("watchdog.db")


async def cried(dogs: Kennel) -> list[str]:
    """Return what the owner heard about the watchdog itself, oldest first."""
    subjects = [str(mail["Subject"]) for mail in await dogs.mails()]
    return [subject for subject in subjects if subject.startswith("The watchdog")]


async def has_cried(dogs: Kennel, *wanted: str) -> bool:
    return await cried(dogs) == [*wanted]


@asynccontextmanager
async def unwritable(_ledger: Path, daemon: int) -> AsyncIterator[None]:
    """Let no file of the daemon's grow, as if the disk were at its end."""
    resource.prlimit(daemon, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    yield
    resource.prlimit(daemon, resource.RLIMIT_FSIZE, UNLIMITED)


@asynccontextmanager
async def locked(ledger: Path, _daemon: int) -> AsyncIterator[None]:
    """Hold the ledger, as a program that hangs would."""
    with closing(sqlite3.connect(ledger, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def breaks_and_mends(dogs: Kennel, fault: Fault, words: str) -> None:
    """Let a fault last until the owner hears of it, and wait until he hears the end."""
    dog = await dogs.start()
    await until(lambda: dogs.has_found(Outcome.DELIVERED, times=1))
    async with fault(ledger_of(dogs), dog.process.pid):
        await until(lambda: has_cried(dogs, CANNOT))
    before = len(dogs.sent)
    await until(lambda: has_cried(dogs, CANNOT, AGAIN))
    assert await dog.end() == 0

    first = next(mail for mail in await dogs.mails() if mail["Subject"] == CANNOT)
    body = first.get_body(("plain",))
    assert body is not None
    assert words in " ".join(body.get_content().split())
    assert len(dogs.sent) > before, "it goes on by itself"
    assert len(dogs.sent) == len(set(dogs.sent))
    outcomes = {verdict.outcome for verdict in await dogs.verdicts()}
    assert Outcome.MISSING not in outcomes


async def test_what_befalls_the_ledger_of_a_daemon_is_told_until_it_mends_by_itself(
    tmp_path: Path,
) -> None:
    folders = tmp_path / "one", tmp_path / "other"
    for folder in folders:
        folder.mkdir()
    async with (
        kennel(folders[0], deadline=DEADLINE) as one,
        kennel(folders[1], deadline=DEADLINE) as other,
        asyncio.TaskGroup() as group,
    ):
        full = breaks_and_mends(one, unwritable, "the disk reports an error")
        group.create_task(full)
        group.create_task(breaks_and_mends(other, locked, "is locked"))


async def test_a_copy_moved_into_the_place_of_a_damaged_ledger_mends_it(
    tmp_path: Path,
) -> None:
    async with kennel(tmp_path, deadline=DEADLINE) as dogs:
        ledger, copy = ledger_of(dogs), tmp_path / "copy.db"
        with closing(sqlite3.connect(ledger)) as source:
            with closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            dog = await dogs.start()
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            damage(ledger)
            source.execute("PRAGMA user_version = 1")  # lets others read anew
            await until(lambda: has_cried(dogs, CANNOT))
        for name in ("watchdog.db-wal", "watchdog.db-shm"):
            ledger.with_name(name).unlink(missing_ok=True)
        copy.replace(ledger)
        async with asyncio.timeout(BOUND):
            assert await dog.ended() == 3
        await dogs.start()
        await until(lambda: has_cried(dogs, CANNOT, AGAIN))

    assert await dog.has_said("is damaged")
    assert await dog.has_said("deleted, moved or replaced")


async def test_a_daemon_whose_ledger_is_deleted_says_so_and_ends(
    tmp_path: Path,
) -> None:
    async with kennel(tmp_path, deadline=DEADLINE) as dogs:
        dog = await dogs.start()
        for file in tmp_path.glob("watchdog.db*"):
            file.unlink()
        async with asyncio.timeout(BOUND):
            assert await dog.ended() == 3
        is_made_anew = ledger_of(dogs).exists()
        assert await has_cried(dogs, CANNOT)
        next_one = await dogs.start()
        await until(lambda: next_one.has_said("submission.answered"))
        assert await next_one.end() == 0

    assert not is_made_anew, "nobody writes into a file that he did not find"
