"""What the ledger beside a configuration holds when a command has ended."""

import asyncio
from pathlib import Path

from watchdog.ledger import open_ledger
from watchdog.model import CheckName


def outcomes(config: Path, marker: str) -> list[str]:
    """Return what was said of one message of "Contact form", first word first."""
    return asyncio.run(_outcomes(config, marker))


async def _outcomes(config: Path, marker: str) -> list[str]:
    url = f"sqlite:///{config.parent}/watchdog.db"
    async with open_ledger(url) as ledger:
        verdicts = await ledger.verdicts(CheckName("Contact form"), limit=100)
    ours = [verdict for verdict in verdicts if verdict.marker == marker]
    ours.sort(key=lambda verdict: verdict.number)
    return [verdict.outcome.value for verdict in ours]
