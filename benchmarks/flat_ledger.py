"""Flat: a check costs the same whether the ledger holds 40 rows or 1,000,000."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.measure import Measure, by_turns, tell
from benchmarks.resident import resident
from benchmarks.world import World
from tests.world import facts
from watchdog.ledger import open_ledger

SMALL, LARGE = 10, 250_000
"""Submissions; each has four rows, and it is the same check's for the whole time."""

PARTS = ("submission", "answer", "arrival", "verdict")
ROUNDS = 12
BUDGET = 1.3

COPIES = """
WITH RECURSIVE copy(nth) AS (
  SELECT 1 UNION ALL SELECT nth + 1 FROM copy WHERE nth < ?
)
INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}", copy
"""
"""Its column `beat` is unique to a check: each copy is an hour older."""

CHANGED = {
    "marker": "marker || nth",
    **dict.fromkeys(
        ("beat", "submitted_at", "judged_at"),
        "strftime('%Y-%m-%d %H:%M:%f000', \"{0}\", '-' || nth || ' hours')",
    ),
}


async def measure(world: World) -> Sequence[Measure]:
    """Check by turns with a young ledger and with one of many years."""
    small, large = world.configure("young"), world.configure("old")
    for config, count in ((small, SMALL), (large, LARGE)):
        tell(f"flat ledger: making {count * len(PARTS):,} rows")
        await _fill(config.with_suffix(".db"), count)
    async with resident(large) as old, resident(small) as young:
        large_costs, small_costs = await by_turns(
            "flat ledger", ROUNDS, old.check, young.check
        )
    return [
        Measure(
            claim=(
                f"CPU of a check with {LARGE * len(PARTS):,} rows in the ledger,"
                f" beside {SMALL * len(PARTS)}"
            ),
            unit="ms",
            ours=large_costs,
            beside=small_costs,
            budget=BUDGET,
        )
    ]


async def _fill(path: Path, count: int) -> None:
    """Let one delivered submission go through the ledger, and copy its rows."""
    async with open_ledger(f"sqlite:///{path}") as ledger:
        await ledger.claim_beat(facts.submission())
        await ledger.record_answer(facts.answered())
        await ledger.record_look(facts.look(at=facts.NOON), [], [facts.arrival()])
        arrived_at = facts.arrival().arrived_at
        verdict = facts.verdict(arrived_at=arrived_at)
        await ledger.record_verdict(verdict)
        await ledger.note([verdict], {})
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in PARTS:
            columns = [
                row[1] for row in connection.execute(f"PRAGMA table_info({table})")
            ]
            connection.execute(_copies(table, columns), [count - 1])


def _copies(table: str, columns: Sequence[str]) -> str:
    return COPIES.format(
        table=table,
        columns=", ".join(f'"{name}"' for name in columns),
        values=", ".join(CHANGED.get(name, '"{0}"').format(name) for name in columns),
    )
