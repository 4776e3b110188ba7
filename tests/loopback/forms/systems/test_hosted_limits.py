"""What a service asks that HTTP cannot answer, and what is not for everybody."""

from pathlib import Path

import pytest

from probes.forms.errors import NoForm, NotFillable, OnlyInBrowser
from probes.forms.form import Receipt
from tests.loopback.forms.internet import Internet
from tests.loopback.forms.systems.hosted import heard, shown
from tests.loopback.forms.systems.spoken_hosted import (
    FIELDS,
    GOOGLE_FORMS,
    GOOGLE_URL,
    HUBSPOT,
    PAGE,
    QUESTIONS,
    asked,
    google,
    hubspot,
    question,
)
from tests.loopback.forms.systems.test_systems import entries
from tests.loopback.forms.visits import ANNA, submit
from tests.loopback.forms.website import answer, moved


async def google_form(internet: Internet, ca: Path, form: str) -> Receipt:
    shown(internet, GOOGLE_FORMS, GOOGLE_FORMS.answers[0])
    internet.says(GOOGLE_FORMS.shows, answer(form))
    return await submit(PAGE, ca=ca)


async def test_google_may_ask_for_the_address_itself(
    internet: Internet, ca: Path
) -> None:
    await google_form(internet, ca, google(*QUESTIONS, email=3))

    (post,) = heard(internet).values()
    assert entries(post)["emailAddress"] == ANNA.email


@pytest.mark.parametrize(
    "more",
    [
        pytest.param([7, "Part two", None, 8, None], id="a section"),
        pytest.param(question(66, "Your passport", 13), id="a file"),
    ],
)
async def test_what_google_asks_beyond_one_page_of_text_takes_a_browser(
    internet: Internet, ca: Path, more: list[object]
) -> None:
    with pytest.raises(OnlyInBrowser, match="Google Forms"):
        await google_form(internet, ca, google(*QUESTIONS, more))

    assert heard(internet) == {}


async def test_a_closed_form_of_google_is_no_form(internet: Internet, ca: Path) -> None:
    shown(internet, GOOGLE_FORMS, GOOGLE_FORMS.answers[0])
    internet.says(GOOGLE_FORMS.shows, moved(f"{GOOGLE_URL}/closedform"))
    internet.says(f"{GOOGLE_URL}/closedform", answer("<p>No longer accepting</p>"))

    with pytest.raises(NoForm, match="closed"):
        await submit(PAGE, ca=ca)


async def test_a_form_of_google_for_those_signed_in_is_not_ours(
    internet: Internet, ca: Path
) -> None:
    shown(internet, GOOGLE_FORMS, GOOGLE_FORMS.answers[0])
    login = "https://accounts.google.com/ServiceLogin"
    internet.says(GOOGLE_FORMS.shows, moved(login))
    internet.says(login, answer("<h1>Sign in</h1>"))

    with pytest.raises(NotFillable, match="signed in"):
        await submit(PAGE, ca=ca)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (hubspot(*FIELDS, captchaEnabled=True), "reCAPTCHA"),
        (hubspot(*FIELDS, metaData=[{"name": "legalConsentOptions"}]), "consents"),
        (hubspot(*FIELDS, asked("cv", "CV", "file")), "insists"),
        (hubspot(*FIELDS).replace('Break": false', 'Break": true', 1), "steps"),
    ],
)
async def test_what_only_hubspots_script_can_do_takes_a_browser(
    internet: Internet, ca: Path, form: str, why: str
) -> None:
    shown(internet, HUBSPOT, HUBSPOT.answers[0])
    internet.says(HUBSPOT.shows, answer(form, kind="application/json"))

    with pytest.raises(OnlyInBrowser, match=why):
        await submit(PAGE, ca=ca)

    assert heard(internet) == {}


async def test_hubspots_present_forms_take_a_browser(
    internet: Internet, ca: Path
) -> None:
    place = (
        f'<div class="hs-form-frame" data-region="eu1" data-portal-id="{4711}" '
        f'data-form-id="{HUBSPOT.shows.split("/")[7]}"></div>'
    )
    internet.says(PAGE, answer(place))
    internet.says(HUBSPOT.shows, answer("Not an embed", status=403))

    with pytest.raises(OnlyInBrowser, match="present editor"):
        await submit(PAGE, ca=ca)


@pytest.mark.parametrize(
    "place",
    [
        "<div data-tf-live='01HXA7W3B2'></div>",
        "<iframe src='https://form.typeform.com/to/aBc123'></iframe>",
    ],
)
async def test_a_typeform_takes_a_browser(
    internet: Internet, ca: Path, place: str
) -> None:
    internet.says(PAGE, answer(place))

    with pytest.raises(OnlyInBrowser, match="Typeform"):
        await submit(PAGE, ca=ca)
