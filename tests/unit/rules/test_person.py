"""By which address and number a person is reached, and known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules.person import address_of, marks, same_address, same_number


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" anna@example.org ", "anna@example.org"),
        ("anna+shop@example.org", "anna+shop@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken_as_it_goes_into_a_header(
    written: str, address: str
) -> None:
    assert address_of(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "@example.org",
        "anna@",
        "anna@localhost",
        "anna@example.org, bob@example.org",
        "anna@example.org\nBcc: bob@example.org",
        "anna@example.org\r\n\r\nHello",
        "Anna <anna@example.org>",
        '"a b"@example.org',
        ".anna@example.org",
        "an..na@example.org",
        "änna@example.org",
        "anna@-example.org",
        "anna@example..org",
        "anna@bob@example.org",
        "anna@exa mple.org",
        "a" * 65 + "@example.org",
        "anna@" + "e" * 300 + ".org",
        "anna@" + "ü" * 5000 + ".org",
        "anna@example.org\x00",
        "anna@\u202egro.elpmaxe",
    ],
)
def test_what_is_not_one_plain_address_is_none(written: str) -> None:
    assert address_of(written) == ""


@given(st.text())
def test_no_text_makes_an_address_that_could_do_harm_in_a_header(text: str) -> None:
    address = address_of(f"a@{text}.example") + address_of(f"{text}@b.example")

    assert not set(address) & set('\r\n\t ,;:<>"()\\[]\0')
    assert address.isascii()


def test_an_address_is_the_same_in_any_case_and_spelling_of_its_domain() -> None:
    assert same_address("Anna@BÜCHER.example") == same_address(
        "anna@xn--bcher-kva.example"
    )


@pytest.mark.parametrize(
    "written", ["+49 30 1234567", "0049-30-1234567", "(030) 123 45 67", "030/1234567"]
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert same_number(written) == same_number("0301234567")


def test_what_is_too_short_is_no_number() -> None:
    assert same_number("112") == same_number("call me") == ""


def test_a_person_without_address_and_number_is_like_nobody() -> None:
    assert marks("", "") == marks("-", "n/a") == frozenset()
