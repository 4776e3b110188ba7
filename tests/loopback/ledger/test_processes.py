"""Several programs on one ledger, and one that is killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.ledger import open_ledger
from watchdog.model import Marker

CLAIM = """
import asyncio, sys
from tests.world.facts import after, submission
from watchdog.ledger import open_ledger

async def main(url, name, count):
    async with open_ledger(url) as ledger:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(int(count)):
            claimed = submission(f"{number}x{name}", beat=after(minutes=number))
            if await ledger.claim_beat(claimed):
                print(number, flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


@contextmanager
def claimer(url: str, name: str, count: int) -> Iterator["subprocess.Popen[str]"]:
    """Start a program that claims so many beats once it is given a line."""
    command = [sys.executable, "-c", CLAIM, url, name, str(count)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


async def test_two_programs_share_the_beats_between_them(url: str) -> None:
    async with open_ledger(url) as ledger:
        with claimer(url, "a", 50) as one, claimer(url, "b", 50) as other:
            go(one)
            go(other)
            claimed = [*one.communicate()[0].split(), *other.communicate()[0].split()]

        assert sorted(map(int, claimed)) == list(range(50))
        beats = [after(minutes=number) for number in range(50)]
        newest = await ledger.newest_beats([RIVERSIDE], since=NOON, until=beats[-1])
        assert newest == {RIVERSIDE: beats[-1]}


async def test_what_a_killed_program_was_told_is_written_is_there(url: str) -> None:
    async with open_ledger(url) as ledger:
        with claimer(url, "a", 100_000) as process:
            go(process)
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(20)]
            process.kill()
            told += [int(line) for line in process.stdout if line.endswith("\n")]

        found = [await ledger.submission(Marker(f"{number}xa")) for number in told]
        assert [one and one.beat for one in found] == [
            after(minutes=number) for number in told
        ]

    async with open_ledger(url) as ledger:
        assert await ledger.submission(Marker("0xa")) is not None
