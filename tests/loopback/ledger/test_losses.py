"""A missed inquiry is told in one incident, whoever is quicker, and never in two."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.world.facts import NOON, RIVERSIDE, after
from tests.world.kept import finding, inquiry, store_bookmark
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import (
    Alarm,
    Certainty,
    ChannelName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Lost,
    Outcome,
    Reason,
)

REAL = Incident(
    kind=IncidentKind.REAL_LOSS,
    shared="mailbox:office",
    checks=frozenset({RIVERSIDE}),
    outcome=Outcome.MISSING,
    health=Health.CRITICAL,
    opened_at=NOON,
    window_from=None,
)
ALARM = Alarm(
    channel=ChannelName("owner-mail"),
    step=0,
    reason=Reason.OPENED,
    created_at=NOON,
    due_at=NOON,
)


async def traced(ledger: Ledger, *statuses: str, **changes: Any) -> None:
    """Let an inquiry an hour have been traced, each with one of the statuses."""
    written = [
        inquiry(str(n), submitted_at=after(hours=n), **changes)
        for n in range(len(statuses))
    ]
    await ledger.record_entries(written, store_bookmark())
    kept = await ledger.traced([RIVERSIDE], since=after(days=-1), until=after(days=9))
    found = [(one, finding(status)) for one, status in zip(kept, statuses, strict=True)]
    await ledger.record_findings(found, now=after(days=1))


async def untold(ledger: Ledger) -> Sequence[Lost]:
    return await ledger.untold_losses(limit=100)


def numbers(inquiries: Sequence[Inquiry | Lost]) -> list[InquiryId]:
    return [one.id for one in inquiries if one.id]


async def opened(ledger: Ledger, *statuses: str) -> IncidentId:
    """Return an incident that tells of all who are missed."""
    await traced(ledger, *statuses)
    kept = await ledger.record_loss(REAL, numbers(await untold(ledger)), [ALARM])
    assert kept is not None
    assert kept.id is not None
    return kept.id


async def test_only_what_is_known_to_be_missed_is_to_be_told(ledger: Ledger) -> None:
    await traced(ledger, *InquiryStatus)

    assert [one.submitted_at for one in await untold(ledger)] == [after(hours=4)]


async def test_what_is_only_possibly_missed_is_told_nobody(ledger: Ledger) -> None:
    await ledger.record_entries([inquiry()], store_bookmark())
    kept = await ledger.traced([RIVERSIDE], since=after(days=-1), until=after(days=1))
    doubt = finding("missing", certainty=Certainty.POSSIBLE)
    await ledger.record_findings([(kept[0], doubt)], now=NOON)

    assert await untold(ledger) == []


async def test_what_is_told_is_not_to_be_told_again(ledger: Ledger) -> None:
    number = await opened(ledger, "missing", "missing", "arrived")

    assert await untold(ledger) == []
    assert len(await ledger.missed_in(number, limit=9)) == 2
    assert (await ledger.loss_counts([number]))[number] == {InquiryStatus.MISSING: 2}
    assert len(await ledger.alarms_of(number)) == 1


async def test_what_another_incident_tells_of_is_refused_with_all_that_came_along(
    ledger: Ledger,
) -> None:
    number = await opened(ledger, "missing")
    told = numbers(await ledger.missed_in(number, limit=9))

    again = replace(REAL, shared="mailbox:other")

    assert await ledger.record_loss(again, told, [ALARM]) is None
    assert len(await ledger.open_incidents()) == 1


async def test_who_has_come_after_all_is_missed_no_more(ledger: Ledger) -> None:
    number = await opened(ledger, "missing", "missing")
    await traced(ledger, "late", "missing")

    [missed] = await ledger.missed_in(number, limit=9)

    assert missed.entry == "1"
    assert (await ledger.loss_counts([number]))[number] == {
        InquiryStatus.MISSING: 1,
        InquiryStatus.LATE: 1,
    }
    assert await ledger.first_missed(number) == after(hours=1)
    assert await ledger.last_missed(number) == {RIVERSIDE: after(hours=1)}


async def test_what_arrived_afterwards_is_counted_as_far_as_it_matters(
    ledger: Ledger,
) -> None:
    await traced(ledger, "arrived", "missing", "late", "spam", "junked", "arrived")

    assert await ledger.arrived_since(RIVERSIDE, after(hours=1), most=9) == 3
    assert await ledger.arrived_since(RIVERSIDE, after(hours=1), most=2) == 2


async def test_what_is_still_to_be_seen_is_counted(ledger: Ledger) -> None:
    await traced(ledger, "pending", "missing", "pending")
    await ledger.record_entries([inquiry("new")], store_bookmark())

    count = await ledger.undecided([RIVERSIDE], begin=NOON, end=after(hours=1))

    assert count == 2


@pytest.mark.parametrize("resolved_at", [None, NOON], ids=["open", "told at its end"])
async def test_of_two_daemons_that_find_the_same_one_tells_it(
    url: str, resolved_at: Any
) -> None:
    async with open_ledger(url) as one, open_ledger(url) as other:
        await traced(one, "missing", "missing")
        missed = numbers(await untold(one))
        loss = replace(REAL, resolved_at=resolved_at)

        kept = await asyncio.gather(
            *(each.record_loss(loss, missed, [ALARM]) for each in (one, other) * 3)
        )

        assert sum(incident is not None for incident in kept) == 1
        assert len(await one.incidents(limit=9)) == 1


async def test_losses_that_ended_lately_are_known(ledger: Ledger) -> None:
    loss = replace(REAL, kind=IncidentKind.LOSS)
    for hours in (1, 3):
        over = replace(loss, shared=str(hours), resolved_at=after(hours=hours))
        await ledger.record_incident(over)

    [ended] = await ledger.ended_losses(since=after(hours=2))

    assert ended.shared == "3"
