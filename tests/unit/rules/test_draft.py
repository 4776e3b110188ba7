"""A letter to somebody who was missed, whatever he has written."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.cases import ANNA, missed
from tests.world.facts import NOON, after
from watchdog.model import CaseId, Missed, StepKind
from watchdog.rules.draft import (
    MOST_QUOTED,
    WIDTH,
    Sender,
    compose,
    day,
    line,
    message_id,
    quoted,
)
from watchdog.rules.template import parse

SENDER = Sender(name="Weber, Björn", address="office@riverside.example", language="en")
HEADER = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]
PLAIN = "Hello {{ name }}\n\n{{ quoted }}\n"


def letter(case: Missed, template: str = PLAIN) -> EmailMessage:
    raw = compose(
        case,
        parse(template),
        SENDER,
        message_id="1@riverside.example",
        site="riverside.example",
        now=after(days=3),
    )
    mail: Any = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage) -> str:
    text: str = mail.get_content()
    return text.replace("\r\n", "\n")


def test_it_goes_to_the_person_from_the_owner() -> None:
    mail = letter(missed(name="Änna, Probe", subject="An offer"))

    assert mail["To"].addresses[0].addr_spec == ANNA
    assert mail["To"].addresses[0].display_name == "Änna Probe"
    assert mail["From"].addresses[0].addr_spec == SENDER.address
    assert mail["From"].addresses[0].display_name == SENDER.name
    assert mail["Subject"] == "Re: An offer"
    assert mail["Date"].datetime == after(days=3).replace(microsecond=0)


@given(
    words=st.lists(
        st.sampled_from(["Küche", "für", "größere", "Häuser", "wegen", "in"]),
        min_size=1,
        max_size=20,
    )
)
def test_no_blank_of_a_subject_is_lost_wherever_its_line_ends(
    words: list[str],
) -> None:
    subject = " ".join(words)

    assert letter(missed(subject=subject))["Subject"] == f"Re: {subject}"


@pytest.mark.parametrize("word", ["-" * 70, "x" * 90])
def test_a_long_word_ends_no_headers_and_adds_no_blank(word: str) -> None:
    mail = letter(missed(name=f"{'a' * 81} {word}", subject=f"Ab {word} c"))

    assert mail["To"].addresses[0].addr_spec == ANNA
    assert mail["Subject"] == f"Re: Ab {word} c"
    assert sorted(mail.keys()) == sorted(HEADER)


def test_it_answers_the_mail_where_that_is_known() -> None:
    assert letter(missed())["In-Reply-To"] is None

    mail = letter(missed(message_id="abc@site.example"))

    assert mail["In-Reply-To"] == mail["References"] == "<abc@site.example>"


def test_an_id_that_would_begin_a_header_is_left_out() -> None:
    mail = letter(missed(message_id="a@b>\r\nBcc: <eve@example.org"))

    assert mail.keys() == HEADER


def test_a_template_may_give_the_subject_in_its_first_line() -> None:
    template = "Subject: About {{ subject }}\n\nHello\n"

    mail = letter(missed(subject="prices\r\nBcc: eve@example.org"), template)

    assert mail["Subject"] == "About prices Bcc: eve@example.org"
    assert body(mail) == "Hello\n"
    assert mail.keys() == HEADER


@given(
    name=st.text(),
    subject=st.text(),
    message=st.text(),
    fields=st.dictionaries(st.text(), st.text(), max_size=3),
)
def test_nothing_that_is_filled_in_makes_a_header_or_a_recipient(
    **facts: Any,
) -> None:
    template = (
        "Subject: {{ subject }}\n{% for a, b in fields %}{{ a }}{{ b }}{% endfor %}"
    )

    mail = letter(missed(**facts), template + PLAIN)

    assert mail.keys() == HEADER
    assert [one.addr_spec for one in mail["To"].addresses] == [ANNA]
    assert not mail.defects


@pytest.mark.parametrize(
    "name",
    [
        f"{'Anna ' * 20}, eve@example.net",
        f"=?utf-8?q?,_eve=40example.net?= {'Anna ' * 20}",
        f"{'王' * 30} <eve@example.net>, ",
        f"{'Anna ' * 20}eve@example.net; group: x",
    ],
)
def test_a_long_name_makes_no_recipient_either(name: str) -> None:
    mail = letter(missed(name=name, subject=name))

    assert [one.addr_spec for one in mail["To"].addresses] == [ANNA]
    assert len(getaddresses([str(mail["To"])])) == 1


def test_a_template_in_a_message_stays_text() -> None:
    evil = "{{ 7 * 7 }} {% for x in y %} {{ config.__class__ }}"

    mail = letter(missed(name=evil, message=evil, subject=evil))

    assert body(mail) == f"Hello {evil}\n\n> {evil}\n"


def test_a_line_shows_what_it_says() -> None:
    assert (
        line("Anna\r\n\x1b[31m\u202eeborP\u2069\tX\u2028Y\0") == "Anna [31m eborP X Y"
    )
    assert line("👩\u200d👧 می\u200cکنم") == "👩\u200d👧 می\u200cکنم"
    assert len(line("x" * 100_000)) <= 200


def test_their_own_words_stand_below_bounded_and_wrapped() -> None:
    said = quoted(f"Hello\n\n{'word ' * 40}\n")

    assert said.startswith("> Hello\n>\n> word word")
    assert max(map(len, said.splitlines())) <= WIDTH + 2
    long = body(letter(missed(message="x " * MOST_QUOTED)))
    assert long.count("x") == MOST_QUOTED // 2


@pytest.mark.parametrize(
    ("language", "written"), [("en", "3 May 2026"), ("de", "3. Mai 2026")]
)
def test_a_day_is_written_as_in_a_letter(language: str, written: str) -> None:
    assert day(datetime(2026, 5, 3, tzinfo=UTC), language) == written


def test_each_letter_has_an_id_of_its_own_that_tells_nothing() -> None:
    ids = {
        message_id(key, CaseId(case), kind, number, "a.example")
        for key in (b"one ledger", b"another")
        for case in (1, 2)
        for kind in (StepKind.DRAFTED, StepKind.FOLLOWED_UP)
        for number in (0, 1)
    }

    assert len(ids) == 16
    assert {len(one) for one in ids} == {len("@a.example") + 32}


def test_a_letter_tells_how_long_ago_they_wrote() -> None:
    mail = letter(
        missed(submitted_at=NOON - timedelta(days=2)), "{{ days }}, {{ date }}"
    )

    assert mail.get_content().strip() == "5, 20 November 2026"
