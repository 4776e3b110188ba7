"""Who was missed, as the owner reads it; and as others, who may not read the names."""

import csv
import io
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.kept import inquiry
from watchdog.rules.estimate import Estimate
from watchdog.rules.roll import MOST_NAMED, Roll, as_file, missed, number

BERLIN = ZoneInfo("Europe/Berlin")
ADA = inquiry()
LINE = (
    "- Ada Byron, ada@visitor.example, +44 20 7946 0001, 2026-11-22 13:00 CET:"
    " “Do you have room for a wedding in May?”"
)


def told(**facts: Any) -> dict[str, str]:
    return dict(missed(Roll(**facts), BERLIN))


def test_one_person_is_told_with_all_ways_to_reach_them() -> None:
    said = told(count=1, named=[ADA])["Who was missed"]

    assert said.splitlines()[:2] == ["1 inquiry missed.", LINE]


def test_of_many_the_worthiest_are_told_and_the_others_counted() -> None:
    said = told(count=40, named=[ADA] * 40)["Who was missed"].splitlines()

    assert said[0] == "40 inquiries, the most valuable first:"
    assert said[1 : MOST_NAMED + 1] == [LINE] * MOST_NAMED
    assert said[MOST_NAMED + 1] == "- and 35 more"
    assert said[-1].startswith("“contact-watchdog missed” shows them all, and ")


def test_where_others_may_read_along_there_is_a_number_and_no_name() -> None:
    said = told(count=3)["Who was missed"]

    assert said.startswith("3 inquiries missed.\n“contact-watchdog missed” ")
    assert "Ada" not in said


def test_that_nobody_is_known_to_be_missed_is_said() -> None:
    assert told() == {"Who was missed": "Nobody, as far as we know."}


def test_who_has_come_after_all_and_who_may_still_come_is_counted() -> None:
    facts = {"found": 2, "junked": 4, "undecided": 3}

    said = told(count=1, named=[ADA], **facts)["Who was missed"].splitlines()

    assert said[-3:] == [
        "Seemed missed, but have come: 2.",
        "Lie in your spam folder: 4.",
        "May still come: 3 more.",
    ]


def test_where_nothing_is_kept_that_is_said_with_what_to_do() -> None:
    said = told(is_kept=False)

    assert list(said) == ["Not kept"]
    assert said["Not kept"].startswith("The website keeps no inquiries where we can")
    assert "[check.store]" in said["Not kept"]


def test_a_count_is_called_a_count_and_an_estimate_an_estimate() -> None:
    likely = Estimate(likely=2.5, least=1, most=5, weeks=8)

    assert told(is_kept=False, logged=12)["Not kept"].startswith(
        "The website's log counts 12 inquiries in that time"
    )
    assert told(is_kept=False, not_kept=likely)["Not kept"].endswith(
        "[check.store]. An estimate by the same hours of the 8 weeks before: probably"
        " 1 to 5 inquiries."
    )
    assert told(turned_away=likely)["Turned away"].endswith(
        "An estimate by the same hours of the 8 weeks before: probably 1 to 5"
        " inquiries."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, ""), (1, "1 inquiry missed."), (2, "2 inquiries missed.")],
)
def test_a_text_message_has_room_for_the_number(count: int, said: str) -> None:
    assert number(Roll(count=count)) == said


@given(st.text(), st.text(), st.text())
def test_whatever_strangers_wrote_stays_short_and_on_its_line(
    name: str, email: str, message: str
) -> None:
    one = replace(ADA, name=name, email=email, message=message * 100)

    said = told(count=1, named=[one])["Who was missed"].split("\n")

    assert len(said) == 3
    assert all(line.isprintable() and len(line) < 600 for line in said)


@given(st.text(), st.text())
def test_no_cell_of_the_file_is_a_formula(name: str, message: str) -> None:
    one = replace(ADA, name=name, message=message)

    file = as_file(Roll(count=1, named=[one]), BERLIN).removeprefix("\ufeff")

    header, row = csv.reader(io.StringIO(file, newline=""))
    assert len(header) == len(row) == 7
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
