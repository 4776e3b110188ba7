"""Whatever comes back to a known system's form is some answer, and never an error."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.errors import ProbeError
from probes.forms.answer import read_answer
from probes.forms.form import Answer, Form, Page
from probes.forms.page import read_page
from probes.forms.reply import Reply
from probes.forms.systems.known import SYSTEMS, system_of
from probes.forms.systems.system import System

URL = "https://shop.example/contact"
TEXT = "<textarea name=message></textarea><input name=email>"
FORMS = {
    "divi": "<form class=et_pb_contact_form>{}</form>",
    "django": "<form>{}<input type=hidden name=csrfmiddlewaretoken></form>",
    "drupal": "<form>{}<input name=form_build_id><input name=form_id></form>",
    "google-forms": "<form action=https://docs.google.com/x/formResponse>{}</form>",
    "gravity": "<form id=gform_1>{}<input type=hidden name=gform_submit></form>",
    "jetpack": "<form>{}<input type=hidden name=contact-form-hash></form>",
    "joomla": "<form>{}<input name=jform[contact_name]></form>",
    "jotform": "<form action=https://submit.jotform.com/submit/1>{}</form>",
    "netlify": "<form>{}<input type=hidden name=form-name></form>",
}
SEEING = sorted(one.name for one in SYSTEMS if one.see)
DRAWING = [one for one in SYSTEMS if one.draw]

PIECES = st.sampled_from(
    [
        *("<div class='messages messages--error'>", "<div class=messages--status>"),
        *("<div id=system-message-container>", "<div class='alert alert-success'>"),
        *("<joomla-alert type=danger>", "<noscript>", "<div class=alert-message>"),
        *("<ul class=errorlist><li>", "<div class=et-pb-contact-message>"),
        *("<form action=/x/formResponse>", "<em class=placeholder>5</em>", TEXT),
        *("<p role=alert>", "<div class=thankyou-wrapper>", "</div>", "</form>"),
        "<script data-big-pipe-replacement-for-placeholder-with-id=x>",
        *('[{"command":"insert","data":"<div class=messages--error>No</div>"}]', "[{"),
        *('[{"command":"insert","data":7}]', "[7]", "</script>", "Thank you", "Nein"),
        *("CSRF", "please wait 6 seconds", "\x00", "<!--", "spam"),
    ]
)


def page_of(name: str) -> tuple[Page, Form]:
    body = FORMS[name].format(TEXT).encode()
    page = read_page(body, url=URL, content_type="text/html")
    return page, page.forms[0]


def reply_of(body: str, *, status: int = 200, url: str = URL) -> Reply:
    kind = "text/html; charset=utf-8"
    return Reply(status=status, url=url, content_type=kind, body=body.encode())


def test_every_system_that_reads_pages_is_tried() -> None:
    assert sorted(FORMS) == SEEING


@pytest.mark.parametrize("name", SEEING)
def test_a_form_is_known_for_its_systems(name: str) -> None:
    system = system_of(page_of(name)[1])

    assert system is not None
    assert system.name == name


@given(
    st.sampled_from(SEEING),
    st.lists(PIECES, max_size=12).map("".join),
    st.sampled_from([200, 404, 403, 500]),
    st.sampled_from([URL, "https://docs.google.com/x/closedform", ""]),
)
@settings(max_examples=100)
def test_any_page_is_some_answer_to_a_known_form(
    name: str, body: str, status: int, url: str
) -> None:
    page, form = page_of(name)

    receipt = read_answer(reply_of(body, status=status, url=url), form=form, page=page)

    assert len(receipt.words) <= 300
    assert receipt.words.isprintable()
    if status != 200:
        assert receipt.answer is not Answer.ACCEPTED


TOLD = st.recursive(
    st.none() | st.booleans() | st.integers(0, 13) | st.sampled_from(["", "Name", "a"]),
    lambda inner: st.lists(inner, max_size=5),
)
DEFINED = st.fixed_dictionaries(
    {"form": st.dictionaries(st.sampled_from(["name", "formFieldGroups"]), TOLD)}
)


PAGE = "<p>x</p><script>FB_PUBLIC_LOAD_DATA_ = [0, {}]</script>"


@given(st.sampled_from(DRAWING), TOLD | DEFINED, st.sampled_from(["{}", PAGE]))
@settings(max_examples=60)
def test_whatever_a_service_tells_is_a_form_or_a_reason(
    system: System, told: object, around: str
) -> None:
    reply = reply_of(
        around.format(json.dumps(told)),
        url="https://forms.hsforms.com/embed/v3/form/1/a/json",
    )
    page, _ = page_of("netlify")

    try:
        drawn = system.draw(reply, page) if system.draw else page
    except ProbeError:
        return

    assert all(len(form.fields) <= 200 for form in drawn.forms)
