"""Of which alarms nobody has heard: what `status` and the heartbeat say in red."""

import pytest

from tests.world.facts import NOON, after
from tests.world.trouble import alarm, claimed, not_sent, opened
from watchdog.ledger import Ledger
from watchdog.model import (
    IncidentId,
    Reason,
)


async def test_an_alarm_that_no_channel_takes_is_untold_while_it_is_tried(
    ledger: Ledger,
) -> None:
    await opened(ledger, alarm("mail"))
    assert await ledger.untold(since=NOON) == []

    await not_sent(ledger, await claimed(ledger), again_at=after(minutes=1))
    [untold] = await ledger.untold(since=NOON)
    assert untold.channel == "mail"

    ours = await claimed(ledger, minutes=1)
    assert await ledger.untold(since=NOON) == []
    await ledger.record_sent(ours, now=after(minutes=1), message_id=None)
    assert await ledger.untold(since=NOON) == []


async def test_an_alarm_that_failed_for_good_is_untold_unless_another_was_sent(
    ledger: Ledger,
) -> None:
    await opened(ledger, alarm("mail"), alarm("sms", due_at=after(minutes=10)))
    await not_sent(ledger, await claimed(ledger))
    assert len(await ledger.untold(since=NOON)) == 1
    assert await ledger.untold(since=after(days=1)) == []

    ours = await claimed(ledger, minutes=10)
    await ledger.record_sent(ours, now=after(minutes=10), message_id=None)

    assert await ledger.untold(since=NOON) == []


async def told_and_more(ledger: Ledger, reason: Reason, *channels: str) -> IncidentId:
    """Let an incident be heard of, and news of it be due to these an hour later."""
    incident = await opened(ledger, alarm("mail"))
    await ledger.record_sent(await claimed(ledger), now=NOON, message_id=None)
    assert incident.id is not None
    newest = await ledger.incident(incident.id)
    assert newest is not None
    hour = {"created_at": after(hours=1), "due_at": after(hours=1)}
    news = [alarm(channel, reason=reason, **hour) for channel in channels]
    assert await ledger.record_incident(newest, news)
    return incident.id


@pytest.mark.parametrize("reason", [Reason.REMINDER, Reason.WORSE, Reason.RESOLVED])
async def test_news_that_nobody_heard_is_untold_though_the_beginning_was_heard(
    ledger: Ledger, reason: Reason
) -> None:
    await told_and_more(ledger, reason, "mail")

    for attempt in range(3):
        assert await ledger.untold(since=NOON) == [], "it was not tried often"
        ours = await claimed(ledger, hours=1, minutes=attempt)
        again = after(hours=1, minutes=attempt + 1)
        await not_sent(ledger, ours, again_at=again)
    assert len(await ledger.untold(since=NOON)) == 1

    await not_sent(ledger, await claimed(ledger, hours=1, minutes=3))
    assert len(await ledger.untold(since=NOON)) == 1


async def test_news_that_another_channel_told_is_not_untold(ledger: Ledger) -> None:
    await told_and_more(ledger, Reason.WORSE, "mail", "sms")

    await not_sent(ledger, await claimed(ledger, hours=1))
    assert len(await ledger.untold(since=NOON)) == 1
    ours = await claimed(ledger, hours=1)
    await ledger.record_sent(ours, now=after(hours=1), message_id=None)

    assert await ledger.untold(since=NOON) == []
