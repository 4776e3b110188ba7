"""What comes next for somebody who was missed, and who gets a letter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world.cases import ANNA, missed, step
from tests.world.facts import after
from watchdog.model import CaseState, CheckName, Missed, StepKind
from watchdog.rules.plan import Obstacle, plan
from watchdog.rules.recovered import report
from watchdog.rules.recovery import Next, Patience, is_spent, next_of

PATIENCE = Patience(follow_up_after=timedelta(days=4), close_after=timedelta(days=30))
NOW = after(days=1)
DRAFTED = step(StepKind.DRAFTED)
BOB = {"email": "bob@example.org"}
CONTACTED = missed(state=CaseState.CONTACTED)
ANSWERED = missed(state=CaseState.ANSWERED)


@pytest.mark.parametrize(
    ("case", "days", "then"),
    [
        (missed(), 1, Next.WRITE),
        (missed(email="", phone="030 123456"), 1, Next.CALL),
        (missed(email="a@b, c@d", phone="no"), 1, Next.SEEK),
        (missed(1, DRAFTED), 1, Next.SEND),
        (missed(1, DRAFTED, step(StepKind.REOPENED)), 1, Next.WRITE),
        (CONTACTED, 1, Next.WAIT),
        (CONTACTED, 5, Next.FOLLOW_UP),
        (missed(state=CaseState.CONTACTED, email=""), 5, Next.WAIT),
        (
            missed(1, step(StepKind.FOLLOWED_UP), state=CaseState.CONTACTED),
            9,
            Next.WAIT,
        ),
        (ANSWERED, 9, Next.READ),
        (missed(state=CaseState.CLOSED), 9, Next.NOTHING),
        (missed(state=CaseState.DISMISSED), 9, Next.NOTHING),
    ],
)
def test_each_case_has_something_that_comes_next(
    case: Missed, days: int, then: Next
) -> None:
    assert next_of(case, PATIENCE, now=after(days=days)) is then


def test_a_case_is_spent_long_after_the_last_step_and_never_while_it_is_open() -> None:
    said = missed(1, DRAFTED, step(StepKind.CONTACTED), state=CaseState.CONTACTED)

    assert not is_spent(said, PATIENCE, now=after(days=30))
    assert is_spent(said, PATIENCE, now=after(days=30, hours=1))
    assert not is_spent(missed(), PATIENCE, now=after(days=300))


def obstacle(
    case: Missed,
    *others: Missed,
    kind: StepKind = StepKind.DRAFTED,
    again: bool = False,
) -> Obstacle | None:
    [planned] = plan([case], others, kind, again=again)
    return planned.obstacle


@pytest.mark.parametrize(
    ("case", "stands"),
    [
        (missed(), None),
        (missed(email="nobody"), Obstacle.NO_ADDRESS),
        (missed(state=CaseState.DISMISSED), Obstacle.OVER),
        (missed(1, DRAFTED), Obstacle.DRAFTED),
        (CONTACTED, Obstacle.CONTACTED),
        (ANSWERED, Obstacle.ANSWERED),
    ],
)
def test_what_stands_against_a_first_letter(
    case: Missed, stands: Obstacle | None
) -> None:
    assert obstacle(case) is stands


def test_a_second_letter_needs_a_first_and_no_answer() -> None:
    kind = StepKind.FOLLOWED_UP

    assert obstacle(missed(), kind=kind) is Obstacle.NOT_CONTACTED
    assert obstacle(CONTACTED, kind=kind) is None
    assert obstacle(ANSWERED, kind=kind) is Obstacle.ANSWERED
    twice = missed(1, step(kind), state=CaseState.CONTACTED)
    assert obstacle(twice, kind=kind) is Obstacle.DRAFTED


def test_who_was_contacted_because_of_another_case_is_not_written_to() -> None:
    case = missed(2, phone="030 1234567", **BOB)
    by_phone = missed(1, email="", phone="+49 30 1234567", state=CaseState.CONTACTED)
    drafted = missed(1, DRAFTED, **BOB)

    assert obstacle(case, by_phone) is Obstacle.SAME_PERSON
    assert obstacle(case, drafted) is Obstacle.SAME_PERSON
    assert obstacle(case, CONTACTED, missed(1, **BOB), case) is None


def test_of_two_cases_of_one_person_the_first_gets_the_letter() -> None:
    first, second = missed(1), missed(2, email=ANNA.upper())

    planned = list(plan([first, missed(3, **BOB), second], [], StepKind.DRAFTED))

    assert [one.obstacle for one in planned] == [None, None, Obstacle.SAME_PERSON]
    assert planned[2].other == first


def test_a_case_of_a_check_that_is_gone_takes_nobodys_letter_away() -> None:
    old, new = missed(1), missed(2)
    gone = CheckName("renamed since")
    old = replace(old, inquiry=replace(old.inquiry, check=gone))

    planned = list(plan([old, new], [], StepKind.DRAFTED, homeless={gone}))

    assert [one.obstacle for one in planned] == [Obstacle.NO_MAILBOX, None]


def test_again_sets_aside_only_that_there_is_a_letter() -> None:
    assert obstacle(CONTACTED, again=True) is None
    assert obstacle(missed(1, DRAFTED), again=True) is None
    assert obstacle(missed(2), CONTACTED, again=True) is None
    assert obstacle(missed(email=""), again=True) is Obstacle.NO_ADDRESS
    assert obstacle(missed(state=CaseState.CLOSED), again=True) is Obstacle.OVER


def test_the_report_tells_how_far_the_desk_has_come() -> None:
    over = [missed(state=CaseState.DISMISSED), missed(5, state=CaseState.CLOSED)]
    waits = [missed(3), missed(4, submitted_at=after(hours=-9))]

    told = report([CONTACTED, ANSWERED, *over, *waits])

    assert (told.missed, told.contacted, told.dismissed) == (6, 2, 1)
    assert (told.found, told.waiting) == (1, 2)
    assert told.longest_waiting == waits[1]
    assert told.median_time == told.longest_time == timedelta(hours=1)


def test_the_time_to_contact_is_never_negative() -> None:
    case = missed(state=CaseState.CONTACTED, submitted_at=after(hours=5))

    assert report([case]).times == [timedelta()]


def test_an_empty_desk_has_a_report() -> None:
    told = report([])

    assert told.median_time is told.longest_time is told.longest_waiting is None


def test_who_has_answered_counts_once_among_the_answered() -> None:
    case = replace(ANSWERED.case, answered_at=NOW)

    assert report([replace(ANSWERED, case=case), CONTACTED]).answered == 1
