"""Cards for the owner's telephone."""

from hypothesis import given
from hypothesis import strategies as st

from tests.world.cases import missed
from watchdog.rules.vcard import vcards


def lines(card: str) -> list[str]:
    """Return a card's lines, unfolded as a telephone does it."""
    assert not card.replace("\r\n", "").count("\n")
    return card.replace("\r\n ", "").split("\r\n")


def test_a_card_tells_who_it_is_and_how_to_reach_them() -> None:
    said = lines(vcards([missed(phone="+49 30 1234567", message="Hi;\nA, B \\ C")]))

    assert said == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Anna Probe",
        "EMAIL:anna@example.org",
        "TEL;VALUE=text:+49 30 1234567",
        r"NOTE:Riverside Studio contact form\, 2026-11-22:\nHi\;\nA\, B \\ C",
        "END:VCARD",
        "",
    ]


def test_who_cannot_be_reached_has_no_card() -> None:
    assert vcards([missed(email="", phone="-")]) == ""


def test_a_card_without_a_name_is_called_by_the_address() -> None:
    assert "FN:anna@example.org" in lines(vcards([missed(name=" ")]))


@given(name=st.text(), message=st.text(), phone=st.text())
def test_no_text_makes_a_line_of_its_own_or_one_too_long(
    name: str, message: str, phone: str
) -> None:
    card = vcards([missed(name=name, message=message, phone=phone)])

    keys = {one.partition(":")[0].partition(";")[0] for one in lines(card)}
    assert keys <= {"BEGIN", "VERSION", "FN", "EMAIL", "TEL", "NOTE", "END", ""}
    assert all(len(one.encode()) <= 75 for one in card.split("\r\n"))
