"""Every outcome follows from evidence, and `delivered` from an arrival alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.model import (
    Answered,
    Arrival,
    Blindness,
    Bounce,
    CheckName,
    Facts,
    Failure,
    Health,
    Leg,
    MailboxName,
    Marker,
    Outcome,
    Place,
    Submission,
)
from watchdog.rules.cause import span
from watchdog.rules.verdict import PATIENCE, judge

MARK = Marker("cwd")
BOX = MailboxName("office")
SENT_AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SUBMISSION = Submission(
    marker=MARK,
    check=CheckName("Riverside"),
    mailbox=BOX,
    beat=SENT_AT,
    submitted_at=SENT_AT,
    expected=timedelta(minutes=2),
    due_at=SENT_AT + timedelta(minutes=15),
)
DUE_AT = SUBMISSION.due_at
SENT = Facts(
    submission=SUBMISSION,
    answered=None,
    failure=None,
    arrival=None,
    bounce=None,
    looked_at=None,
    inbox_looked_at=None,
    blindness=None,
)


def answered(answer="accepted", status=200, words="Thank you."):
    return Answered(
        marker=MARK,
        answered_at=SENT_AT,
        answer=answer,
        words=words,
        status=status,
        url="https://shop.example/contact",
        system="form",
    )


def arrived(after=timedelta(seconds=40), place=Place.INBOX, seen_after=None):
    return Arrival(
        marker=MARK,
        mailbox=BOX,
        folder={"inbox": "INBOX", "spam": "Junk", "other": "Shop"}[place],
        place=place,
        arrived_at=SENT_AT + after,
        seen_at=SENT_AT + (after if seen_after is None else seen_after),
        validity=1,
        uid=1,
    )


def unseen(*, permanent=False):
    return Blindness(
        mailbox=BOX, failed_at=SENT_AT, words="It refused us.", permanent=permanent
    )


def failed(outcome, leg=Leg.PAGE):
    return Failure(
        marker=MARK, failed_at=SENT_AT, outcome=outcome, leg=leg, words="It failed."
    )


ACCEPTED = replace(SENT, answered=answered())
LOOKED = replace(ACCEPTED, looked_at=DUE_AT, inbox_looked_at=DUE_AT)
BOUNCE = Bounce(
    marker=MARK,
    mailbox=BOX,
    seen_at=SENT_AT,
    status="5.1.1",
    words="No such user",
    recipient="owner@shop.example",
)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        pytest.param(
            replace(ACCEPTED, arrival=arrived()), Outcome.DELIVERED, id="in the inbox"
        ),
        pytest.param(
            replace(ACCEPTED, arrival=arrived(timedelta(minutes=3))),
            Outcome.LATE,
            id="in the inbox, but slow",
        ),
        pytest.param(
            replace(LOOKED, arrival=arrived(timedelta(hours=3))),
            Outcome.LATE,
            id="after the deadline",
        ),
        pytest.param(
            replace(ACCEPTED, arrival=arrived(place=Place.SPAM)),
            Outcome.JUNKED,
            id="in the spam folder",
        ),
        pytest.param(
            replace(ACCEPTED, arrival=arrived(place=Place.OTHER)),
            Outcome.MISFILED,
            id="in another folder",
        ),
        pytest.param(LOOKED, Outcome.MISSING, id="looked everywhere: nowhere"),
        pytest.param(
            replace(LOOKED, answered=answered("unclear", None)),
            Outcome.MISSING,
            id="the answer was lost, and it is nowhere",
        ),
        pytest.param(
            replace(LOOKED, answered=answered("unclear", 500)),
            Outcome.REFUSED,
            id="the site failed on it, and it is nowhere",
        ),
        pytest.param(replace(LOOKED, bounce=BOUNCE), Outcome.BOUNCED, id="returned"),
        pytest.param(
            replace(SENT, answered=answered("declined")), Outcome.REFUSED, id="said no"
        ),
        pytest.param(
            replace(SENT, answered=answered("blocked")), Outcome.BLOCKED, id="a guard"
        ),
        pytest.param(
            replace(SENT, failure=failed(Outcome.REFUSED)),
            Outcome.REFUSED,
            id="no page",
        ),
        pytest.param(
            replace(SENT, failure=failed(Outcome.UNREACHABLE, Leg.SITE)),
            Outcome.UNREACHABLE,
            id="no site",
        ),
        pytest.param(
            replace(SENT, failure=failed(Outcome.BLIND, Leg.SITE)),
            Outcome.BLIND,
            id="our own network",
        ),
        pytest.param(
            replace(ACCEPTED, blindness=unseen(permanent=True)),
            Outcome.BLIND,
            id="the mailbox refuses us for good",
        ),
        pytest.param(
            replace(LOOKED, answered=None),
            Outcome.BLIND,
            id="killed between claim and receipt",
        ),
    ],
)
def test_each_outcome_follows_from_its_evidence(facts, outcome):
    verdict = judge(facts, now=DUE_AT)

    assert verdict is not None
    assert verdict.outcome is outcome
    assert verdict.cause.endswith((".", "”", "user"))
    assert verdict.advice.endswith(".")
    assert (verdict.leg is None) is (outcome is Outcome.DELIVERED)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(SENT, id="sent"),
        pytest.param(ACCEPTED, id="accepted"),
        pytest.param(replace(ACCEPTED, bounce=BOUNCE), id="one copy was returned"),
        pytest.param(replace(ACCEPTED, blindness=unseen()), id="unseen for now"),
        pytest.param(
            replace(ACCEPTED, looked_at=DUE_AT - timedelta(seconds=1)),
            id="looked before the deadline",
        ),
        pytest.param(
            replace(ACCEPTED, inbox_looked_at=DUE_AT), id="looked at the inbox alone"
        ),
        pytest.param(
            replace(ACCEPTED, looked_at=DUE_AT + timedelta(days=1)),
            id="looked while our clock was a day ahead",
        ),
    ],
)
def test_before_the_evidence_decides_there_is_no_verdict(facts):
    assert judge(facts, now=DUE_AT) is None


def test_what_nobody_looked_for_is_never_called_missing():
    verdict = judge(ACCEPTED, now=DUE_AT + PATIENCE)

    assert verdict is not None
    assert verdict.outcome is Outcome.BLIND


def test_the_mailbox_decides_whatever_the_form_said():
    facts = replace(SENT, answered=answered("declined"), arrival=arrived())
    verdict = judge(facts, now=SENT_AT)

    assert verdict is not None
    assert verdict.outcome is Outcome.DELIVERED
    assert "told the visitor that sending failed" in verdict.advice


@pytest.mark.parametrize(
    ("arrival", "latency"),
    [
        pytest.param(arrived(timedelta(seconds=40)), 40, id="seen as it came"),
        pytest.param(
            arrived(timedelta(seconds=40), seen_after=timedelta(minutes=5)),
            41,
            id="seen later: the second that the mail host stamped had to end",
        ),
        pytest.param(
            arrived(timedelta(seconds=-50), seen_after=timedelta(seconds=3)),
            0,
            id="the mail host's clock is behind",
        ),
        pytest.param(
            arrived(timedelta(hours=1), seen_after=timedelta(seconds=3)),
            3,
            id="the mail host's clock is ahead",
        ),
    ],
)
def test_latency_lies_between_sending_and_seeing(arrival, latency):
    verdict = judge(replace(ACCEPTED, arrival=arrival), now=DUE_AT)

    assert verdict is not None
    assert verdict.latency == timedelta(seconds=latency)


@given(
    has_answer=st.booleans(),
    looked=st.sampled_from([None, SENT_AT, DUE_AT]),
    bounce=st.sampled_from([None, BOUNCE]),
    blindness=st.sampled_from([None, unseen(), unseen(permanent=True)]),
    failure=st.sampled_from([None, failed(Outcome.BLOCKED), failed(Outcome.BLIND)]),
    answer=st.sampled_from(["accepted", "declined", "blocked", "unclear"]),
    hours=st.integers(0, 100),
)
def test_nothing_but_an_arrival_is_ever_good(
    has_answer, looked, bounce, blindness, failure, answer, hours
):
    facts = Facts(
        submission=SUBMISSION,
        answered=answered(answer) if has_answer else None,
        failure=failure,
        arrival=None,
        bounce=bounce,
        looked_at=looked,
        inbox_looked_at=looked,
        blindness=blindness,
    )
    verdict = judge(facts, now=SENT_AT + timedelta(hours=hours))

    assert verdict is None or verdict.outcome.health in {
        Health.CRITICAL,
        Health.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(milliseconds=612), "0.61 s"),
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=2), "2 min"),
        (timedelta(seconds=90), "1 min 30 s"),
        (timedelta(hours=1, minutes=30), "1 h 30 min"),
    ],
)
def test_lengths_of_time_are_told_as_people_say_them(length, words):
    assert span(length) == words
