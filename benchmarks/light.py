"""Light: `--help` costs little more than the library that prints it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cpu import cpu_of
from benchmarks.measure import Measure, by_turns
from benchmarks.world import World

PROGRAM = Path(sys.executable).with_name("contact-watchdog")
ROUNDS = 15
BUDGET = 2.5


async def measure(_world: World) -> Sequence[Measure]:
    """Run both as a user would, each in a fresh process."""
    ours, typer = await by_turns(
        "light",
        ROUNDS,
        lambda: cpu_of([PROGRAM, "--help"]),
        lambda: cpu_of([sys.executable, "-c", "import typer"]),
    )
    return [
        Measure(
            claim="CPU of `contact-watchdog --help`, beside `import typer`",
            unit="ms",
            ours=ours,
            beside=typer,
            budget=BUDGET,
        )
    ]
