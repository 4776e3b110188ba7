"""Many who write at the same time: together, and yet each by himself."""

import asyncio

import pytest
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import IntegrityError

from tests.world.facts import after, submission
from watchdog.ledger import Ledger, open_ledger, submissions, tables

MANY = [submission(f"m{number}", beat=after(minutes=number)) for number in range(250)]


async def markers(ledger: Ledger) -> set[str]:
    query = select(tables.submission.c.marker)
    return set(await ledger.read(lambda one: one.execute(query).scalars().all()))


async def test_each_of_many_is_told_that_his_own_was_written(ledger: Ledger) -> None:
    twice = [one for one in MANY for _ in range(2)]

    heard = await asyncio.gather(*map(ledger.claim_beat, twice))

    pairs = zip(heard[::2], heard[1::2], strict=True)
    assert all(sorted(pair) == [False, True] for pair in pairs)
    assert await markers(ledger) == {one.marker for one in MANY}


async def test_who_fails_spoils_it_for_nobody_else(ledger: Ledger) -> None:
    def claim_and_break(connection: Connection) -> None:
        submissions.claim_beat(connection, MANY[0])
        connection.execute(tables.answer.insert().values(marker="nobody's"))

    async with asyncio.TaskGroup() as group:
        before = group.create_task(ledger.claim_beat(MANY[1]))
        broken = asyncio.create_task(ledger.write(claim_and_break))
        behind = group.create_task(ledger.claim_beat(MANY[2]))
        with pytest.raises(IntegrityError):
            await broken

    assert (before.result(), behind.result()) == (True, True)
    assert await markers(ledger) == {MANY[1].marker, MANY[2].marker}


async def test_who_gave_up_waiting_holds_up_nobody(ledger: Ledger) -> None:
    waiting = [asyncio.create_task(ledger.claim_beat(one)) for one in MANY]
    await asyncio.sleep(0)
    for one in waiting[1:-1]:
        one.cancel()

    assert await waiting[-1]
    assert MANY[-1].marker in await markers(ledger)


async def test_those_who_wait_for_the_disk_share_its_turns(sqlite_url: str) -> None:
    commits = 0

    def count(_: Connection) -> None:
        nonlocal commits
        commits += 1

    async with open_ledger(sqlite_url) as ledger:
        event.listen(Engine, "commit", count)
        try:
            await asyncio.gather(*map(ledger.claim_beat, MANY))
        finally:
            event.remove(Engine, "commit", count)
        assert len(await markers(ledger)) == len(MANY)

    assert commits < len(MANY)
