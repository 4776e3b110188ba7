"""Which form is the contact form."""

import pytest

from probes.errors import Unintelligible
from probes.forms.choice import Purpose, contact_form, purpose
from probes.forms.form import Page
from probes.forms.page import read_page
from tests.unit.forms.pages import (
    BUILDER,
    CLASSIC,
    DECOY,
    FRAMEWORK,
    SEVERAL,
    TABLE,
    VALIDATED,
)

SEARCH = "<form role=search><input type=search name=s></form>"
LOG_IN = "<form id=login><input name=user><input type=password name=p></form>"
SIGN_UP = (
    "<form id=join><input name=email><input type=password name=a>"
    "<input type=password name=b><textarea name=about></textarea></form>"
)
NEWS = (
    "<form class=mc4wp-form><input type=email name=e><button>Subscribe</button></form>"
)
PAY = (
    "<form id=order><input name=name><textarea name=message></textarea>"
    "<input autocomplete=cc-number name=card><button>Pay now</button></form>"
)
BOOK = (
    "<form id=table><input name=name><input type=date name=day><textarea name=message>"
    "</textarea><button>Book a table</button></form>"
)
COMMENT = "<form id=commentform><textarea name=comment></textarea></form>"
UNKNOWN = "<form id=odd><input name=colour></form>"


def page(html: str) -> Page:
    return read_page(html.encode(), url="https://shop.example/", content_type="")


@pytest.mark.parametrize("html", [CLASSIC, DECOY, BUILDER, VALIDATED, FRAMEWORK, TABLE])
def test_a_contact_form_is_found_among_other_forms(html):
    found = contact_form(page(SEARCH + LOG_IN + NEWS + html + COMMENT), None)

    assert found == page(SEARCH + LOG_IN + NEWS + html).forms[3]


def test_of_several_forms_it_is_the_one_to_write_to_us():
    assert contact_form(page(SEVERAL), None).id == "write"


@pytest.mark.parametrize(
    ("html", "meant"),
    [
        (SEARCH, Purpose.SEARCH),
        (LOG_IN, Purpose.LOG_IN),
        (SIGN_UP, Purpose.REGISTRATION),
        (NEWS, Purpose.NEWSLETTER),
        (PAY, Purpose.PAYMENT),
        (BOOK, Purpose.BOOKING),
        (COMMENT, Purpose.COMMENT),
        (UNKNOWN, Purpose.OTHER),
        ("<form action='/search'><input name=term></form>", Purpose.SEARCH),
        (
            "<h2>Call me back</h2><form><input name=n><input type=tel name=t></form>",
            Purpose.CONTACT,
        ),
        (
            (
                "<form><input name=email><textarea name=message></textarea><input "
                "type=checkbox name=newsletter>Subscribe to our newsletter</form>"
            ),
            Purpose.CONTACT,
        ),
        (
            (
                "<form><input name=email><label>Pickup<input type=date name=d></label>"
                "<textarea name=message></textarea></form>"
            ),
            Purpose.CONTACT,
        ),
    ],
)
def test_the_purpose_of_a_form_is_told_by_its_fields_and_words(html, meant):
    assert purpose(page(html).forms[0]) is meant


def test_where_there_is_none_the_sentence_says_what_is_there():
    with pytest.raises(Unintelligible) as error:
        contact_form(page(SEARCH + LOG_IN), None)

    assert str(error.value) == (
        "There is no contact form on this page: I see a search box and a log-in."
    )


def test_a_page_without_forms_says_so():
    with pytest.raises(Unintelligible, match="There is no form on this page"):
        contact_form(page("<p>Hello</p>"), None)


@pytest.mark.parametrize(
    ("html", "name"), [(SIGN_UP, "join"), (PAY, "order"), (BOOK, "table")]
)
def test_what_pays_books_or_signs_up_is_taken_only_when_it_is_named(html, name):
    with pytest.raises(Unintelligible, match=f'name it.*"{name}"'):
        contact_form(page(html), None)

    assert contact_form(page(html), name).id == name


@pytest.mark.parametrize("wanted", ["news", "#news", ".mc4wp-form", "mc4wp-form", "4"])
def test_a_form_is_named_by_id_class_or_number(wanted):
    assert contact_form(page(SEVERAL), wanted).id == "news"


@pytest.mark.parametrize("wanted", ["missing", "99", "", "\u0661\x1b[2J"])
def test_a_name_that_is_not_there_is_answered_with_those_that_are(wanted):
    with pytest.raises(Unintelligible) as error:
        contact_form(page(SEVERAL), wanted)

    sentence = str(error.value)
    assert '"write" (a contact form)' in sentence
    assert '"1" (a search box)' in sentence
    assert sentence.isprintable()
