"""Where an IMAP response ends."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.errors import Unintelligible
from probes.mail.imap_frames import Framer, Response

STREAM = (
    b"* OK ready {3}\r\n"
    b'* LIST (\\Junk) "/" {5}\r\nS\r\npm\r\n'
    b"* 1 FETCH (BODY[]<0> {6}\r\na\r\n{9} UID 4 BODY[1] {0}\r\n)\r\n"
    b"\r\n"
    b"A1 OK done {7}\r\n"
)
RESPONSES: Sequence[Response] = [
    (b"* OK ready {3}",),
    (b'* LIST (\\Junk) "/" {5}', b"S\r\npm", b""),
    (b"* 1 FETCH (BODY[]<0> {6}", b"a\r\n{9}", b" UID 4 BODY[1] {0}", b"", b")"),
    (b"",),
    (b"A1 OK done {7}",),
]


def framer(*, most_literal: int = 100, most_response: int = 2000) -> Framer:
    return Framer(most_literal=most_literal, most_response=most_response)


@given(st.lists(st.integers(min_value=0, max_value=len(STREAM))))
def test_fragments_make_no_difference(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    cutter = framer()

    heard = [
        response
        for start, end in pairwise(edges)
        for response in cutter.feed(STREAM[start:end])
    ]

    assert heard == RESPONSES
    assert not cutter.has_rest


def test_a_response_comes_out_as_soon_as_it_is_whole() -> None:
    cutter = framer()

    assert list(cutter.feed(b"* 2 EXI")) == []
    assert list(cutter.feed(b"STS\r\n* OK still")) == [(b"* 2 EXISTS",)]
    assert cutter.has_rest


def test_a_literal_that_claims_too_much_is_refused_before_it_comes() -> None:
    with pytest.raises(Unintelligible):
        list(framer().feed(b"* 1 FETCH (BODY[] {4294967296}\r\n"))


def test_an_endless_line_is_not_kept() -> None:
    cutter = framer(most_response=2000)
    list(cutter.feed(b"x" * 2000))

    with pytest.raises(Unintelligible):
        list(cutter.feed(b"x"))


def test_endless_small_literals_are_not_kept() -> None:
    cutter = framer(most_response=2000)

    with pytest.raises(Unintelligible):
        list(cutter.feed(b"* LIST " + b"{0}\r\n" * 100))


def test_many_whole_responses_at_once_are_no_trouble() -> None:
    lines = b"* 1 EXISTS\r\n" * 5000

    assert len(list(framer(most_response=100_000).feed(lines))) == 5000


@given(st.binary())
def test_any_bytes_are_responses_or_unintelligible(data: bytes) -> None:
    with suppress(Unintelligible):
        assert all(isinstance(each, tuple) for each in framer().feed(data))
