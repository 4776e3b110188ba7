"""What an IMAP response says."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.errors import Unintelligible
from probes.mail import imap_grammar as grammar
from probes.mail.imap_answer import Answer, refusal


def test_a_response_is_values_in_lists() -> None:
    response = (b'* 5 FETCH (FLAGS (\\Seen) X NIL "a \\"b\\\\" BODY[] {2}', b"ab", b")")

    assert grammar.values(response) == [
        b"5",
        b"FETCH",
        [b"FLAGS", [b"\\Seen"], b"X", None, b'a "b\\', b"BODY[]", b"ab"],
    ]


@pytest.mark.parametrize(
    "line", [b"* LIST (", b"* LIST )", b'* LIST "x', b"* " + b"(" * 99 + b")" * 99]
)
def test_what_is_nested_wrongly_is_unintelligible(line: bytes) -> None:
    with pytest.raises(Unintelligible):
        grammar.values((line,))


def test_a_listed_folder_has_name_separator_and_attributes() -> None:
    folder = grammar.listed((b'* LIST (\\HasNoChildren \\Junk) "." {4}', b"Spam", b""))

    assert folder == grammar.Listed(
        name="Spam", separator=".", attributes=["\\HasNoChildren", "\\Junk"]
    )


def test_a_flat_folder_has_no_separator() -> None:
    folder = grammar.listed((b"* LIST () NIL INBOX",))

    assert folder is not None
    assert folder.separator is None


@pytest.mark.parametrize("line", [b"* 3 EXISTS", b"* LSUB () NIL x", b"* FLAGS (x)"])
def test_other_responses_are_not_taken_for_folders(line: bytes) -> None:
    assert grammar.listed((line,)) is None


def test_a_status_is_read_whatever_else_it_tells() -> None:
    line = b'* STATUS "Sent Items" (UIDNEXT 7 UIDVALIDITY 1 HIGHESTMODSEQ x)'

    assert grammar.status((line,)) == ("Sent Items", {"UIDNEXT": 7, "UIDVALIDITY": 1})


def test_a_star_inside_a_text_stays() -> None:
    line = b'* 1 FETCH (ENVELOPE ("Sale* now* (1"))'

    assert grammar.fetched((line,)) == {"ENVELOPE": [b"Sale* now* (1"]}


def test_search_numbers_may_be_none_and_nothing_else_counts() -> None:
    assert grammar.found((b"* SEARCH",)) == []
    assert grammar.found((b"* SEARCH 4 2 x 99999999999999999999",)) == [4, 2]
    assert grammar.found((b"* 12 EXISTS",)) == []
    assert grammar.found((b"* ",)) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (b"17-Jul-1996 02:44:25 -0700", datetime(1996, 7, 17, 9, 44, 25, tzinfo=UTC)),
        (b" 1-Jan-2027 00:30:00 +0100", datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
        (b"31-dec-2016 23:59:60 +0000", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_internal_date_is_a_moment(text: bytes, at: datetime) -> None:
    assert grammar.moment(text) == at


@pytest.mark.parametrize(
    "text", [None, [], b"", b"31-Feb-2026 00:00:00 +0000", b"1-Jan-0001 00:00:00 +2300"]
)
def test_a_time_that_is_none_is_unintelligible(text: grammar.Value) -> None:
    with pytest.raises(Unintelligible):
        grammar.moment(text)


def test_a_day_is_written_in_english_whatever_the_locale() -> None:
    at = datetime(2026, 5, 3, tzinfo=timezone(timedelta(hours=2)))

    assert grammar.day(at) == "3-May-2026"


def test_quoting_keeps_a_name_in_one_piece() -> None:
    assert grammar.quoted('a "b\\ c') == '"a \\"b\\\\ c"'


def test_foreign_words_are_cleaned_before_they_are_shown() -> None:
    text = b"[ALERT] \x1b[31mred\x1b[0m \xff\xe2\x80\xaegnp " + b"x" * 9999

    code, words = grammar.code_and_words(text)

    assert code == "ALERT"
    assert words.startswith("[31mred [0m \ufffd gnp xxx")
    assert len(words) == grammar.MOST_WORDS


@pytest.mark.parametrize(
    ("text", "permanent"),
    [
        (b"[AUTHENTICATIONFAILED] Wrong password, try again later", True),
        (b"Wrong password", True),
        (b"", True),
        (b"[UNAVAILABLE] Back end is away", False),
        (b"[INUSE] Somebody else", False),
        (b"[LIMIT] Slowly", False),
        (b"[ALERT] Too many simultaneous connections. (Failure)", False),
    ],
)
def test_a_refusal_says_whether_asking_again_is_vain(
    text: bytes, *, permanent: bool
) -> None:
    answer = Answer(result="NO", text=text, data=())

    assert refusal(answer, "It said no").permanent is permanent


def test_an_alert_is_part_of_the_refusal_once() -> None:
    answer = Answer(result="NO", text=b"Login failed", data=())

    told = refusal(answer, "No", alert="Use an app password").message

    assert told == "No: Login failed (Use an app password)"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'* QUOTA "" (STORAGE 10 512)', [("STORAGE", 10, 512)]),
        (
            b"* quota root (storage 1 2 MESSAGE 3 9223372036854775807)",
            [("STORAGE", 1, 2), ("MESSAGE", 3, 2**63 - 1)],
        ),
        (b'* QUOTA "" (STORAGE -1 ten MESSAGE 1 2)', [("MESSAGE", 1, 2)]),
        (b'* QUOTA "" (STORAGE (1) 2)', []),
        (b'* QUOTA "" (STORAGE 1)', []),
        (b'* QUOTA "" ()', []),
        (b'* QUOTAROOT INBOX "" ()', []),
    ],
)
def test_a_quota_tells_its_resources(
    line: bytes, told: list[tuple[str, int, int]]
) -> None:
    assert list(grammar.resources((line,))) == told


@given(st.lists(st.binary(), min_size=1, max_size=5))
def test_any_response_is_understood_or_unintelligible(parts: list[bytes]) -> None:
    response = (b"* " + parts[0], *parts[1:])
    for read in (grammar.listed, grammar.status, grammar.fetched, grammar.found):
        with suppress(Unintelligible):
            read(response)
    with suppress(Unintelligible):
        list(grammar.resources(response))
