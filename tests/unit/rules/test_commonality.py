"""What sets the lost apart is told when it is clear, in a sentence for everybody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.facts import NOON, RIVERSIDE
from watchdog.model import Inquiry
from watchdog.rules.commonality import by_chance, in_common

BERLIN = ZoneInfo("Europe/Berlin")
ANN = Inquiry(
    check=RIVERSIDE,
    entry="1",
    submitted_at=NOON,
    email="ann@example.com",
    message="Good morning, may I come on Tuesday?",
)


def some(count: int, **changes: Any) -> list[Inquiry]:
    return [replace(ANN, entry=str(n), **changes) for n in range(count)]


def told(lost: list[Inquiry], arrived: list[Inquiry]) -> str:
    return in_common(lost, arrived, zone=BERLIN)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "a@Gmail.com"}, "came from an address at gmail.com"),
        ({"message": "a" * 600}, "are longer than 500 characters"),
        ({"message": "See https://a.example"}, "have a link in their text"),
        ({"phone": "+44 1632 960001"}, "give a phone number"),
        ({"form": "Catering"}, "were written in the form “Catering”"),
        ({"page": "/events"}, "were written on the page /events"),
        (
            {"submitted_at": NOON + timedelta(hours=9)},
            "were written in the hours 18:00-24:00",
        ),
        (
            {"message": "Доброе утро, можно прийти во вторник?"},
            "are written in other than Latin letters (Cyrillic)",
        ),
    ],
)
def test_what_all_of_the_lost_and_none_of_the_others_share_is_told(
    changes: dict[str, Any], said: str
) -> None:
    assert told(some(5, **changes), some(30)) == (
        f"5 of the 5 lost messages {said}; of the 30 that arrived, none."
    )


def test_numbers_are_told_on_both_sides() -> None:
    lost = [*some(7, email="a@gmail.com"), *some(1)]
    arrived = [*some(2, email="b@gmail.com"), *some(38)]

    assert told(lost, arrived) == (
        "7 of the 8 lost messages came from an address at gmail.com;"
        " of the 40 that arrived, only 2."
    )


@pytest.mark.parametrize(
    ("lost", "arrived"),
    [
        pytest.param(some(2, email="a@b.example"), some(90), id="too few"),
        pytest.param(some(3, email="a@b.example"), some(6), id="maybe chance"),
        pytest.param(some(9), some(90), id="no difference"),
        pytest.param(some(9, email="a@b.example"), [], id="nothing to compare"),
        pytest.param(
            [*some(5, email="a@b.example"), *some(5)], some(90), id="half of them"
        ),
    ],
)
def test_what_is_not_clear_is_not_told(
    lost: list[Inquiry], arrived: list[Inquiry]
) -> None:
    assert told(lost, arrived) == ""


def test_what_strangers_wrote_stays_short_and_on_its_line() -> None:
    lost = some(9, page="/a\n\x1b[31m{lost}\u202e" + "x" * 10_000)

    said = told(lost, some(90))

    assert "were written on the page /a [31m{lost} xxx" in said
    assert said.isprintable()
    assert len(said) < 250


def test_the_chance_is_that_of_fishers_exact_test() -> None:
    """The lady tasting tea: all four cups right by chance, once in seventy."""
    assert by_chance(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert by_chance(3, 4, 1, 4) == pytest.approx(17 / 70)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_chance_is_between_never_and_always(
    count: int, others: int, few: int, more: int
) -> None:
    assert 0 <= by_chance(count, count + others, few, few + more) <= 1
