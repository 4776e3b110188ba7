"""What fits a pattern, and samples of it."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.forms.regex import Unreadable
from probes.forms.sample import fits, samples


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]{5}",
        r"^\d{3}-\d{4}$",
        "[A-Z][a-z]+ [A-Z]{2}",
        r"[^@\s]+@[^@\s]+\.[a-z]{2,4}",
        r"(?:\+49|0)[1-9][0-9 ]{6,14}",
        r"[a-zA-Z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}",
        "Mr|Mrs",
        r"\(\d{3}\) ?\d{3}[\-.]\d{4}",
        "[^a-z]{4}",
        r".{10,20}",
        r"\p{L}{2,}",
        r"(\w+\s?)*",
        "[äöü]x?",
        r"[A-]\x41\u0042",
        r"\D\W\S*?",
    ],
)
def test_common_patterns_have_samples_that_fit(pattern):
    fitting = [text for text in samples(pattern) if text and fits(pattern, text)]

    assert fitting
    if r"\p" not in pattern:
        assert re.fullmatch(pattern, fitting[0])


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)a",
        r"(a)\1",
        r"\bx",
        "(",
        ")",
        "[",
        "[]",
        "a**",
        "{3}",
        "a{x}",
        "[z-a]",
        "\\",
        r"\p{Greek}",
        "(" * 20 + ")" * 20,
        "a" * 500,
        r"\u00",
        r"\xzz",
    ],
)
def test_a_pattern_beyond_us_is_unreadable(pattern):
    with pytest.raises(Unreadable):
        fits(pattern, "a")


@pytest.mark.parametrize(
    "pattern", [r"(\w+\s?)*x", "((a+)+)+b", "(((a*)*)*)*b", "(a?){999}a{999}b"]
)
def test_a_pattern_made_to_take_forever_does_not(pattern):
    start = time.process_time()

    try:
        assert not fits(pattern, "a" * 390)
    except Unreadable:
        assert pattern.count("9")
    assert time.process_time() - start < 1


ATOMS = st.sampled_from(["a", "b", ".", r"\d", "[a-c]", "[^b]", r"\w", "^", "$", "1"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("(%s|%s)".__mod__),
        inner.map("(?:%s)*".__mod__),
        inner.map("(%s){1,2}".__mod__),
        inner.map("(%s)?".__mod__),
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(PATTERNS, st.text("ab1 ", max_size=5))
def test_it_agrees_with_python_about_what_fits(pattern, text):
    assert fits(pattern, text) is (re.fullmatch(pattern, text) is not None)
