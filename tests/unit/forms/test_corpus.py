"""Contact pages as they are out there: the form, its fields, and what is posted.

Each page in `corpus/` says by attributes what is right: `data-chosen` on the form,
`data-means` on a field, `data-posts` for what a trap keeps, `data-unposted` on what
nobody may tick, and `data-pressed` on the button, where there are several.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from probes.forms.choice import contact_form
from probes.forms.fill import fill
from probes.forms.form import Entry, Filling, Visitor
from probes.forms.page import read_page

CORPUS = sorted(Path(__file__).with_name("corpus").glob("*.html"))
VISITOR = Visitor(
    name="Delivery Test",
    email="owner+abc123@shop.example",
    phone="+44 20 7946 0123",
    subject="Delivery test abc123",
    message="Mark abc123.\nThis is an automatic delivery test. Nobody needs to answer.",
)

every_page = pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)


def filled(path: Path) -> Filling:
    url = "https://shop.example/contact/"
    page = read_page(path.read_bytes(), url=url, content_type="text/html")
    return fill(contact_form(page, None), VISITOR, {})


def marked(path: Path, mark: str) -> Sequence[HtmlElement]:
    controls = document_fromstring(path.read_text()).xpath(f"//*[@data-{mark}]")
    assert isinstance(controls, list)
    return controls


def posted(path: Path) -> Sequence[Entry]:
    return filled(path).entries


@every_page
def test_the_contact_form_is_chosen(path):
    assert "chosen" in filled(path).form.data


@every_page
def test_every_field_is_understood(path):
    means = {field.name: field.means for field in filled(path).form.fields}

    wanted = {c.get("name"): c.get("data-means") for c in marked(path, "means")}
    assert wanted
    assert {name: means.get(name) for name in wanted} == wanted


@every_page
def test_nothing_stands_in_the_way_of_filling_it(path):
    assert filled(path).problems == ()


@every_page
def test_every_required_field_gets_what_it_takes(path):
    entries = posted(path)
    required = document_fromstring(path.read_text()).xpath(
        "//form[@data-chosen]//*[@required and @name]"
    )

    for control in required:
        values = [value for name, value in entries if name == control.get("name")]
        assert any(values), control.get("name")
        for value in values:
            assert re.fullmatch(control.get("pattern") or ".*", value, re.DOTALL)
            assert len(value) >= int(control.get("minlength") or 0)


@every_page
def test_the_mark_is_in_the_message_and_in_the_address(path):
    values = " ".join(value for _, value in posted(path))

    assert "Mark abc123." in values
    assert "owner+abc123@shop.example" in values


@every_page
def test_traps_and_advertising_stay_as_they_are(path):
    untouched = {(c.get("name"), c.get("data-posts")) for c in marked(path, "posts")}
    unposted = {
        (c.get("name"), c.get("value") or "on") for c in marked(path, "unposted")
    }

    assert untouched <= {*posted(path)}
    assert unposted.isdisjoint(posted(path))


@every_page
def test_the_button_that_sends_is_pressed_and_no_other(path):
    buttons = [f.name for f in filled(path).form.fields if f.means == "submit"]

    pressed = [entry for entry in posted(path) if entry[0] in buttons]
    wanted = [(c.get("name"), c.get("value")) for c in marked(path, "pressed")]
    assert len(pressed) <= 1
    assert pressed == wanted or not wanted
