"""Whom it is worth writing to first."""

from tests.world.cases import inquiry
from tests.world.facts import after
from watchdog.rules.worth import worth


def test_whoever_wrote_a_keyword_comes_first_in_whatever_case() -> None:
    plain = inquiry()
    wanted = inquiry(message="I dream of a WEDDING by the lake in summer.")

    assert worth(wanted, ["wedding"]) > worth(plain, ["Xmas"])
    assert worth(wanted, ["Wedding"]) == worth(wanted, ["wedding"])


def test_a_keyword_counts_in_the_subject_and_in_any_field() -> None:
    for told in ({"subject": "An offer"}, {"fields": {"Topic": "offer"}}):
        assert worth(inquiry(**told), ["offer"]).wanted == 1


def test_a_field_that_the_owner_names_counts_where_it_was_filled_in() -> None:
    filled = inquiry(fields={" Budget": "10,000"})
    empty = inquiry(fields={"Budget": "  "})

    assert worth(filled, [], ["budget"]) > worth(empty, [], ["budget"])


def test_who_can_be_reached_comes_before_who_cannot() -> None:
    nobody = inquiry(email="", phone=" ")

    assert worth(inquiry(), []) > worth(nobody, [])
    assert worth(inquiry(email="", phone="030 123456"), []) > worth(nobody, [])


def test_a_real_text_comes_before_two_words() -> None:
    assert worth(inquiry(), []) > worth(inquiry(message="Hello?"), [])


def test_the_fresh_come_before_the_old_and_spam_comes_last() -> None:
    fresh, old = inquiry(submitted_at=after(hours=2)), inquiry()
    spam = inquiry(submitted_at=after(hours=3), is_spam=True)

    ordered = sorted([old, spam, fresh], key=lambda one: worth(one, []), reverse=True)

    assert ordered == [fresh, old, spam]
