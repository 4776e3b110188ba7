"""That we know better is told once, and to nobody who did not hear of the trouble."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world.facts import NOON, RIVERSIDE
from tests.world.trouble import alarm
from watchdog.model import (
    AlarmId,
    AlarmResult,
    Cause,
    ChannelName,
    Conclusion,
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
HEARD = alarm("mail", id=AlarmId(1), incident=IncidentId(7), result=AlarmResult.SENT)
WAITS = alarm("sms", id=AlarmId(2), incident=IncidentId(7))
PROVEN = Conclusion(cause=Cause.MAILBOX, sureness=Sureness.PROVEN, words="It is full.")
LIKELY = replace(PROVEN, sureness=Sureness.LIKELY)
UNKNOWN = Conclusion(cause=None, sureness=Sureness.UNKNOWN, words="?")


def test_only_those_who_heard_of_it_hear_why() -> None:
    told = news(INCIDENT, LADDER, [HEARD, WAITS], now=NOON)

    assert [(one.channel, one.reason) for one in told] == [("mail", Reason.DIAGNOSED)]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(replace(INCIDENT, acknowledged_at=NOON), id="acknowledged"),
        pytest.param(replace(INCIDENT, resolved_at=NOON), id="over"),
    ],
)
def test_nobody_hears_why_who_has_done_with_it(known: Incident) -> None:
    assert news(known, LADDER, [HEARD], now=NOON) == []


def test_why_is_told_once() -> None:
    before = alarm("mail", incident=IncidentId(7), reason=Reason.DIAGNOSED)

    assert news(INCIDENT, LADDER, [HEARD, before], now=NOON) == []


def test_a_step_that_wants_no_causes_hears_none() -> None:
    deaf = [replace(LADDER[0], reasons=frozenset({Reason.OPENED}))]

    assert news(INCIDENT, deaf, [HEARD], now=NOON) == []


@pytest.mark.parametrize(
    ("conclusion", "told", "is_last", "is_new"),
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
    conclusion: Conclusion, told: Conclusion | None, *, is_last: bool, is_new: bool
) -> None:
    known = told and {"cause_name": told.cause, "sureness": told.sureness}

    assert is_news(conclusion, known or {}, is_last=is_last) is is_new
