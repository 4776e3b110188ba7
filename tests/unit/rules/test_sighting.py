"""A marker in a mail is an arrival only where the mail is the form's own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watchdog.rules import marker
from watchdog.rules.sighting import Mail, Sighting, sight

KEY = b"k" * 32
MARK = marker.make(KEY, at=datetime(2026, 11, 22, tzinfo=UTC), salt=b"salty")
OWNER = "office@b.example"
VISITOR = f"a+{MARK}@b.example"
PLAIN = Mail(
    own="",
    quoted="",
    from_="",
    reply_to="",
    to=[OWNER],
    delivered_to="",
    is_answer=False,
    is_bounce=False,
)


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        pytest.param(replace(PLAIN, own=MARK), Sighting.ARRIVAL, id="in its text"),
        pytest.param(
            replace(PLAIN, reply_to=VISITOR),
            Sighting.ARRIVAL,
            id="only in Reply-To: the site dropped the text",
        ),
        pytest.param(
            replace(PLAIN, own=MARK, reply_to=VISITOR, is_answer=True),
            Sighting.ARRIVAL,
            id="threaded by a ticket system, with the visitor to answer to",
        ),
        pytest.param(
            replace(PLAIN, reply_to=VISITOR, to=[OWNER, VISITOR]),
            Sighting.ARRIVAL,
            id="one mail for owner and visitor",
        ),
        pytest.param(
            replace(PLAIN, own=MARK, to=[VISITOR]),
            Sighting.COPY,
            id="the form's copy to its visitor",
        ),
        pytest.param(
            replace(PLAIN, own=MARK, to=[VISITOR], reply_to=VISITOR),
            Sighting.COPY,
            id="the visitor's copy, with himself to answer to",
        ),
        pytest.param(
            replace(PLAIN, own=MARK, delivered_to=VISITOR, reply_to=VISITOR),
            Sighting.COPY,
            id="the visitor's blind copy",
        ),
        pytest.param(replace(PLAIN, quoted=MARK), Sighting.QUOTE, id="only quoted"),
        pytest.param(
            replace(PLAIN, own=MARK, is_answer=True), Sighting.QUOTE, id="an answer"
        ),
        pytest.param(
            replace(PLAIN, own=MARK, from_=VISITOR, is_answer=True),
            Sighting.QUOTE,
            id="an answer by whoever reads the visitor's mail",
        ),
        pytest.param(
            replace(PLAIN, own=MARK, is_bounce=True), Sighting.BOUNCE, id="a bounce"
        ),
        pytest.param(
            replace(PLAIN, quoted=MARK, is_bounce=True),
            Sighting.BOUNCE,
            id="a bounce that quotes it",
        ),
    ],
)
def test_where_the_marker_stands_tells_what_the_mail_is(mail, kind):
    assert sight(mail, KEY) == [(MARK, kind)]


def test_our_own_text_without_a_marker_proves_nothing():
    assert sight(replace(PLAIN, own="Automatic delivery test"), KEY) == []


def test_a_forged_marker_proves_nothing():
    assert sight(replace(PLAIN, own="cwd" + "a" * 32), KEY) == []
