"""Lets the doctor examine a set-up that a test has changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.world.nameserver import Nameserver
from watchdog.config.load import parse
from watchdog.doctor import Examined, Setup, diagnose
from watchdog.model import Health
from watchdog.rules.finding import Finding

NOW = datetime.now(UTC)


async def examine(config: Path, dns: Nameserver, *swaps: tuple[str, str]) -> str:
    """Return what is wrong with `config` after some words in it have been swapped."""
    return "\n".join(
        f"{section}|{finding.health}|{finding.sentence}|{finding.mend}"
        for section, finding in await diagnosed(config, dns, *swaps)
        if finding.health is not Health.OK
    )


async def diagnosed(
    config: Path, dns: Nameserver, *swaps: tuple[str, str]
) -> Sequence[tuple[str, Finding]]:
    text = config.read_text()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    loaded = parse(text, config)
    told: list[Examined] = []
    setup = Setup(
        config=loaded, checks=loaded.check, now=NOW, nameservers=[dns.address]
    )
    await diagnose(setup, told.append)
    return [(each.section, finding) for each in told for finding in each.findings]
