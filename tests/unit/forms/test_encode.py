"""A filling on the wire."""

from email import message_from_bytes
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.forms.encode import asked_url, encode, multipart, urlencoded
from probes.forms.form import Entry, Filling, Form

URLENCODED = "application/x-www-form-urlencoded"


def filling(
    *entries: Entry, enctype: str = URLENCODED, charset: str = "utf-8", files=()
) -> Filling:
    form = Form(
        action="https://a.example/s?old=1",
        method="post",
        enctype=enctype,
        charset=charset,
        fields=(),
    )
    return Filling(form=form, entries=entries, files=files)


def test_a_form_is_urlencoded_as_browsers_do():
    body, content_type = encode(
        filling(("a b", "*-._~"), ("m", "é&=\r\n"), ("empty", "")), boundary="x"
    )

    assert body == b"a+b=*-._%7E&m=%C3%A9%26%3D%0D%0A&empty="
    assert content_type == URLENCODED


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [("utf-8", "%C3%A4%E2%98%83"), ("cp1252", "%E4%26%239731%3B")],
)
def test_what_the_charset_lacks_becomes_a_reference(charset, encoded):
    assert urlencoded([("a", "ä☃")], charset) == f"a={encoded}"


def test_a_multipart_form_is_what_browsers_post():
    body, content_type = encode(
        filling(
            ('a"\r\nb', "1\r\n2"),
            ("f", ""),
            enctype="multipart/form-data",
            files=("f",),
        ),
        boundary="XX",
    )

    assert content_type == "multipart/form-data; boundary=XX"
    assert body == (
        b"--XX\r\n"
        b'Content-Disposition: form-data; name="a%22%0D%0Ab"\r\n\r\n1\r\n2\r\n'
        b"--XX\r\n"
        b'Content-Disposition: form-data; name="f"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n"
        b"--XX--\r\n"
    )


def test_a_plain_text_form_is_lines():
    body, content_type = encode(
        filling(("a", "b c"), enctype="text/plain"), boundary="x"
    )

    assert (body, content_type) == (b"a=b c\r\n", "text/plain")


def test_a_get_form_replaces_the_query_of_its_address():
    assert asked_url(filling(("q", "a b"))) == "https://a.example/s?q=a+b"


ENTRIES = st.lists(
    st.tuples(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=8),
        st.text(st.characters(codec="utf-8"), max_size=12),
    ),
    max_size=5,
)


@settings(max_examples=50)
@given(ENTRIES)
def test_what_was_urlencoded_is_read_back_by_anybody(entries):
    assert parse_qsl(urlencoded(entries), keep_blank_values=True) == entries


@settings(max_examples=50)
@given(ENTRIES)
def test_no_name_breaks_out_of_its_part(entries):
    body = multipart(entries, (), "utf-8", "never-in-it")
    head = b"Content-Type: multipart/form-data; boundary=never-in-it\r\n\r\n"

    parts = message_from_bytes(head + body).get_payload() if entries else []

    assert len(parts) == len(entries)
    assert all(part.keys() == ["Content-Disposition"] for part in parts)
