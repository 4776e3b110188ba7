"""Whoever reads a synthetic message knows what it is and whom to ask."""

from datetime import UTC, datetime

from watchdog.model import CheckName
from watchdog.rules import letter, marker

MARK = marker.make(b"k" * 32, at=datetime(2026, 11, 22, tzinfo=UTC), salt=b"salty")
WRITTEN = letter.compose(
    MARK,
    check=CheckName("Riverside contact"),
    contact="it@agency.example",
    visitor="tests@agency.example",
)


def test_its_first_line_says_what_it_is_and_carries_the_marker():
    first = WRITTEN.message.splitlines()[0]

    assert first == f"Automatic delivery test {MARK}"


def test_it_says_for_whom_it_is_and_that_nobody_needs_to_answer():
    assert "Nobody needs to answer" in WRITTEN.message
    assert "it@agency.example" in WRITTEN.message
    assert "Riverside contact" in WRITTEN.message


def test_its_sender_carries_the_marker_too():
    assert WRITTEN.email == f"tests+{MARK}@agency.example"


def test_it_holds_no_address_of_a_website():
    assert "http" not in WRITTEN.message
