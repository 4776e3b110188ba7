"""A text in one SMS."""
# ruff: noqa: RUF001  signs that look like others are what this is about

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.channels.sms_text import ALPHABET, fit, plain, septets

GSM = st.text(st.sampled_from(sorted(ALPHABET - {"\n"})))


@given(st.text())
def test_whatever_is_said_fits_into_one_sms(text: str) -> None:
    assert septets(fit(text)) <= 160
    assert ALPHABET.issuperset(fit(text))


@given(st.text())
def test_what_fits_is_not_changed_again(text: str) -> None:
    assert fit(fit(text)) == fit(text)


@given(st.text(min_size=100, max_size=400))
def test_only_the_end_is_cut(text: str) -> None:
    assert plain(text).startswith(fit(text).removesuffix("..."))


@given(GSM)
def test_what_the_alphabet_holds_stays_as_it_is(text: str) -> None:
    assert plain(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Café Müller à Genève", "Café Müller à Genève"),
        ("Cafe\u0301", "Café"),
        ("Zażółć gęślą jaźń", "Zazolc gesla jazn"),
        ("ŁÓDŹ, Đorđe, Œuvre, garçon", "LODZ, Dorde, OEuvre, garcon"),
        ("“quoted” — ‘once’ …", "\"quoted\" - 'once' ..."),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("Form broken 🔥👨\u200d👩\u200d👧!", "Form broken !"),
        ("Fish ﬁllet № 1 ½ ™", "Fish fillet No 1 1/2 TM"),
        ("Привет", "??????"),
        ("one\r\ntwo\rthree\x00", "one\ntwo\nthree"),
        ("{10 €}", "{10 €}"),
        ("half \ud83d of a pair", "half  of a pair"),
    ],
)  # fmt: skip
def test_signs_outside_the_alphabet_are_spelt_otherwise(text: str, told: str) -> None:
    assert plain(text) == told


def test_braces_and_the_euro_sign_take_the_room_of_two() -> None:
    assert septets("{10 €}") == 9
    assert fit("€" * 80) == "€" * 80
    assert fit("€" * 81) == "€" * 78 + "..."


def test_it_is_cut_after_a_word() -> None:
    assert fit("nine signs " * 20) == ("nine signs " * 14).rstrip() + "..."
    assert fit("x" * 157 + " and more") == "x" * 157 + "..."
    assert fit("y" * 158 + " and more") == "y" * 157 + "..."


def test_exactly_one_sms_is_not_cut() -> None:
    assert fit("x" * 160) == "x" * 160
    assert fit("x" * 161) == "x" * 157 + "..."


def test_a_gateway_that_takes_less_gets_less() -> None:
    assert fit("nine signs " * 20, most=20) == "nine signs nine..."
