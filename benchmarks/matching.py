"""Matching: 10,000 inquiries against 100,000 mails, and how many are told wrongly."""

import asyncio
import json
import sys
from collections.abc import Sequence

from benchmarks.measure import Measure, NotMeasured, tell
from benchmarks.world import World

INQUIRIES, MAILS = 10_000, 100_000
SECONDS, MEGABYTES = 20.0, 300.0
WRONG = 0.01
TIMES_THE_FLOOR = 20.0


async def measure(_world: World) -> Sequence[Measure]:
    """Match once, in a process of its own; making up the mail takes a minute."""
    tell(f"matching: making up {MAILS:,} mails")
    program = [sys.executable, "-m", "benchmarks.matched", f"{INQUIRIES}", f"{MAILS}"]
    process = await asyncio.create_subprocess_exec(
        *program, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise NotMeasured("The matching failed.")
    told = json.loads(said)
    what = f"matching {INQUIRIES:,} inquiries with {MAILS:,} mails"
    return [
        Measure(
            claim=f"CPU of {what}", unit="s", ours=[told["seconds"]], budget=SECONDS
        ),
        Measure(
            claim="The same, beside counting each of their words once",
            unit="s",
            ours=[told["seconds"]],
            beside=[told["floor"]],
            budget=TIMES_THE_FLOOR,
        ),
        Measure(
            claim=f"Memory of {what}, all told",
            unit="MB",
            ours=[told["megabytes"]],
            budget=MEGABYTES,
        ),
        *(
            Measure(
                claim=f"Missing inquiries: 1 - {which}",
                unit="",
                ours=[1 - told[which]],
                budget=WRONG,
            )
            for which in ("precision", "recall")
        ),
    ]
