"""A marker is known again whatever happened to the text, and cannot be forged."""

import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules import marker

KEY = b"k" * 32
AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SALT = b"salty"
MARK = marker.make(KEY, at=AT, salt=SALT)


def test_it_is_made_of_letters_and_digits_alone():
    assert MARK.isalnum()
    assert MARK.isascii()
    assert MARK.islower()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Marker: {MARK}.", id="as it was written"),
        pytest.param(MARK.upper(), id="in capitals"),
        pytest.param(f"{MARK[:20]}\r\n {MARK[20:]}", id="wrapped"),
        pytest.param(
            "\n".join(f"> {part}" for part in textwrap.wrap(MARK, 9)), id="cut"
        ),
        pytest.param(f"{MARK[:7]}=\r\n{MARK[7:]}", id="with a soft break left in it"),
        pytest.param(f"{MARK[:7]}\N{SOFT HYPHEN}{MARK[7:]}", id="with a soft hyphen"),
        pytest.param(f"shop+{MARK}@example.com", id="as a plus-tag"),
        pytest.param(f"cwdcwd{MARK}", id="after what looks like its beginning"),
        pytest.param(f"x{MARK}2{MARK}", id="twice, among other letters"),
    ],
)
def test_it_is_found(text):
    assert marker.find(KEY, text) == [MARK]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(MARK[:-1], id="cut off"),
        pytest.param(
            MARK[:-1] + ("a" if MARK[-1] != "a" else "b"), id="one letter off"
        ),
        pytest.param("cwd" + "a" * 32, id="forged"),
        pytest.param(marker.make(b"x" * 32, at=AT, salt=SALT), id="another's key"),
    ],
)
def test_what_we_have_not_signed_is_no_marker(text):
    assert marker.find(KEY, text) == []


@given(st.text(max_size=200), st.text(max_size=200), st.binary(min_size=5, max_size=5))
def test_it_is_found_between_any_two_texts(before, after, salt):
    mark = marker.make(KEY, at=AT, salt=salt)

    assert mark in marker.find(KEY, f"{before} {mark} {after}")


@given(st.text(max_size=500))
def test_no_other_text_holds_one(text):
    assert marker.find(KEY, text) == []


def test_a_tagged_address_carries_it():
    address = marker.tagged("office+web@shop.example", MARK)

    assert address == f"office+{MARK}@shop.example"
    assert marker.find(KEY, address) == [MARK]


def test_an_address_that_would_grow_too_long_is_left_alone():
    long = f"{'a' * 30}@shop.example"

    assert marker.tagged(long, MARK) == long
