"""What texts are made of: the same however they were written, sent and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules.matching import traits
from watchdog.rules.matching.traits import MOST_TRAITS, address_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Müller & Söhne", "M&uuml;ller &amp;amp; So\u0308hne", id="entities"
        ),
        pytest.param(
            "It\u2019s “fine” \u2013 yes…", 'it\\\'s "fine" - YES ...', id="quotes"
        ),
        pytest.param("Grüße aus Köln", "Gr=C3=BC=C3=9Fe =\naus K=C3=B6ln", id="QP"),
        pytest.param("Fuß 👍", "Fu\\u00df \\ud83d\\udc4d", id="JSON"),
        pytest.param("Grüße", "GrÃ¼Ã\u0178e", id="UTF-8 read as Western"),
        pytest.param("a very\nlong   line", "A very long line", id="wrapping"),
        pytest.param("你好世界", "你好\n世界", id="Chinese, wrapped"),
        pytest.param("カタカナ \uff11\uff12", "ｶﾀｶﾅ 12", id="widths"),
        pytest.param("سَلَام", "سلام", id="vowel points"),
        pytest.param("bold words", "<b>bold</b>\u00ad words<br />", id="tags"),
        pytest.param("ola+site@müller.example", "OLA@xn--mller-kva.example", id="IDN"),
    ],
)
def test_a_text_has_the_same_traits_however_it_is_spelt(one: str, other: str) -> None:
    assert traits(one) == traits(other)


@pytest.mark.parametrize(
    "spelt", ["+49 (0)30 1234567", "030/123 45 67", "0049-30-1234567", "٠٣٠ ١٢٣٤٥٦٧"]
)
def test_a_telephone_number_is_known_in_every_spelling(spelt: str) -> None:
    known = set(traits("+49 30 1234567")) - set(traits("49 30"))

    assert known & set(traits(f"Tel: {spelt} 2026-05-03"))


def test_the_numbers_are_the_same_in_every_version() -> None:
    """The ledger keeps them: a new version must understand what an old one kept."""
    found = traits("Anna asks: 寿司 #12?")

    assert list(found) == [197162905, 828161719, 1599292621, 2795884648, 3412855705]


@given(st.text(), st.text())
def test_a_text_holds_the_traits_of_its_lines(one: str, other: str) -> None:
    found = traits(f"{one}\n\n--\n\n{other}")

    assert list(found) == sorted(set(found))
    assert len(found) <= MOST_TRAITS


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_none(text: str) -> None:
    assert address_of(address_of(text)) == address_of(text)


def test_of_a_long_text_so_much_is_kept_that_its_parts_are_known() -> None:
    words = [f"word{number}" for number in range(5000)]
    whole, part = traits(" ".join(words)), traits(" ".join(words[:800]))

    last = whole[-1]
    assert len(whole) == MOST_TRAITS
    assert {trait for trait in part if trait <= last} <= set(whole)
