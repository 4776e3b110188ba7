"""Alarms: whether somebody hears of them, whatever it is that fails."""

from collections.abc import Sequence

from watchdog.doctor.independence import Comparison
from watchdog.doctor.setup import Setup
from watchdog.rules.finding import Finding


async def examine_alarms(setup: Setup) -> Sequence[Finding]:
    """Return what each check's ladder shares with what the check watches."""
    comparison = Comparison(config=setup.config, nameservers=setup.nameservers)
    return [
        finding for check in setup.checks for finding in await comparison.examine(check)
    ]
