"""Alarms come through though another channel is slow, dead, or called otherwise now."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from probes.channels.message import Notice, Sent
from probes.channels.send import send
from probes.errors import Unreachable
from probes.settings import ChannelSettings
from tests.loopback.stages.office import Office
from watchdog.config import Config
from watchdog.model import ChannelName, Silence
from watchdog.stages import alarms
from watchdog.stages.incidents import advance
from watchdog.stages.lanes import Lanes


async def test_a_channel_that_hangs_holds_up_no_alarm_that_comes_due_later(
    office: Office,
) -> None:
    is_hanging, lanes = asyncio.Event(), Lanes()

    async def hanging(settings: ChannelSettings, notice: Notice) -> Sent:
        if settings.kind == "email":
            is_hanging.set()
            await asyncio.Event().wait()
        return await send(settings, notice)

    async def begin() -> None:
        await alarms.start_telling(
            office.config, office.ledger, lanes, clock=office.clock, send=hanging
        )

    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    await begin()
    await is_hanging.wait()
    office.later(minutes=10)
    await begin()
    await lanes.tasks["owner-sms"]
    lanes.tasks["owner-mail"].cancel()
    await lanes.finish()

    assert len(office.texts()) == 1


async def test_what_waits_for_a_dead_channel_hides_no_alarm_of_another(
    office: Office,
) -> None:
    async def dead(settings: ChannelSettings, notice: Notice) -> Sent:
        if settings.kind == "email":
            raise Unreachable("The mail server is down.")
        return await send(settings, notice)

    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    [mail, _] = await office.ledger.alarms_of(await office.incident_id())
    waiting = [replace(mail, id=None)] * (alarms.AT_ONCE + 1)
    await office.ledger.record_alarms(waiting)
    office.later(minutes=10)
    await alarms.tell(office.config, office.ledger, clock=office.clock, send=dead)

    assert len(office.texts()) == 1


async def test_who_is_reached_by_a_renamed_channel_hears_at_once(
    office: Office,
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    office.config = _with_mail_called("new-mail", office.config)
    for _ in range(2):
        office.later(seconds=5)
        await office.passes()

    assert await office.heard() == ["opened"]


async def test_who_is_reached_by_a_renamed_channel_hears_the_end_too(
    office: Office,
) -> None:
    await office.judged("gbb")
    await office.passes()
    office.later(minutes=10)
    await office.passes()
    office.config = _with_mail_called("new-mail", office.config)
    await office.judged("gg")
    for _ in range(3):
        office.later(seconds=5)
        await office.passes()

    assert await office.heard() == ["opened", "resolved"]
    assert len(office.texts()) == 2


async def test_an_alarm_written_by_a_clock_that_was_ahead_waits_no_longer(
    office: Office,
) -> None:
    office.later(days=1)
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    office.later(days=-1)

    await alarms.tell(office.config, office.ledger, clock=office.clock)

    assert await office.heard() == ["opened"]


async def test_an_alarm_tried_by_a_clock_that_was_ahead_waits_no_longer(
    office: Office,
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    await office.mail_host.stop()
    office.later(days=1)
    await office.passes()
    await office.mail_host.start()
    office.later(days=-1)

    await alarms.tell(office.config, office.ledger, clock=office.clock)

    assert "opened" in await office.heard()


async def test_an_alarm_silenced_by_a_clock_that_was_ahead_waits_no_longer(
    office: Office,
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    silence = Silence(
        checks="*",
        from_at=office.now + timedelta(days=1),
        until_at=office.now + timedelta(days=1, hours=1),
        words="Works",
        created_by="Ann",
    )
    await office.ledger.record_silence(silence)
    office.later(days=1, minutes=1)
    await alarms.tell(office.config, office.ledger, clock=office.clock)
    assert await office.heard() == []
    office.later(days=-1)

    await alarms.tell(office.config, office.ledger, clock=office.clock)

    assert await office.heard() == ["opened"]


def _with_mail_called(name: str, config: Config) -> Config:
    """Return the configuration in which the owner's mail goes by another name."""
    new, old = ChannelName(name), ChannelName("owner-mail")
    channels = {
        new if one == old else one: kept for one, kept in config.channel.items()
    }
    [mail, sms] = config.ladder["owner"]
    steps = (mail.model_copy(update={"channel": new}), sms)
    ladders = {**config.ladder, "owner": steps}
    return config.model_copy(update={"channel": channels, "ladder": ladders})
