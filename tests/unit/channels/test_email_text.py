"""A notice as an email, whatever its words hold."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.channels.email_text import compose, on_the_wire
from probes.channels.message import Attachment, Notice
from probes.errors import Refused

NOTICE = Notice(
    subject="Messages do not arrive",
    text="text",
    html="<p>html",
    short="short",
    written_at=datetime(2026, 3, 1, tzinfo=UTC),
    message_id="<2@agency.example>",
)
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"),
}
ANYTHING = st.text() | st.sampled_from(
    ["a\r\nBcc: thief@x.example", "\n\nbody", "\0", "\ud83d", "=?utf-8?q?=0D=0A?="]
)


def written(notice: Notice) -> bytes:
    return compose(notice, sender="a@agency.example", to=["owner@gmail.example"])


def read(notice: Notice) -> EmailMessage:
    return message_from_bytes(written(notice), policy=default)


@settings(max_examples=30)
@given(words=ANYTHING, reference=ANYTHING, name=ANYTHING)
def test_nothing_that_is_said_adds_a_header(
    words: str, reference: str, name: str
) -> None:
    attachment = Attachment(name=name, kind="csv", content=words)
    raw = written(
        replace(
            NOTICE,
            subject=words,
            text=words,
            html=words,
            in_reply_to=reference,
            references=(reference,),
            attachments=(attachment,),
        )
    )

    mail = message_from_bytes(raw, policy=default)
    assert HEADERS.issuperset(mail.keys())
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail["To"] == "owner@gmail.example"
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("missed.csv", "missed.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ('a"; filename="b.exe', "a-filename-b.exe.csv"),
        ("", "list.csv"),
        ("Zoë\r\nX: y.csv", "Zo-X-y.csv"),
    ],
)
def test_a_file_has_a_name_that_does_no_harm(name: str, safe: str) -> None:
    attachment = Attachment(name=name, kind="csv", content="a,b\r\n")

    (file,) = read(replace(NOTICE, attachments=(attachment,))).iter_attachments()

    assert file.get_filename() == safe


def test_a_long_thread_keeps_its_first_alarm_and_the_latest() -> None:
    ids = tuple(f"<{number}@agency.example>" for number in range(100))

    kept = read(replace(NOTICE, references=ids))["References"].split()

    assert (kept[0], kept[1:]) == (ids[0], list(ids[-20:]))


def test_a_message_id_that_folding_would_spoil_is_left_out() -> None:
    mail = read(replace(NOTICE, in_reply_to=f"<{'x' * 80}@agency.example>"))

    assert "In-Reply-To" not in mail


def test_a_message_id_of_an_international_domain_is_spelt_for_the_wire() -> None:
    given = "<1@agentur-müller.example>"

    mail = read(replace(NOTICE, message_id=given, in_reply_to=given))

    assert mail["Message-ID"] == "<1@xn--agentur-mller-4ob.example>"
    assert mail["In-Reply-To"] == mail["Message-ID"]


@given(
    words=st.lists(
        st.sampled_from(["Messages", "from", "“Contact", "form”", "do", "Büro", "💌"]),
        min_size=1,
        max_size=25,
    )
)
def test_no_blank_of_a_subject_is_lost_wherever_its_line_ends(
    words: list[str],
) -> None:
    subject = " ".join(words)

    assert read(replace(NOTICE, subject=subject))["Subject"] == subject


def test_a_subject_in_any_script_is_kept() -> None:
    subject = "Riverside — die Nachrichten fehlen 😀 全部"

    assert read(replace(NOTICE, subject=subject))["Subject"] == subject


def test_without_html_there_is_text_alone() -> None:
    assert read(replace(NOTICE, html="")).get_content_type() == "text/plain"


@pytest.mark.parametrize("address", ["a@b", "o'neil+x@mail.example", "a.b@x-y.example"])
def test_plain_addresses_stay_as_they_are(address: str) -> None:
    assert on_the_wire(address) == address


@pytest.mark.parametrize(
    "address", ["a@b\r\nRCPT TO:<c@d>", "a b@c", "<a@b>", "a@", "@b", "a@b>", "a@.."]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="no email address"):
        on_the_wire(address)
