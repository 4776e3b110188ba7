"""Incidents: open once, changed by one at a time, and known until resolved."""

import asyncio
from dataclasses import replace
from typing import Any

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import (
    Alarm,
    ChannelName,
    CheckName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Outcome,
    Reason,
)

OTHER = CheckName("Another form")


def loss(**changes: Any) -> Incident:
    fact = Incident(
        kind=IncidentKind.LOSS,
        shared="mailbox:office",
        checks=frozenset({RIVERSIDE}),
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=NOON,
        window_from=after(hours=-1),
    )
    return replace(fact, **changes)


def alarm(reason: Reason = Reason.OPENED, **changes: Any) -> Alarm:
    fact = Alarm(
        channel=ChannelName("owner-mail"),
        step=0,
        reason=reason,
        created_at=NOON,
        due_at=NOON,
    )
    return replace(fact, **changes)


async def opened(ledger: Ledger, **changes: Any) -> Incident:
    incident = await ledger.record_incident(loss(**changes), [alarm()])
    assert incident is not None
    return incident


async def test_an_incident_is_kept_with_its_alarms(ledger: Ledger) -> None:
    incident = await opened(ledger, checks=frozenset({RIVERSIDE, OTHER}))
    assert incident.id is not None

    [kept] = await ledger.open_incidents()
    [told] = await ledger.alarms_of(incident.id)

    assert kept == incident == loss(id=incident.id, change=1, checks=kept.checks)
    assert kept.checks == {RIVERSIDE, OTHER}
    assert told == alarm(id=told.id, incident=incident.id)
    assert await ledger.incident(incident.id) == incident
    assert await ledger.incident(IncidentId(incident.id + 1)) is None


async def test_the_same_trouble_is_open_once(ledger: Ledger) -> None:
    incident = await opened(ledger)
    assert incident.id is not None

    assert await ledger.record_incident(loss(), [alarm()]) is None
    await opened(ledger, shared="mailbox:other")
    await opened(ledger, kind=IncidentKind.BLIND)

    assert len(await ledger.open_incidents()) == 3
    assert len(await ledger.alarms_of(incident.id)) == 1


async def test_of_many_who_find_the_same_trouble_one_raises_the_alarm(
    url: str, ledger: Ledger
) -> None:
    async with open_ledger(url) as other:
        found = await asyncio.gather(
            *(one.record_incident(loss(), [alarm()]) for one in [ledger, other] * 5)
        )

    [incident] = [one for one in found if one is not None]
    assert incident.id is not None
    assert len(await ledger.alarms_of(incident.id)) == 1


async def test_a_resolved_incident_is_over_and_may_open_again(ledger: Ledger) -> None:
    incident = await opened(ledger)

    over = await ledger.record_incident(
        replace(incident, resolved_at=after(hours=1), window_to=after(minutes=50)),
        [alarm(Reason.RESOLVED)],
    )
    again = await opened(ledger)

    assert over is not None
    assert await ledger.open_incidents() == [again]
    assert await ledger.incidents(limit=9) == [again, over]
    assert await ledger.incidents(limit=1) == [again]


async def test_a_check_that_fails_by_the_same_thing_joins(ledger: Ledger) -> None:
    incident = await opened(ledger)

    await ledger.record_incident(
        replace(incident, checks=incident.checks | {OTHER}), []
    )

    [kept] = await ledger.open_incidents()
    assert kept.checks == {RIVERSIDE, OTHER}


async def test_who_has_not_seen_the_newest_changes_nothing(ledger: Ledger) -> None:
    incident = await opened(ledger)
    assert incident.id is not None
    await ledger.record_incident(replace(incident, health=Health.WARNING))

    late = await ledger.record_incident(
        replace(incident, resolved_at=NOON), [alarm(Reason.RESOLVED)]
    )

    [kept] = await ledger.open_incidents()
    assert late is None
    assert kept == replace(incident, health=Health.WARNING, change=2)
    assert len(await ledger.alarms_of(incident.id)) == 1


async def test_an_incident_is_acknowledged_once_and_while_it_is_open(
    ledger: Ledger,
) -> None:
    incident = await opened(ledger)
    assert incident.id is not None

    assert await ledger.acknowledge(incident.id, by="Ann", now=after(minutes=1))
    assert not await ledger.acknowledge(incident.id, by="Bob", now=after(minutes=2))

    [kept] = await ledger.open_incidents()
    assert (kept.acknowledged_by, kept.acknowledged_at) == ("Ann", after(minutes=1))

    await ledger.record_incident(replace(kept, resolved_at=NOON, acknowledged_at=None))
    assert not await ledger.acknowledge(incident.id, by="Bob", now=after(minutes=2))


async def test_an_acknowledgement_is_not_lost_to_a_daemon_that_did_not_see_it(
    ledger: Ledger,
) -> None:
    incident = await opened(ledger)
    assert incident.id is not None
    await ledger.acknowledge(incident.id, by="Ann", now=NOON)

    assert await ledger.record_incident(replace(incident, health=Health.OK)) is None

    [kept] = await ledger.open_incidents()
    assert kept.acknowledged_by == "Ann"
