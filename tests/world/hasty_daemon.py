"""A daemon in a process of its own, whose clock runs many times too fast.

    python -m tests.world.hasty_daemon CONFIG EPOCH TIMES

At EPOCH (Unix time) its clock is right; of its kind all go alike.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchdog import log
from watchdog.config import load
from watchdog.daemon import Daemon
from watchdog.ledger import open_ledger


async def main(path: Path, epoch: datetime, times: float) -> None:
    """Run the daemon until a signal ends it."""

    def clock() -> datetime:
        return epoch + (datetime.now(UTC) - epoch) * times

    config = load(path)
    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        daemon = Daemon(path=path, config=config, ledger=ledger, clock=clock, pace=0.2)
        await daemon.run()


if __name__ == "__main__":
    log.configure("info")
    path, epoch, times = sys.argv[1:]
    began = datetime.fromtimestamp(float(epoch), UTC)
    asyncio.run(main(Path(path), began, float(times)))
