"""Folder names in modified UTF-7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.mail.utf7 import decode, encode


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", "INBOX"),
        ("Entwürfe", "Entw&APw-rfe"),
        ("R&D", "R&-D"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),  # RFC 3501
        ("📮", "&2D3c7g-"),
        ("a\r\nb", "a&AA0ACg-b"),
        ("", ""),
    ],
)
def test_a_name_is_written_and_read_as_the_standard_says(name: str, wire: str) -> None:
    assert encode(name) == wire
    assert decode(wire) == name


@given(st.text())
def test_every_name_comes_back_as_it_was(name: str) -> None:
    assert decode(encode(name)) == name


@given(st.text())
def test_what_is_written_cannot_break_out_of_its_line(name: str) -> None:
    wire = encode(name)

    assert wire.isascii()
    assert wire.isprintable()


@given(st.text(alphabet="&-,+AaZz09=é"))
def test_a_malformed_name_is_no_error(wire: str) -> None:
    assert isinstance(decode(wire), str)


@pytest.mark.parametrize("wire", ["AT&T", "&A-", "&&&", "Entwürfe", "&*-"])
def test_what_was_never_encoded_stays_as_it_is(wire: str) -> None:
    assert decode(wire) == wire
