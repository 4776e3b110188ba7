"""Incidents and their alarms, told to the ledger for tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.ledger import Ledger
from watchdog.model import (
    Alarm,
    ChannelName,
    Health,
    Incident,
    IncidentKind,
    Outcome,
    Reason,
)

LAPSE = timedelta(minutes=5)


def alarm(channel: str, **changes: Any) -> Alarm:
    """Return the alarm that an incident was opened, due at once."""
    fact = Alarm(
        channel=ChannelName(channel),
        step=0,
        reason=Reason.OPENED,
        created_at=NOON,
        due_at=NOON,
    )
    return replace(fact, **changes)


async def opened(ledger: Ledger, *alarms: Alarm) -> Incident:
    """Open an incident of lost messages with its alarms."""
    incident = Incident(
        kind=IncidentKind.LOSS,
        shared="mailbox:office",
        checks=frozenset({RIVERSIDE}),
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=NOON,
        window_from=None,
    )
    kept = await ledger.record_incident(incident, alarms)
    assert kept is not None
    return kept


async def claimed(ledger: Ledger, **span: float) -> Alarm:
    """Claim the alarm that is due first."""
    now = after(**span)
    [first, *_] = await ledger.due_alarms(now, lapse=LAPSE, limit=9)
    assert first.id is not None
    ours = await ledger.claim_alarm(first.id, now=now, lapse=LAPSE)
    assert ours is not None
    return ours


async def not_sent(ledger: Ledger, one: Alarm, **changes: Any) -> None:
    """Let a claimed alarm fail for good."""
    facts = {"now": NOON, "words": "No.", "again_at": None}
    await ledger.record_not_sent(one, **(facts | changes))
