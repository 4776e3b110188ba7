"""What grows worse is seen while all messages still arrive."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.facts import NOON, RIVERSIDE, verdict
from watchdog.model import Outcome, Verdict
from watchdog.rules.trend import Course, Habit, habit_of, signs

PASSED = {"spf": "pass", "dkim": "pass", "dmarc": "pass"}
NOTHING = Habit(latency=None, passed=frozenset())


def arrived(seconds: float = 5, **changes: Any) -> Verdict:
    fact = {
        "outcome": Outcome.DELIVERED,
        "latency": timedelta(seconds=seconds),
        "arrived_at": NOON,
        "leg": None,
    }
    return verdict(**fact | changes)


def junked() -> Verdict:
    return arrived(outcome=Outcome.JUNKED)


def told(
    *history: Verdict,
    habit: Habit = NOTHING,
    known: tuple[str, ...] = (),
    is_lossy: bool = False,
) -> list[str]:
    """Return what has grown worse in a history, the newest verdict first."""
    course = Course(
        check=RIVERSIDE,
        site="riverside",
        history=history,
        habit=habit,
        is_lossy=is_lossy,
    )
    return [sign.key for sign in signs(course, known)]


def usually(seconds: float) -> Habit:
    return Habit(latency=timedelta(seconds=seconds), passed=frozenset())


def proving(*methods: str) -> Habit:
    return Habit(latency=None, passed=frozenset(methods))


def placed(pattern: str) -> list[Verdict]:
    """Return arrivals, newest first: `i` in the inbox, `s` in the spam folder."""
    return [junked() if place == "s" else arrived() for place in pattern]


@pytest.mark.parametrize(
    ("seconds", "usual", "warns"),
    [
        pytest.param(61, 20, True, id="three times as long"),
        pytest.param(60, 20, False, id="not more than three times"),
        pytest.param(29, 1, False, id="much longer, but nobody minds"),
        pytest.param(31, 1, True, id="longer than anybody likes"),
    ],
)
def test_messages_that_take_longer_than_usual_are_warned_of(
    seconds: float, usual: float, *, warns: bool
) -> None:
    found = told(*[arrived(seconds)] * 10, habit=usually(usual))

    assert found == (["late:riverside"] if warns else [])


@pytest.mark.parametrize(("seconds", "holds"), [(41, True), (39, False)])
def test_a_trend_is_over_when_messages_are_nearly_as_fast_as_before(
    seconds: float, *, holds: bool
) -> None:
    found = told(*[arrived(seconds)] * 10, habit=usually(20), known=("late:riverside",))

    assert bool(found) is holds


def test_a_few_slow_messages_are_no_trend() -> None:
    slow, fast = [arrived(100)] * 4, [arrived(5)] * 6

    assert told(*slow, *fast, habit=usually(5)) == []


def test_nine_messages_are_too_few_for_a_trend() -> None:
    assert told(*[arrived(100)] * 9, habit=usually(5)) == []


def test_messages_that_came_late_or_never_are_no_trend_but_an_incident() -> None:
    late = arrived(900, outcome=Outcome.LATE)

    assert told(*[late] * 20, *[verdict()] * 20, habit=usually(5)) == []


def test_a_slower_message_is_told_with_both_times() -> None:
    course = Course(
        check=RIVERSIDE,
        site="riverside",
        history=[arrived(95)] * 10,
        habit=usually(6),
    )

    [sign] = signs(course, ())

    assert sign.words == (
        "Messages from riverside take longer and longer: 1 min 35 s now, 6 s before."
    )
    assert sign.checks == {RIVERSIDE}


@pytest.mark.parametrize("result", ["fail", "softfail", "none", "neutral", None])
def test_three_messages_that_no_longer_prove_their_sender_are_warned_of(
    result: str | None,
) -> None:
    evidence = {"spf": "pass"} | ({"dkim": result} if result else {})
    failing = [arrived(evidence=evidence)] * 3

    assert told(*failing, habit=proving("spf", "dkim")) == ["authentication:riverside"]
    assert told(*failing[:2], arrived(evidence=PASSED), habit=proving("dkim")) == []
    assert told(*failing[:2], habit=proving("dkim")) == []


def test_the_methods_that_fail_are_named() -> None:
    failing = arrived(evidence={"spf": "pass", "dkim": "fail", "dmarc": "fail"})
    course = Course(
        check=RIVERSIDE,
        site="riverside",
        history=[failing] * 3,
        habit=proving("spf", "dkim", "dmarc"),
    )

    [sign] = signs(course, ())

    assert "no longer pass DKIM and DMARC" in sign.words


@pytest.mark.parametrize("evidence", [{}, {"spam_score": "0.1"}])
def test_a_host_that_tells_nothing_of_senders_is_not_doubted(
    evidence: dict[str, str],
) -> None:
    assert told(*[arrived(evidence=evidence)] * 9, habit=proving("spf")) == []


def test_a_host_that_could_not_find_out_says_nothing() -> None:
    unsure = arrived(evidence={"spf": "temperror"})

    assert told(*[unsure] * 9, habit=proving("spf")) == []


def test_what_never_passed_is_not_warned_of() -> None:
    failing = arrived(evidence={"spf": "none", "dkim": "none"})

    assert told(*[failing] * 40, habit=habit_of([failing] * 40)) == []


def test_trust_is_back_when_three_in_a_row_have_passed() -> None:
    passed, failed = arrived(evidence=PASSED), arrived(evidence={"spf": "fail"})
    known = ("authentication:riverside",)

    for history in ([passed, passed, failed], [passed, failed, passed]):
        assert told(*history, habit=proving("spf"), known=known) != []
    assert told(passed, passed, passed, failed, habit=proving("spf"), known=known) == []


@pytest.mark.parametrize(
    ("pattern", "warns"),
    [
        ("iiii", False),
        ("sss", False),
        ("sssii", False),
        ("siiis", True),
        ("isisi", True),
        ("s" + "i" * 19 + "s", False),
    ],
)
def test_messages_that_again_and_again_meet_the_spam_folder_are_warned_of(
    pattern: str, *, warns: bool
) -> None:
    assert told(*placed(pattern)) == (["junk:riverside"] if warns else [])


def test_the_spam_folder_is_forgotten_after_twenty_in_the_inbox() -> None:
    known = ("junk:riverside",)

    assert told(*placed("i" * 19 + "ss"), known=known) == [*known]
    assert told(*placed("i" * 20 + "ss"), known=known) == []


def test_while_messages_are_lost_nobody_is_warned_of_it() -> None:
    history = placed("siis")

    assert told(*history, is_lossy=True) == []
    assert told(*history, is_lossy=True, known=("junk:riverside",)) != []


def test_usual_is_what_came_before_the_newest_ten() -> None:
    history = [arrived(500)] * 10 + [arrived(n) for n in range(1, 31)] + [arrived(900)]

    assert habit_of(history).latency == timedelta(seconds=15.5)


def test_of_too_few_messages_nothing_is_usual() -> None:
    assert habit_of([arrived(5)] * 39).latency is None
    assert habit_of([]) == NOTHING


def test_what_five_in_a_row_have_passed_is_usual_though_the_newest_failed() -> None:
    passed, failed = arrived(evidence=PASSED), arrived(evidence={"spf": "fail"})

    assert habit_of([failed] * 2 + [passed] * 5).passed == {"spf", "dkim", "dmarc"}
    assert habit_of([passed] * 4).passed == set()
    assert habit_of([passed] * 4 + [failed] + [passed] * 9).passed == set()


RESULTS = st.lists(st.sampled_from(["pass", "fail", "temperror"]), max_size=12)


@given(st.lists(st.floats(0, 600), min_size=10, max_size=10), st.floats(0.1, 100))
def test_a_trend_that_begins_lasts(seconds: list[float], usual: float) -> None:
    history = [arrived(each) for each in seconds]

    if told(*history, habit=usually(usual)):
        assert told(*history, habit=usually(usual), known=("late:riverside",))


@given(RESULTS)
def test_distrust_that_begins_lasts(results: list[str]) -> None:
    history = [arrived(evidence={"spf": each}) for each in results]

    if told(*history, habit=proving("spf")):
        assert told(*history, habit=proving("spf"), known=("authentication:riverside",))


@given(st.text("is", max_size=25))
def test_junk_that_begins_lasts(pattern: str) -> None:
    history = placed(pattern)

    if told(*history):
        assert told(*history, known=("junk:riverside",))
