"""Alarms reach the owner by real channels, at least once, and nothing stale does."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from probes.channels.message import Notice, Sent
from probes.channels.send import send
from probes.settings import ChannelSettings
from tests.loopback.stages.office import SECOND, Office, configured
from tests.world.facts import RIVERSIDE
from watchdog.ledger import open_ledger
from watchdog.model import Alarm, AlarmResult, ChannelName, Reason, Silence
from watchdog.rules import marker
from watchdog.stages.alarms import LAPSE, tell
from watchdog.stages.incidents import advance

MAIL, SMS = ChannelName("owner-mail"), ChannelName("owner-sms")


def quiet(office: Office, **changes: Any) -> Silence:
    """Return a silence of an hour from now on."""
    silence = Silence(
        checks="*",
        from_at=office.now,
        until_at=office.now + timedelta(hours=1),
        words="The host moves.",
        created_by="Ann",
    )
    return replace(silence, **changes)


async def opened(office: Office) -> None:
    """Let an incident begin, and its first alarms be told."""
    await office.judged("gbb")
    await office.passes()


async def test_the_owner_has_a_mail_at_once_and_an_sms_if_he_does_not_answer(
    office: Office,
) -> None:
    await opened(office)
    assert await office.heard() == ["opened"]
    assert office.texts() == []

    office.later(minutes=10)
    await office.passes()

    [sms] = office.texts()
    assert sms.startswith('Messages from "Riverside Studio contact form" do not reach')
    assert len(sms) <= 160
    assert await office.heard() == ["opened"]


async def test_an_acknowledgement_stops_escalation_and_reminders(
    office: Office,
) -> None:
    await opened(office)
    office.later(minutes=1)
    await office.ledger.acknowledge(
        await office.incident_id(), by="Ann", now=office.now
    )

    for _ in range(30):
        office.later(hours=1)
        await office.passes()

    assert office.texts() == []
    assert await office.heard() == ["opened"]


async def test_reminders_come_ever_more_rarely_until_somebody_acts(
    office: Office,
) -> None:
    await opened(office)
    for _ in range(24):
        office.later(hours=1)
        await office.passes()

    assert await office.heard() == ["opened"] + ["reminder"] * 4


async def test_the_end_is_told_once_in_the_same_thread_to_those_who_heard(
    office: Office,
) -> None:
    await opened(office)
    await office.judged("gg")
    for _ in range(5):
        await office.passes()
        office.later(hours=1)

    first, last = await office.mails()
    assert await office.heard() == ["opened", "resolved"]
    assert last["In-Reply-To"] == last["References"] == first["Message-ID"]
    assert last["Message-ID"] != first["Message-ID"]
    assert last["Subject"] == f"[Resolved] {first['Subject']}"
    assert office.texts() == []


async def test_flapping_is_one_incident_and_not_ten_alarms(office: Office) -> None:
    for letter in "gbb" + "gb" * 8:
        await office.judged(letter)
        await office.passes()
        office.later(seconds=30)

    assert await office.heard() == ["opened"]


async def test_what_grows_worse_is_told_and_another_form_of_the_same_is_not(
    office: Office,
) -> None:
    await office.judged("gww")
    await office.passes()
    await office.judged("bb", SECOND)
    await office.passes()
    await office.judged("b")
    await office.passes()

    assert await office.heard() == ["opened", "worse"]


async def test_an_alarm_answers_nobody_and_holds_no_marker(office: Office) -> None:
    mark = marker.make(await office.ledger.key(), at=office.now, salt=bytes(5))
    await office.judged("gbb")
    [newest, *_] = await office.ledger.history(RIVERSIDE, depth=1)
    completed = replace(newest, number=2, cause=f"Returned: no such user it+{mark}@a.")
    await office.ledger.record_verdict(completed)

    await office.passes()

    [mail] = await office.mails()
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Returned: no such user it+(marker)@a." in body.get_content()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert marker.find(await office.ledger.key(), mail.as_string()) == []


async def test_while_the_mail_server_is_down_the_phone_rings_and_later_nothing_floods(
    office: Office,
) -> None:
    await office.mail_host.stop()
    await opened(office)
    for _ in range(60):
        office.later(minutes=1)
        await office.passes()
    assert len(office.texts()) == 1

    await office.judged("gg")
    await office.passes()
    await office.mail_host.start()
    for _ in range(5):
        office.later(hours=1)
        await office.passes()

    assert await office.mails() == []
    begun, ended = office.texts()
    assert "do not reach you" in begun
    assert "reach you again" in ended


async def test_a_mail_server_that_comes_back_delivers_what_is_still_true_once(
    office: Office,
) -> None:
    await office.mail_host.stop()
    await opened(office)
    for _ in range(20):
        office.later(minutes=1)
        await office.passes()
    await office.mail_host.start()
    for _ in range(35):
        office.later(minutes=1)
        await office.passes()

    assert await office.heard() == ["opened"]


async def test_after_three_tries_the_next_step_hears_before_its_time(
    office: Office,
) -> None:
    await office.mail_host.stop()
    await opened(office)
    for _ in range(4):
        office.later(minutes=1)
        await office.passes()

    assert len(office.texts()) == 1


async def test_a_refusal_for_good_moves_on_to_the_next_step_at_once(
    office: Office, tmp_path: Any
) -> None:
    office.config = configured(
        tmp_path, office.mail_host, office.gateway, to="gone@riverside.example"
    )
    await opened(office)
    await office.passes()

    assert len(office.texts()) == 1
    mail, _ = await office.ledger.alarms_of(await office.incident_id())
    assert mail.result is AlarmResult.FAILED
    assert mail.id is not None
    [why] = await office.ledger.failures_of(mail.id)
    assert "There is no such mailbox here" in why


async def test_if_no_channel_takes_it_the_ledger_says_so(
    office: Office, tmp_path: Any
) -> None:
    office.config = configured(
        tmp_path, office.mail_host, office.gateway, to="gone@riverside.example"
    )
    (tmp_path / "token").write_text("wrong")
    since = office.now
    await opened(office)
    await office.passes()

    untold = await office.ledger.untold(since=since)
    assert {alarm.channel for alarm in untold} == {MAIL, SMS}

    (tmp_path / "token").write_text("a-token")
    office.later(hours=2)
    await office.passes()
    assert await office.ledger.untold(since=since) == []


async def test_a_channel_that_the_configuration_lost_is_refused_for_good(
    office: Office,
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    rest = {SMS: office.config.channel[SMS]}
    office.config = office.config.model_copy(
        update={"channel": rest, "ladder": {"owner": office.config.ladder["owner"][1:]}}
    )
    await office.passes()

    mail, _ = await office.ledger.alarms_of(await office.incident_id())
    assert mail.result is AlarmResult.FAILED


async def test_a_silence_holds_back_alarms_and_what_is_still_true_is_told_after_it(
    office: Office,
) -> None:
    await office.ledger.record_silence(quiet(office))
    await opened(office)
    for _ in range(59):
        office.later(minutes=1)
        await office.passes()
    assert (await office.mails(), office.texts()) == ([], [])
    assert len(await office.ledger.open_incidents()) == 1

    office.later(minutes=3)
    await office.passes()

    assert await office.heard() == ["opened"]
    assert len(office.texts()) == 1


async def test_what_came_and_went_in_a_silence_was_planned(office: Office) -> None:
    await office.ledger.record_silence(quiet(office))
    await opened(office)
    await office.judged("gg")
    for _ in range(3):
        await office.passes()
        office.later(hours=1)

    assert (await office.mails(), office.texts()) == ([], [])


async def test_a_silence_that_began_in_an_incident_swallows_nothing(
    office: Office,
) -> None:
    await office.mail_host.stop()
    await opened(office)
    office.later(seconds=1)
    await office.ledger.record_silence(quiet(office))
    await office.mail_host.start()
    await office.judged("gg")
    for _ in range(3):
        await office.passes()
        office.later(hours=1)

    assert await office.heard() == ["resolved"]


async def test_an_incident_in_a_nightly_silence_is_told_in_the_morning(
    office: Office,
) -> None:
    nightly = quiet(office, until_at=None, cron="0 3 * * *", lasting=timedelta(hours=2))
    await office.ledger.record_silence(nightly)
    office.later(hours=15.1)
    await opened(office)
    assert await office.mails() == []

    office.later(hours=2)
    await office.passes()

    assert await office.heard() == ["opened"]


class Dying:
    """A sender that hangs for ever, before it has sent or after."""

    def __init__(self, *, after_sending: bool) -> None:
        self.after_sending = after_sending
        self.hangs = asyncio.Event()

    async def __call__(self, settings: ChannelSettings, notice: Notice) -> Sent:
        """Hang."""
        if self.after_sending:
            await send(settings, notice)
        self.hangs.set()
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize(
    "after_sending", [False, True], ids=["before it was sent", "before it was noted"]
)
async def test_if_the_teller_dies_the_alarm_is_told_again_as_the_same_mail(
    office: Office, *, after_sending: bool
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    dying = Dying(after_sending=after_sending)
    task = asyncio.create_task(
        tell(office.config, office.ledger, clock=office.clock, send=dying)
    )
    await dying.hangs.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    office.later(minutes=4)
    await office.passes()
    assert len(await office.mails()) == int(after_sending)

    office.now += LAPSE
    await office.passes()
    await office.passes()

    mails = await office.mails()
    assert len(mails) == 1 + int(after_sending)
    assert len({mail["Message-ID"] for mail in mails}) == 1


async def test_who_may_have_heard_from_a_teller_that_died_is_told_the_end(
    office: Office,
) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    dying = Dying(after_sending=True)
    task = asyncio.create_task(
        tell(office.config, office.ledger, clock=office.clock, send=dying)
    )
    await dying.hangs.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await office.judged("gg")
    office.now += LAPSE
    await office.passes()

    assert await office.heard() == ["opened", "resolved"]


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_of_two_tellers_on_one_ledger_each_alarm_is_told_once(
    office: Office, database: str, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(database)
    async with open_ledger(address) as one, open_ledger(address) as other:
        office.ledger = one
        await office.judged("gbb")
        await advance(office.config, one, now=office.now)
        for hours in (0, 1, 3):
            office.later(hours=hours)
            await asyncio.gather(
                *(
                    tell(office.config, each, clock=office.clock)
                    for each in (one, other)
                )
            )

        assert await office.heard() == ["opened", "reminder", "reminder"]
        assert len(office.texts()) == len(set(office.texts())) == 2


async def test_trouble_that_ends_while_it_is_being_told_is_told_to_its_end(
    office: Office,
) -> None:
    """Its end is decided while the alarm is on its way: he who hears one hears both."""

    async def slow(settings: ChannelSettings, notice: Notice) -> Sent:
        await office.judged("gg")
        await advance(office.config, office.ledger, now=office.now)
        return await send(settings, notice)

    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    await tell(office.config, office.ledger, clock=office.clock, send=slow)
    await office.passes()

    assert await office.heard() == ["opened", "resolved"]


async def test_a_decision_made_before_a_claim_is_made_anew(office: Office) -> None:
    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    before = await office.incident()
    [mail, _] = await office.ledger.alarms_of(await office.incident_id())
    assert mail.id is not None
    await office.ledger.claim_alarm(mail.id, now=office.now, lapse=LAPSE)

    over = replace(before, resolved_at=office.now)

    assert await office.ledger.record_incident(over) is None


async def test_a_bug_in_one_channel_does_not_cancel_the_others(office: Office) -> None:
    class Bug(Exception):
        pass

    async def buggy(settings: ChannelSettings, notice: Notice) -> Sent:
        if settings.kind == "sms":
            raise Bug
        return await send(settings, notice)

    await office.judged("gbb")
    await advance(office.config, office.ledger, now=office.now)
    office.later(minutes=10)
    with pytest.raises(BaseExceptionGroup) as caught:
        await tell(office.config, office.ledger, clock=office.clock, send=buggy)

    assert caught.group_contains(Bug)
    assert await office.heard() == ["opened"]


async def test_a_drill_says_so(office: Office) -> None:
    drill = Alarm(
        channel=MAIL,
        step=0,
        reason=Reason.DRILL,
        created_at=office.now,
        due_at=office.now,
    )
    await office.ledger.record_alarms([drill])
    await office.passes()

    [mail] = await office.mails()
    assert mail["Subject"] == "This is only a drill: nothing is wrong."


async def test_alarms_come_in_the_language_of_the_configuration(
    office: Office,
) -> None:
    common = office.config.watchdog.model_copy(update={"language": "de"})
    office.config = office.config.model_copy(update={"watchdog": common})

    await opened(office)

    [mail] = await office.mails()
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == (
        "Nachrichten über „Riverside Studio contact form“ kommen nicht bei Ihnen an."
    )
    assert "Wo: Zwischen Website und Postfach." in text
    assert "Was zu tun ist: Prüfen Sie, an welche Adresse " in text
