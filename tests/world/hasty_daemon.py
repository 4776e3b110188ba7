"""A daemon in a process of its own, whose clock runs many times too fast.

    python -m tests.world.hasty_daemon CONFIG EPOCH TIMES

At EPOCH (Unix time) its clock is right; of its kind all go alike.  What it tells
outward, and tries again, it does as often as its clock wants it.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchdog import log
from watchdog.cli.errors import exit_code_of
from watchdog.config import load
from watchdog.daemon import Daemon
from watchdog.entrance import waited_for
from watchdog.pulse import OUTWARD, TO_LEDGER
from watchdog.supervision import LONGEST_BACK_OFF, Supervisor

PULSES = {"heartbeat": OUTWARD, "ledger": TO_LEDGER}


async def hurry(daemon: Daemon, name: str, pause: float) -> None:
    """Ring the bell of one piece of work, over and over."""
    while True:
        await asyncio.sleep(pause)
        for loop in daemon.supervisor.loops:
            if loop.name == name:
                loop.bell.set()


async def main(path: Path, epoch: datetime, times: float) -> None:
    """Run the daemon until a signal ends it, or the loss of its ledger."""

    def clock() -> datetime:
        return epoch + (datetime.now(UTC) - epoch) * times

    config = load(path)
    async with waited_for(path, config, clock=clock) as ledger:
        supervisor = Supervisor(longest_pause=LONGEST_BACK_OFF / times)
        daemon = Daemon(
            path=path,
            config=config,
            ledger=ledger,
            clock=clock,
            pace=0.2,
            supervisor=supervisor,
        )
        hurrying = [
            asyncio.create_task(hurry(daemon, name, pause / times))
            for name, pause in PULSES.items()
        ]
        try:
            await daemon.run()
        finally:
            for task in hurrying:
                task.cancel()


if __name__ == "__main__":
    log.configure("info")
    path, epoch, times = sys.argv[1:]
    began = datetime.fromtimestamp(float(epoch), UTC)
    work = main(Path(path), began, float(times))
    sys.exit(exit_code_of(lambda: asyncio.run(work)))
