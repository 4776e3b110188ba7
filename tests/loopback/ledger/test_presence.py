"""Daemons tell the ledger that they live."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from watchdog.ledger import Ledger
from watchdog.model import Presence

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST = Presence(daemon="shop:1", started_at=NOW, seen_at=NOW)


async def test_what_a_daemon_tells_replaces_what_it_told_before(
    ledger: Ledger,
) -> None:
    later = replace(FIRST, seen_at=NOW + timedelta(minutes=1), trouble="It hurts.")

    await ledger.record_presence(FIRST)
    await ledger.record_presence(later)

    assert await ledger.presences() == [later]


async def test_the_daemon_that_was_heard_of_last_comes_first(ledger: Ledger) -> None:
    second = replace(FIRST, daemon="shop:2", seen_at=NOW + timedelta(seconds=1))

    await ledger.record_presence(second)
    await ledger.record_presence(FIRST)

    assert await ledger.presences() == [second, FIRST]


async def test_daemons_that_are_long_gone_are_forgotten(ledger: Ledger) -> None:
    young = replace(FIRST, daemon="shop:2", seen_at=NOW + timedelta(days=8))

    await ledger.record_presence(FIRST)
    await ledger.record_presence(young)

    assert await ledger.presences() == [young]
