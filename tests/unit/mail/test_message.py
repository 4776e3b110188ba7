"""What a mail says, in every dress that mail programs and sites give it."""

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.errors import Unintelligible
from probes.mail.bounce import read_bounce
from probes.mail.message import MOST_TEXT, Address, read_message
from probes.mail.trace import read_trace


def mail(header: str, body: bytes | str = "") -> bytes:
    content = body if isinstance(body, bytes) else body.encode()
    return header.replace("\n", "\r\n").encode() + b"\r\n\r\n" + content


def multipart(kind: str, *parts: str) -> bytes:
    inner = "".join(f"--=_b\r\n{part}\r\n" for part in parts)
    return mail(
        f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="=_b"',
        f"a preamble\r\n{inner}--=_b--\r\nan epilogue",
    )


def test_a_forms_mail_is_read_field_by_field() -> None:
    message = read_message(
        mail(
            "Date: Sun, 3 May 2026 12:00:00 +0200\n"
            "From: =?utf-8?Q?Caf=C3=A9_R=C3=B6ssle?= <site@cafe.example>\n"
            'Reply-To: "Probe, Anna" <anna@example.org>, b@example.org\n'
            "To: owner@cafe.example\n"
            "Delivered-To: owner@cafe.example\n"
            "Subject: =?utf-8?B?w5xi?=\n =?utf-8?B?ZXIgQnJvdA==?=\n"
            "Message-ID: <one@cafe.example>\n"
            "In-Reply-To: <two@example.org>\n"
            "References: <three@example.org>\n <two@example.org>",
            "Do you have rye?",
        )
    )

    assert message.date == datetime(2026, 5, 3, 10, tzinfo=UTC)
    assert message.from_ == (Address("Café Rössle", "site@cafe.example"),)
    assert message.reply_to == (
        Address("Probe, Anna", "anna@example.org"),
        Address("", "b@example.org"),
    )
    assert message.to == message.delivered_to == (Address("", "owner@cafe.example"),)
    assert message.subject == "Über Brot"
    assert message.message_id == "one@cafe.example"
    assert message.in_reply_to == ("two@example.org",)
    assert message.references == ("three@example.org", "two@example.org")
    assert message.text == "Do you have rye?"
    assert message.is_answer


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Grüße €"),
        ("iso-8859-1", "Grüße"),
        ("windows-1252", "Grüße €"),
        ("iso-2022-jp", "お問い合わせ"),
        ("shift_jis", "お問い合わせ"),
        ("gb2312", "联系表格"),
        ("big5", "聯絡表格"),
        ("euc-kr", "문의하기"),
        ("koi8-r", "Здравствуйте"),
        ("utf-7", "Grüße"),
        ("utf-16", "Grüße"),
    ],
)
@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_every_charset_becomes_text(charset: str, encoding: str, text: str) -> None:
    data = text.encode(charset)
    body = base64.encodebytes(data) if encoding == "base64" else data
    head = (
        f"Content-Type: text/plain; charset={charset}\n"
        f"Content-Transfer-Encoding: {encoding}"
    )

    assert read_message(mail(head, body)).text.lstrip("\ufeff") == text


@pytest.mark.parametrize(
    "charset", ["unknown-8bit", "x-none", "zlib", "hex", "punycode", "\udcff", '"']
)
def test_a_charset_that_nobody_knows_is_guessed(charset: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}".encode("utf-8", "replace")

    assert read_message(head + b"\n\nGr\xc3\xbc\xc3\x9fe").text == "Grüße"
    assert read_message(head + b"\n\nGr\xfc\xdfe").text == "Grüße"


def test_a_text_labelled_gb2312_may_be_more() -> None:
    head = "Content-Type: text/plain; charset=gb2312"

    assert read_message(mail(head, "朱镕基".encode("gbk"))).text == "朱镕基"


def test_soft_breaks_of_quoted_printable_are_undone() -> None:
    head = "Content-Transfer-Encoding: quoted-printable"

    message = read_message(mail(head, "marker ab=\r\ncd Gr=C3=BC=C3=9Fe =\r\nend=20"))

    assert message.text == "marker abcd Grüße end"


def test_flowed_paragraphs_are_joined() -> None:
    message = read_message(
        mail(
            "Content-Type: text/plain; format=flowed",
            "A long \r\nline.\r\n From here\r\n> quoted \r\n> line\r\n-- \r\nAnna",
        )
    )

    assert message.text == "A long line.\nFrom here\n-- \nAnna"
    assert message.quoted == "quoted line"


def test_base64_with_junk_in_it_is_read() -> None:
    body = base64.b64encode("Have you rye? Grüße".encode()).decode()
    dirty = body[:7] + "\r\n !*\0" + body[7:] + "\r\n__\r\nSent by a list"

    head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64"

    assert read_message(mail(head, dirty)).text.startswith("Have you rye? Grüße")


@pytest.mark.parametrize("cut", range(1, 9))
def test_base64_that_is_cut_off_gives_what_is_there(cut: int) -> None:
    body = base64.b64encode(b"Have you rye on Friday")[:-cut]

    message = read_message(mail("Content-Transfer-Encoding: base64", body))

    assert message.text.startswith("Have you rye on")


def test_a_multipart_that_is_cut_off_gives_its_text() -> None:
    whole = multipart(
        "alternative",
        "Content-Type: text/plain\r\n\r\nHave you rye?",
        "Content-Type: text/html\r\n\r\n<p>Have you rye?</p>" + "<br>" * 500,
    )

    assert read_message(whole[:-300]).text == "Have you rye?"


def test_html_counts_where_the_plain_part_is_empty_talk() -> None:
    message = read_message(
        multipart(
            "alternative",
            "Content-Type: text/plain\r\n\r\n&nbsp;\r\n\r\n",
            "Content-Type: text/html\r\n\r\n<p>Have you <b>rye</b>?</p>",
        )
    )

    assert message.text == "&nbsp;\n\nHave you rye?"


def test_the_same_words_twice_are_told_once() -> None:
    message = read_message(
        multipart(
            "alternative",
            "Content-Type: text/plain\r\n\r\nHave you\r\nrye?",
            "Content-Type: text/html\r\n\r\n<p>Have&nbsp;you r\u00adye?</p>",
        )
    )

    assert message.text == "Have you\nrye?"


def test_a_forwarded_mail_is_kept_apart() -> None:
    message = read_message(
        multipart(
            "mixed",
            "\r\nPlease see below",
            "Content-Type: message/rfc822\r\n\r\n"
            "Subject: Question\r\n\r\nHave you rye?",
        )
    )

    assert message.text == "Please see below"
    assert message.quoted == "Question\nHave you rye?"
    assert [one.kind for one in message.enclosed] == ["message/rfc822"]


def test_attached_files_are_named_and_not_read() -> None:
    message = read_message(
        multipart(
            "mixed",
            "\r\nSee the list",
            "Content-Type: text/plain\r\nContent-Disposition: attachment;"
            " filename*=utf-8''%C3%9Cbersicht.txt\r\n\r\nsecret",
            'Content-Type: image/png; name="=?utf-8?Q?K=C3=A4se?=.png"\r\n\r\nPNG',
        )
    )

    assert message.text == "See the list"
    assert message.attachments == ("Übersicht.txt", "Käse.png")


@pytest.mark.parametrize(
    ("value", "readable"),
    [
        ("=?utf-8?Q?Gr=C3=BC?= =?utf-8?Q?=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?w?= =?utf-8?B?w=?=", ""),
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC?=n", "Grün"),
        ("=?iso-2022-jp?B?GyRCJCpMZCQkOWckbyQ7GyhC?=", "お問い合わせ"),
        ("=?koi8-r?b?+sTSwdfT1NfVytTF?=", "Здравствуйте"),
        ("=?utf-8*de?Q?Hallo?=", "Hallo"),
        ("=?nonsense?Q?Hallo?=", "Hallo"),
        ("=?utf-8?Q?a b?= and plain", "a b and plain"),
        ("=?utf-8?X?no?=", "=?utf-8?X?no?="),
        ("raw Grüße", "raw Grüße"),
    ],
)
def test_encoded_words_become_readable(value: str, readable: str) -> None:
    assert read_message(mail(f"Subject: {value}")).subject == readable


@pytest.mark.parametrize(
    "field",
    [
        "Message-ID: <",
        "Message-ID: <a@[",
        'From: "',
        "From: <",
        "To: <",
        "To: (",
        "To: " + "(" * 20_000,
        "To: " + '"\\' * 9_000,
        "Reply-To: @,@;:<>",
        "Date: Thu, 99 Foo 99999 99:99:99 +9999",
        "Date: Mon, 1 Jan 0001 00:00:00 +2359",
        "Date: Mon, 1 Jan 9999 23:59:59 -2359",
        "Content-Type: text/plain; charset*9999999999*=x; charset*a=b",
        "Content-Type: text/plain; charset*=nonsense''x",
        "Content-Type: multipart/mixed; boundary*=a'b",
        "Content-Type: multipart/mixed",
        "Content-Type: ;;;=;",
        "Content-Disposition: inline; filename*=x'",
        "Content-Transfer-Encoding: uuencode",
        "Subject: =?utf-8?B?====?= =?utf-7?Q?+2AA-?=",
        "\udc80: x",
    ],
)
def test_broken_fields_break_nothing(field: str) -> None:
    raw = field.encode("utf-8", "surrogateescape") + b"\r\n\r\nHave you rye?"

    message = read_message(raw)

    assert "rye" in message.text
    str(message).encode()


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\0\0", b" \t"])
def test_nothing_at_all_is_no_message(raw: bytes) -> None:
    with pytest.raises(Unintelligible, match="empty"):
        read_message(raw)


def test_text_without_any_header_is_text() -> None:
    assert read_message(b"Have you\nrye?").text == "Have you\nrye?"


def test_control_characters_never_come_through() -> None:
    message = read_message(mail("Subject: a\0\x1b[2Jb", b"c\0\x1b]0;\x07d\x7f\xc2\x9b"))

    assert message.subject == "a[2Jb"
    assert message.text == "c]0;d"


@pytest.mark.parametrize(
    ("field", "automatic"),
    [
        ("Auto-Submitted: auto-replied (vacation)", True),
        ("Auto-Submitted: no", False),
        ("Precedence: auto_reply", True),
        ("X-Autoreply: yes", True),
        ("Precedence: normal", False),
    ],
)
def test_answers_by_programs_are_known(field: str, automatic: bool) -> None:  # noqa: FBT001
    assert read_message(mail(field, "away")).is_answer is automatic


@pytest.mark.parametrize(
    ("field", "automatic"),
    [
        ("Auto-Submitted: auto-replied (vacation)", True),
        ("Auto-Submitted: auto-generated", True),
        ("Auto-Submitted: no", False),
        ("X-Autorespond: away", True),
        ("In-Reply-To: <one@studio.example>", False),
    ],
)
def test_what_no_person_wrote_says_so(field: str, automatic: bool) -> None:  # noqa: FBT001
    assert read_message(mail(field, "away")).is_automatic is automatic


def nested(depth: int) -> bytes:
    layers = (
        f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        for level in range(depth)
    )
    return "".join(layers).encode() + b"\nHave you rye?"


def test_parts_within_parts_are_read_to_a_depth() -> None:
    assert read_message(nested(12)).text == "Have you rye?"
    assert read_message(nested(200)).text == ""


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(nested(200) + b"\n" * 300_000, id="200 levels"),
        pytest.param(
            b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhi\n" * 10_000,
            id="10,000 parts",
        ),
        pytest.param(b"X-Long: " + b"a" * 30_000_000 + b"\n\nhi", id="30 MB header"),
        pytest.param(b"A: b\n" * 200_000 + b"\nhi", id="200,000 fields"),
        pytest.param(b"Content-Type: message/rfc822\n\n" * 9_000, id="mails in mails"),
        pytest.param(b"To: " + b"a@b.example," * 90_000, id="90,000 recipients"),
        pytest.param(
            b"Content-Type: text/html\n\n" + b"<div>" * 50_000, id="deep HTML"
        ),
        pytest.param(
            b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 200_000,
            id="one endless paragraph",
        ),
        pytest.param(
            b"Return-Path: <>\nSubject: failure notice\n\n" + b"a@" * 100_000,
            id="a bounce of addresses",
        ),
        pytest.param(b"\n" + b"On 1 schrieb " * 80_000 + b":", id="one attribution"),
    ],
)
def test_a_hostile_mail_takes_little_time_and_room(raw: bytes) -> None:
    begun = time.process_time()

    message = read_message(raw)
    read_bounce(message)
    read_trace(message)

    assert time.process_time() - begun < 2
    assert len(message.text) <= MOST_TEXT
    assert len(message.quoted) <= MOST_TEXT
    assert len(message.to) <= 100


PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n\n",
        b"Content-Type: ",
        b"multipart/mixed; boundary=",
        b"text/html",
        b"message/rfc822",
        b"message/delivery-status",
        b"; charset=",
        b"--b",
        b"b",
        b'"',
        b"<",
        b">",
        b"@",
        b"(",
        b"=?utf-8?q?",
        b"?=",
        b"From: ",
        b"Date: ",
        b"Received: from a by b; ",
        b"Content-Transfer-Encoding: base64",
        b"<blockquote type=cite>",
        b"\xff\xfe",
        b"\0",
        b"On 1 wrote:",
        b"Action: failed\n\n",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=12), max_size=30).map(b"".join))
def test_any_bytes_are_a_message_or_unintelligible(raw: bytes) -> None:
    try:
        message = read_message(raw)
    except Unintelligible:
        return
    read_bounce(message)
    read_trace(message)
    str(message).encode()
