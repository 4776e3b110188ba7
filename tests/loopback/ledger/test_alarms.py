"""Alarms are sent by one at a time, again when he dies, and never forgotten."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.world.facts import NOON, after
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import Alarm, AlarmId, ChannelName, Reason, Silence

LAPSE = timedelta(minutes=5)


def drill(**changes: Any) -> Alarm:
    fact = Alarm(
        channel=ChannelName("owner-mail"),
        step=0,
        reason=Reason.DRILL,
        created_at=NOON,
        due_at=NOON,
    )
    return replace(fact, **changes)


async def due(ledger: Ledger, **span: float) -> list[Alarm]:
    return list(await ledger.due_alarms(after(**span), lapse=LAPSE, limit=100))


async def the_only(ledger: Ledger) -> AlarmId:
    [alarm] = await due(ledger)
    assert alarm.id is not None
    return alarm.id


async def claimed(ledger: Ledger, **span: float) -> Alarm:
    number = await the_only(ledger)
    alarm = await ledger.claim_alarm(number, now=after(**span), lapse=LAPSE)
    assert alarm is not None
    return alarm


async def test_alarms_are_due_from_their_time_on_oldest_first(ledger: Ledger) -> None:
    late, soon = drill(due_at=after(minutes=2)), drill(due_at=after(minutes=1))
    await ledger.record_alarms([late, soon])

    assert await due(ledger) == []
    assert [alarm.due_at for alarm in await due(ledger, minutes=2)] == [
        soon.due_at,
        late.due_at,
    ]
    assert len(await ledger.due_alarms(after(hours=1), lapse=LAPSE, limit=1)) == 1


async def test_of_many_who_claim_an_alarm_one_sends_it(
    url: str, ledger: Ledger
) -> None:
    await ledger.record_alarms([drill()])
    number = await the_only(ledger)
    async with open_ledger(url) as other:
        claims = await asyncio.gather(
            *(
                one.claim_alarm(number, now=NOON, lapse=LAPSE)
                for one in [ledger, other] * 5
            )
        )

    [ours] = [claim for claim in claims if claim is not None]
    assert ours == drill(id=number, claimed_at=NOON, attempts=1)
    assert await due(ledger, minutes=4) == []


async def test_a_claim_without_a_result_lapses(ledger: Ledger) -> None:
    await ledger.record_alarms([drill()])
    first = await claimed(ledger)
    assert first.id is not None

    assert await due(ledger, minutes=5) == [first]
    again = await ledger.claim_alarm(first.id, now=after(minutes=5), lapse=LAPSE)

    assert again is not None
    assert again.attempts == 2


async def test_a_sent_alarm_is_never_due_again(ledger: Ledger) -> None:
    await ledger.record_alarms([drill()])
    alarm = await claimed(ledger)
    assert alarm.id is not None

    await ledger.record_sent(alarm, now=after(seconds=1), message_id="<1@example>")

    assert await due(ledger, days=1) == []
    assert await ledger.claim_alarm(alarm.id, now=after(days=1), lapse=LAPSE) is None


async def test_an_alarm_that_failed_comes_again_at_the_time_said(
    ledger: Ledger,
) -> None:
    await ledger.record_alarms([drill()])
    alarm = await claimed(ledger)
    assert alarm.id is not None

    await ledger.record_not_sent(
        alarm, now=NOON, words="No route.", again_at=after(minutes=1)
    )

    assert await due(ledger) == []
    [again] = await due(ledger, minutes=1)
    assert again == replace(alarm, claimed_at=None, due_at=after(minutes=1))
    assert await ledger.failures_of(alarm.id) == ["No route."]


async def test_an_alarm_that_can_never_be_sent_is_given_up(ledger: Ledger) -> None:
    await ledger.record_alarms([drill()])
    alarm = await claimed(ledger)
    assert alarm.id is not None

    await ledger.record_not_sent(alarm, now=NOON, words="No such user.", again_at=None)

    assert await due(ledger, days=1) == []
    assert await ledger.failures_of(alarm.id) == ["No such user."]


async def test_an_alarm_is_withdrawn(ledger: Ledger) -> None:
    await ledger.record_alarms([drill()])
    [alarm] = await due(ledger)

    await ledger.withdraw_alarm(alarm, now=NOON)

    assert await due(ledger, days=1) == []


async def test_who_was_too_slow_does_not_free_what_another_has_claimed(
    ledger: Ledger,
) -> None:
    await ledger.record_alarms([drill()])
    slow = await claimed(ledger)
    assert slow.id is not None
    await ledger.claim_alarm(slow.id, now=after(minutes=5), lapse=LAPSE)

    await ledger.record_not_sent(slow, now=NOON, words="Slow.", again_at=NOON)

    assert await due(ledger, minutes=6) == []


def quiet(**changes: Any) -> Silence:
    fact = Silence(
        checks="River*",
        from_at=NOON,
        until_at=after(hours=2),
        words="The host moves.",
        created_by="Ann",
    )
    return replace(fact, **changes)


async def test_silences_are_known_until_they_are_over(ledger: Ledger) -> None:
    once = await ledger.record_silence(quiet())
    weekly = await ledger.record_silence(
        quiet(until_at=None, cron="0 3 * * 0", lasting=timedelta(hours=1))
    )
    assert weekly.id is not None

    assert await ledger.silences(NOON) == [once, weekly]
    assert await ledger.silences(after(hours=2)) == [weekly]

    assert await ledger.end_silence(weekly.id, now=after(hours=3))
    assert not await ledger.end_silence(weekly.id, now=after(hours=3))
    assert await ledger.silences(after(hours=3)) == []
