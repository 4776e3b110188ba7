"""That we know better is told to those who heard of the trouble: once, or twice."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.world.facts import NOON, RIVERSIDE, after
from tests.world.trouble import alarm
from watchdog.model import (
    Alarm,
    AlarmId,
    AlarmResult,
    Cause,
    ChannelName,
    Conclusion,
    Diagnosis,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Outcome,
    Reason,
    Sureness,
)
from watchdog.rules.diagnosis.news import is_news, news
from watchdog.rules.ladder import Rung

INCIDENT = Incident(
    id=IncidentId(7),
    kind=IncidentKind.LOSS,
    shared="site:riverside",
    checks=frozenset({RIVERSIDE}),
    outcome=Outcome.MISSING,
    health=Health.CRITICAL,
    opened_at=NOON,
    window_from=None,
)
LADDER = [
    Rung(channel=ChannelName("mail"), after=timedelta()),
    Rung(channel=ChannelName("sms"), after=timedelta(minutes=10)),
]
SOON, SENT = timedelta(seconds=30), AlarmResult.SENT
HEARD = alarm("mail", id=AlarmId(1), incident=IncidentId(7), result=SENT)
WAITS = alarm("sms", id=AlarmId(2), incident=IncidentId(7))
PROVEN = Conclusion(cause=Cause.MAILBOX, sureness=Sureness.PROVEN, words="It is full.")
LIKELY = replace(PROVEN, sureness=Sureness.LIKELY)
UNKNOWN = Conclusion(cause=None, sureness=Sureness.UNKNOWN, words="?")


def found(conclusion: Conclusion = LIKELY, number: int = 1) -> Diagnosis:
    """Return what was found at noon, or so many minutes after the first."""
    return Diagnosis(
        incident=IncidentId(7),
        number=number,
        check=RIVERSIDE,
        outcome=Outcome.MISSING,
        trials=0,
        conclusion=conclusion,
        diagnosed_at=after(minutes=number - 1),
    )


def told(number: int = 1, **changes: Any) -> Alarm:
    """Return the alarm that told of that diagnosis, half a minute after it."""
    at = found(number=number).diagnosed_at
    sent = {"claimed_at": at + SOON, "settled_at": at + SOON, "result": SENT}
    return replace(
        alarm("mail", incident=IncidentId(7), reason=Reason.DIAGNOSED),
        created_at=at,
        **(sent | changes),
    )


def test_only_those_who_heard_of_it_hear_why() -> None:
    alarms = news(INCIDENT, LADDER, [HEARD, WAITS], found(), [])

    assert [(one.channel, one.reason) for one in alarms] == [("mail", Reason.DIAGNOSED)]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(replace(INCIDENT, acknowledged_at=NOON), id="acknowledged"),
        pytest.param(replace(INCIDENT, resolved_at=NOON), id="over"),
    ],
)
def test_nobody_hears_why_who_has_done_with_it(known: Incident) -> None:
    assert news(known, LADDER, [HEARD], found(), []) == []


@pytest.mark.parametrize(
    ("now", "before", "alarms"),
    [
        pytest.param(found(LIKELY, 2), [found()], [told()], id="no surer"),
        pytest.param(found(PROVEN, 2), [found(PROVEN)], [told()], id="told as proven"),
        pytest.param(
            found(PROVEN, 3),
            [found(), found(PROVEN, 2)],
            [told(claimed_at=after(minutes=2))],
            id="proven by when it was told",
        ),
        pytest.param(
            found(PROVEN, 2),
            [found()],
            [told(claimed_at=None, settled_at=None, result=None)],
            id="still to be told",
        ),
        pytest.param(
            found(PROVEN, 3),
            [found(), found(LIKELY, 2)],
            [told(), told(2)],
            id="told twice",
        ),
    ],
)
def test_why_is_told_once(
    now: Diagnosis, before: list[Diagnosis], alarms: list[Alarm]
) -> None:
    assert news(INCIDENT, LADDER, [HEARD, *alarms], now, before) == []


def test_proof_is_told_to_those_who_heard_what_was_likely() -> None:
    alarms = news(INCIDENT, LADDER, [HEARD, told()], found(PROVEN, 2), [found()])

    assert [(one.channel, one.reason) for one in alarms] == [("mail", Reason.DIAGNOSED)]


def test_another_cause_that_was_proven_before_hides_no_proof() -> None:
    before = [found(PROVEN), found(LIKELY, 2)]

    assert news(INCIDENT, LADDER, [HEARD, told(2)], found(PROVEN, 3), before)


def test_each_channel_hears_what_it_has_not_heard() -> None:
    heard = replace(WAITS, result=SENT, claimed_at=NOON)
    later = replace(told(2), channel=ChannelName("sms"), claimed_at=after(minutes=3))
    failed = replace(later, result=AlarmResult.FAILED)
    before = [found(), found(PROVEN, 2)]
    now = found(PROVEN, 4)

    by_race = news(INCIDENT, LADDER, [HEARD, heard, told(), later], now, before)
    in_vain = news(INCIDENT, LADDER, [HEARD, heard, told(), failed], now, before)

    assert [one.channel for one in by_race] == ["mail"]
    assert [one.channel for one in in_vain] == ["mail", "sms"]


def test_who_heard_of_the_trouble_with_its_cause_hears_nothing_twice() -> None:
    late = replace(WAITS, result=SENT, claimed_at=after(minutes=5))
    before = [found()]

    assert news(INCIDENT, LADDER, [late], found(LIKELY, 10), before) == []
    assert news(INCIDENT, LADDER, [late], found(PROVEN, 10), before)


def test_a_step_that_wants_no_causes_hears_none() -> None:
    deaf = [replace(LADDER[0], reasons=frozenset({Reason.OPENED}))]

    assert news(INCIDENT, deaf, [HEARD], found(), []) == []


@pytest.mark.parametrize(
    ("conclusion", "said", "is_last", "is_new"),
    [
        pytest.param(PROVEN, None, False, True, id="proven at once"),
        pytest.param(LIKELY, None, False, False, id="a trial may show more"),
        pytest.param(LIKELY, None, True, True, id="no trial is to come"),
        pytest.param(PROVEN, PROVEN, True, False, id="told with the verdict"),
        pytest.param(PROVEN, LIKELY, True, True, id="surer than the verdict was"),
        pytest.param(UNKNOWN, None, True, False, id="not known"),
    ],
)
def test_news_is_what_nobody_was_told(
    conclusion: Conclusion, said: Conclusion | None, *, is_last: bool, is_new: bool
) -> None:
    known = said and {"cause_name": said.cause, "sureness": said.sureness}

    assert is_news(conclusion, known or {}, is_last=is_last) is is_new
