"""Who hears: everybody in his turn, nobody twice, and nobody of stale things."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.model import (
    Alarm,
    AlarmId,
    AlarmResult,
    ChannelName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Outcome,
    Reason,
)
from watchdog.rules.alarm import REMINDERS, is_stale, raised, reminders
from watchdog.rules.handing_on import TRIES, handed_on, retry_at
from watchdog.rules.hearing import may_have_heard
from watchdog.rules.ladder import Rung, merged

MAIL, SMS, BOSS = ChannelName("mail"), ChannelName("sms"), ChannelName("boss")
TEN = timedelta(minutes=10)
HOUR = timedelta(hours=1)
LADDER = [
    Rung(channel=MAIL, after=timedelta()),
    Rung(channel=SMS, after=TEN),
    Rung(channel=BOSS, after=HOUR),
]


def loss(**changes: Any) -> Incident:
    fact = Incident(
        id=IncidentId(1),
        kind=IncidentKind.LOSS,
        shared="mailbox:office",
        checks=frozenset({RIVERSIDE}),
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=NOON,
        window_from=None,
    )
    return replace(fact, **changes)


def alarm(channel: ChannelName = MAIL, **changes: Any) -> Alarm:
    fact = Alarm(
        id=AlarmId(7),
        incident=IncidentId(1),
        channel=channel,
        step=0,
        reason=Reason.OPENED,
        created_at=NOON,
        due_at=NOON,
    )
    return replace(fact, **changes)


def sent(channel: ChannelName = MAIL, at: datetime = NOON, **changes: Any) -> Alarm:
    told = {"claimed_at": at, "settled_at": at, "result": AlarmResult.SENT}
    return alarm(channel, **({"attempts": 1} | told | changes))


def failed(channel: ChannelName = MAIL, **changes: Any) -> Alarm:
    return sent(channel, result=AlarmResult.FAILED, **changes)


def told(alarms: Sequence[Alarm]) -> list[tuple[ChannelName, Reason, datetime]]:
    return [(one.channel, one.reason, one.due_at) for one in alarms]


def test_what_begins_climbs_the_ladder_step_by_step():
    new = raised(loss(), Reason.OPENED, LADDER, [], now=NOON)
    assert told(new) == [
        (MAIL, Reason.OPENED, NOON),
        (SMS, Reason.OPENED, after(minutes=10)),
        (BOSS, Reason.OPENED, after(hours=1)),
    ]
    assert [one.step for one in new] == [0, 1, 2]


def test_what_we_cannot_see_is_told_as_that():
    blind = loss(kind=IncidentKind.BLIND, outcome=Outcome.BLIND, health=Health.UNKNOWN)
    new = raised(blind, Reason.BLIND, LADDER, [], now=NOON)
    assert {one.reason for one in new} == {Reason.BLIND}


def test_who_hears_for_one_reason_only_is_not_told_for_others():
    ladder = [replace(LADDER[0], reasons=frozenset({Reason.WORSE}))]
    assert raised(loss(), Reason.OPENED, ladder, [], now=NOON) == []
    assert told(raised(loss(), Reason.WORSE, ladder, [], now=NOON)) == [
        (MAIL, Reason.WORSE, NOON)
    ]


def test_when_a_check_joins_only_its_own_people_hear_and_from_then_on():
    ladder = [LADDER[0], Rung(channel=BOSS, after=TEN)]
    new = raised(loss(), Reason.OPENED, ladder, [sent(MAIL)], now=after(hours=3))
    assert told(new) == [(BOSS, Reason.OPENED, after(hours=3, minutes=10))]


def test_who_would_hear_later_of_one_check_hears_at_once_of_another_that_joins():
    waiting = alarm(SMS, due_at=after(hours=2))
    ladder = [Rung(channel=SMS, after=timedelta())]
    [sooner] = raised(loss(), Reason.OPENED, ladder, [waiting], now=after(minutes=1))
    assert sooner == replace(waiting, due_at=after(minutes=1))


def test_what_grows_worse_is_told_to_those_whose_time_has_come():
    known = [sent(MAIL), sent(SMS), alarm(BOSS, due_at=after(hours=1))]
    new = raised(loss(), Reason.WORSE, LADDER, known, now=after(minutes=20))
    assert told(new) == [
        (MAIL, Reason.WORSE, after(minutes=20)),
        (SMS, Reason.WORSE, after(minutes=20)),
    ]


def test_who_is_about_to_hear_is_not_told_twice_that_it_grew_worse():
    assert raised(loss(), Reason.WORSE, LADDER[:1], [alarm()], now=NOON) == []


def test_the_end_is_told_once_and_only_to_those_who_heard_the_beginning():
    known = [
        sent(MAIL),
        sent(MAIL, reason=Reason.REMINDER),
        alarm(SMS),
        failed(BOSS),
    ]
    new = raised(loss(), Reason.RESOLVED, LADDER, known, now=after(hours=1))
    assert told(new) == [(MAIL, Reason.RESOLVED, after(hours=1))]


def test_whoever_died_while_telling_may_have_told():
    dead = alarm(SMS, claimed_at=NOON, attempts=1)
    new = raised(loss(), Reason.RESOLVED, LADDER, [dead], now=after(hours=1))
    assert told(new) == [(SMS, Reason.RESOLVED, after(hours=1))]


def test_where_nobody_heard_the_first_step_hears_of_the_end():
    new = raised(loss(), Reason.RESOLVED, LADDER, [alarm()], now=after(minutes=1))
    assert told(new) == [(MAIL, Reason.RESOLVED, after(minutes=1))]


WITHOUT_ENDS = [
    replace(rung, reasons=frozenset({Reason.OPENED, Reason.REMINDER}))
    for rung in LADDER
]


def test_where_nobody_heard_a_ladder_that_takes_no_ends_hears_of_it_all_the_same():
    over = loss(resolved_at=NOON)
    assert told(raised(over, Reason.RESOLVED, WITHOUT_ENDS, [], now=NOON)) == [
        (MAIL, Reason.RESOLVED, NOON)
    ]
    assert raised(over, Reason.RESOLVED, WITHOUT_ENDS, [sent()], now=NOON) == []


def test_an_end_that_nobody_heard_moves_on_in_a_ladder_that_takes_no_ends():
    over, end = loss(resolved_at=NOON), alarm(reason=Reason.RESOLVED)
    [new] = handed_on(end, over, WITHOUT_ENDS, [end], now=NOON)
    assert (new.channel, new.reason) == (SMS, Reason.RESOLVED)


def test_that_a_warning_of_which_nobody_heard_is_over_is_not_pressed_on_anybody():
    over = loss(kind=IncidentKind.WARNING, resolved_at=NOON)
    ladder = [replace(LADDER[0], reasons=frozenset({Reason.WARNING}))]
    assert raised(over, Reason.RESOLVED, ladder, [], now=NOON) == []


def test_who_heard_is_told_the_end_though_the_configuration_forgot_him():
    new = raised(loss(), Reason.RESOLVED, LADDER[:1], [sent(BOSS)], now=NOON)
    assert told(new) == [(BOSS, Reason.RESOLVED, NOON)]


@pytest.mark.parametrize(
    ("minutes", "whom"),
    [(59, set()), (60, {MAIL}), (70, {MAIL, SMS})],
)
def test_reminders_come_an_hour_after_the_telling_to_each_on_his_own(minutes, whom):
    known = [sent(MAIL), sent(SMS, at=after(minutes=10)), alarm(BOSS)]
    new = reminders(loss(), LADDER, known, now=after(minutes=minutes))
    assert {one.channel for one in new} == whom


def test_the_gaps_between_reminders_grow_and_the_last_goes_on():
    ladder, known, at = LADDER[:1], [sent(MAIL)], NOON
    gaps = []
    while len(gaps) < 7:
        before, at = at, at + timedelta(minutes=30)
        while not reminders(loss(), ladder, known, now=at):
            at += timedelta(minutes=30)
        known = [*known, sent(MAIL, at=at, reason=Reason.REMINDER)]
        gaps.append(at - before)
    assert gaps == [*REMINDERS, REMINDERS[-1], REMINDERS[-1]]


@pytest.mark.parametrize(
    "incident",
    [
        loss(acknowledged_at=NOON),
        loss(resolved_at=NOON),
        loss(kind=IncidentKind.WARNING),
    ],
    ids=["acknowledged", "resolved", "a warning"],
)
def test_nobody_is_reminded_of_what_is_known_or_over_or_can_wait(incident):
    assert reminders(incident, LADDER, [sent(MAIL)], now=after(days=1)) == []


def test_nobody_is_reminded_while_he_is_still_being_told():
    pending = alarm(attempts=3, due_at=after(days=2))
    assert reminders(loss(), LADDER[:1], [pending], now=after(days=1)) == []


def test_a_channel_that_failed_for_good_is_tried_again_by_a_reminder():
    new = reminders(loss(), LADDER[:1], [failed()], now=after(hours=1))
    assert told(new) == [(MAIL, Reason.REMINDER, after(hours=1))]


@pytest.mark.parametrize(
    ("reason", "changes", "stale"),
    [
        (Reason.OPENED, {}, False),
        (Reason.OPENED, {"resolved_at": NOON}, True),
        (Reason.REMINDER, {"resolved_at": NOON}, True),
        (Reason.OPENED, {"acknowledged_at": after(minutes=1)}, True),
        (Reason.WORSE, {"acknowledged_at": after(minutes=-1)}, False),
        (Reason.RESOLVED, {"resolved_at": NOON}, False),
        (Reason.RESOLVED, {"resolved_at": NOON, "acknowledged_at": NOON}, False),
    ],
)
def test_what_is_over_or_known_is_stale(reason, changes, stale):
    assert is_stale(alarm(reason=reason), loss(**changes), []) is stale


def test_the_end_is_stale_for_him_alone_who_did_not_hear_the_beginning():
    over = loss(resolved_at=NOON)
    end = alarm(MAIL, id=AlarmId(8), reason=Reason.RESOLVED)
    assert is_stale(end, over, [sent(SMS), end])
    assert not is_stale(end, over, [sent(SMS), sent(MAIL), end])
    assert not is_stale(end, over, [failed(MAIL), end])


def test_a_refusal_for_good_moves_on_to_the_next_step_at_once():
    waiting = alarm(SMS, due_at=after(minutes=10))
    known = [alarm(), waiting, alarm(BOSS, due_at=after(hours=1))]
    new = handed_on(alarm(), loss(), LADDER, known, now=after(seconds=1))
    assert new == [replace(waiting, due_at=after(seconds=1))]


def test_it_moves_on_past_a_step_that_failed_too():
    waiting = alarm(BOSS, due_at=after(hours=1))
    known = [alarm(), failed(SMS), waiting]
    [new] = handed_on(alarm(), loss(), LADDER, known, now=NOON)
    assert new.channel == BOSS


@pytest.mark.parametrize("next_step", [sent(SMS), alarm(SMS), alarm(SMS, attempts=1)])
def test_it_moves_on_no_further_than_to_one_who_hears(next_step):
    known = [alarm(), next_step, alarm(BOSS, due_at=after(hours=1))]
    assert handed_on(alarm(), loss(), LADDER, known, now=NOON) == []


def test_what_grows_worse_moves_on_past_an_alarm_that_an_acknowledgement_ended():
    known = loss(acknowledged_at=after(minutes=1))
    worse = alarm(reason=Reason.WORSE, created_at=after(minutes=5), attempts=TRIES)
    for ended in (
        alarm(SMS, id=AlarmId(8), due_at=after(minutes=10)),
        alarm(SMS, id=AlarmId(8), result=AlarmResult.WITHDRAWN, settled_at=NOON),
    ):
        new = handed_on(worse, known, LADDER, [ended, worse], now=after(minutes=6))
        assert told(new) == [(SMS, Reason.WORSE, after(minutes=6))]


def test_who_waits_for_a_known_beginning_is_told_that_it_grew_worse():
    known = loss(acknowledged_at=after(minutes=1))
    ended = alarm(SMS, due_at=after(minutes=20))
    new = raised(known, Reason.WORSE, LADDER[1:2], [ended], now=after(minutes=15))
    assert told(new) == [(SMS, Reason.WORSE, after(minutes=15))]


def test_of_a_step_that_is_gone_the_first_one_that_did_not_hear_takes_over():
    gone = alarm(ChannelName("old-mail"), attempts=1)
    waiting = alarm(SMS, id=AlarmId(8), due_at=after(minutes=10))
    assert told(handed_on(gone, loss(), LADDER, [gone, waiting], now=NOON)) == [
        (MAIL, Reason.OPENED, NOON)
    ]


def test_the_end_moves_on_only_if_nobody_heard_the_beginning():
    over, end = loss(resolved_at=NOON), alarm(reason=Reason.RESOLVED)
    assert handed_on(end, over, LADDER, [sent(BOSS), end], now=NOON) == []
    [new] = handed_on(end, over, LADDER, [end], now=NOON)
    assert (new.channel, new.reason) == (SMS, Reason.RESOLVED)
    assert handed_on(end, over, LADDER, [end, new], now=NOON) == []


def test_the_end_moves_on_from_a_step_that_is_gone_to_one_that_does_not_hear_it():
    over, gone = loss(resolved_at=NOON), ChannelName("old-mail")
    begun = [sent(gone), sent(SMS)]
    ends = [alarm(one, reason=Reason.RESOLVED, id=AlarmId(8)) for one in (gone, SMS)]
    told = [*begun, *ends]

    [new] = handed_on(ends[0], over, LADDER, told, now=NOON)

    assert (new.channel, new.reason) == (MAIL, Reason.RESOLVED)
    lost = replace(ends[0], result=AlarmResult.FAILED, settled_at=NOON)
    assert not is_stale(new, over, [*begun, lost, ends[1], new])
    kept = [rung for rung in LADDER if rung.channel == SMS]
    assert handed_on(ends[0], over, kept, told, now=NOON) == []


def test_what_a_channel_does_not_take_is_tried_ever_more_rarely():
    gaps = [retry_at(alarm(attempts=n), now=NOON) - NOON for n in range(9)]
    assert gaps == sorted(gaps)
    assert gaps[0] == timedelta(seconds=30)
    assert gaps[-1] == timedelta(hours=1)


def test_checks_that_fail_together_share_one_ladder_and_all_hear_early():
    first = [LADDER[0], Rung(channel=SMS, after=HOUR)]
    second = [Rung(channel=SMS, after=TEN), Rung(channel=BOSS, after=timedelta())]
    assert [(r.channel, r.after) for r in merged([first, second])] == [
        (MAIL, timedelta()),
        (BOSS, timedelta()),
        (SMS, TEN),
    ]


class Office:
    """An incident's life, with channels that work or not as it comes."""

    def __init__(self) -> None:
        self.now = NOON
        self.incident = loss()
        self.alarms: list[Alarm] = []
        self.heard: list[tuple[ChannelName, Reason]] = []
        self.write(raised(self.incident, Reason.OPENED, LADDER, [], now=NOON))

    def write(self, alarms: Sequence[Alarm]) -> None:
        """Add new alarms, and bring old ones forward."""
        for one in alarms:
            if one.id is None:
                self.alarms.append(replace(one, id=AlarmId(len(self.alarms))))
            else:
                self.alarms[one.id] = one

    def keep(self, one: Alarm, **changes: Any) -> None:
        """Write down what became of an alarm."""
        assert one.id is not None
        self.alarms[one.id] = replace(one, **changes)

    def tell(self, answers: dict[ChannelName, str]) -> None:
        """Send what is due: each channel answers `ok`, `later`, `never` or `dies`."""
        self.write(reminders(self.incident, LADDER, self.alarms, now=self.now))
        for one in list(self.alarms):
            is_due = one.settled_at is None and one.due_at <= self.now
            if is_due:
                claimed = replace(
                    one,
                    claimed_at=self.now,
                    attempts=one.attempts + 1,
                    lapsed=one.lapsed or one.claimed_at is not None,
                )
                self.end(claimed, answers[one.channel])

    def end(self, one: Alarm, answer: str) -> None:
        """Let a claimed alarm be withdrawn, told, or not."""
        if is_stale(one, self.incident, self.alarms):
            withdrawn = AlarmResult.WITHDRAWN
            self.keep(one, settled_at=self.now, result=withdrawn, claimed_at=None)
            return
        if answer in {"ok", "dies"}:
            self.heard.append((one.channel, one.reason))
        if answer == "ok":
            self.keep(one, settled_at=self.now, result=AlarmResult.SENT)
            return
        if answer == "dies":
            self.keep(one)
            return
        if answer == "never" or one.attempts >= TRIES:
            before = self.alarms
            self.write(handed_on(one, self.incident, LADDER, before, now=self.now))
        if answer == "never":
            self.keep(one, settled_at=self.now, result=AlarmResult.FAILED)
        else:
            again = retry_at(one, now=self.now)
            self.keep(one, due_at=again, claimed_at=None)

    def resolve(self) -> None:
        """Let the trouble be over."""
        self.incident = replace(self.incident, resolved_at=self.now)
        ends = raised(self.incident, Reason.RESOLVED, LADDER, self.alarms, now=self.now)
        self.write(ends)


ANSWERS = st.fixed_dictionaries(
    {
        channel: st.sampled_from(["ok", "later", "never", "dies"])
        for channel in (MAIL, SMS, BOSS)
    }
)
EVENTS = st.lists(st.tuples(st.sampled_from([0, 1, 6, 60]), ANSWERS), max_size=12)
WORKING = {MAIL: "ok", SMS: "ok", BOSS: "ok"}


@given(EVENTS, st.booleans())
def test_an_incident_is_told_or_its_end_is_whatever_fails_on_the_way(events, acked):
    office = Office()
    for minutes, answers in events:
        office.now += timedelta(minutes=minutes)
        office.tell(answers)
    if acked:
        office.incident = replace(office.incident, acknowledged_at=office.now)
    office.resolve()
    for _ in range(8):
        office.now += timedelta(hours=2)
        office.tell(WORKING)

    assert office.heard
    assert all(one.settled_at for one in office.alarms)


@given(EVENTS)
def test_nobody_hears_the_end_who_did_not_hear_of_it_unless_nobody_did(events):
    office = Office()
    for minutes, answers in events:
        office.now += timedelta(minutes=minutes)
        office.tell(answers)
    heard_before = {channel for channel, _ in office.heard}
    office.resolve()
    for _ in range(8):
        office.now += timedelta(hours=2)
        office.tell(WORKING)

    ends = [channel for channel, reason in office.heard if reason is Reason.RESOLVED]
    assert len(ends) == len(set(ends))
    assert set(ends) == heard_before or (not heard_before and ends == [MAIL])


@given(EVENTS)
def test_a_claim_without_a_result_counts_as_heard_until_it_failed(events):
    office = Office()
    for minutes, answers in events:
        office.now += timedelta(minutes=minutes)
        office.tell(answers)
    surely = {one.channel for one in office.alarms if one.result is AlarmResult.SENT}
    maybe = {one.channel for one in office.alarms if may_have_heard(one)}
    assert surely <= maybe <= {channel for channel, _ in office.heard}
