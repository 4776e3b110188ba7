"""A form of a form service is sent to that service, and to nobody else."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from probes.errors import Unintelligible
from probes.forms import http
from probes.forms.errors import NoForm, NotFillable, OnlyInBrowser
from probes.forms.form import Answer, Receipt
from probes.forms.forms import Forms
from tests.loopback.forms.internet import Internet, connected
from tests.loopback.forms.systems.spoken import Said
from tests.loopback.forms.systems.spoken_hosted import (
    FIELDS,
    FORMSPREE,
    GOOGLE_FORMS,
    GOOGLE_URL,
    HOSTED,
    HUBSPOT,
    JOTFORM,
    PAGE,
    QUESTIONS,
    Hosted,
    asked,
    google,
    hubspot,
    question,
)
from tests.loopback.forms.systems.test_systems import entries
from tests.loopback.forms.visits import ANNA, BRISK, form_at, submit
from tests.loopback.forms.website import Heard, answer, moved

CASES = [(hosted, said) for hosted in HOSTED for said in hosted.answers]
EMBEDDED = [hosted for hosted in HOSTED if hosted.shows]


@pytest.fixture
async def internet(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Internet]:
    async with connected(authority) as internet:
        monkeypatch.setenv("HTTPS_PROXY", internet.proxy)
        yield internet


def shown(internet: Internet, hosted: Hosted, said: Said) -> None:
    """Let the shop show the form, and the service take it."""
    internet.says(PAGE, answer(hosted.page))
    if hosted.shows:
        kind = "text/html" if hosted.form.startswith("<") else "application/json"
        internet.says(hosted.shows, answer(hosted.form, kind=kind))
    kind = "text/html" if said.body.startswith("<") else "application/json"
    told = answer(said.body, status=said.status, kind=kind)
    internet.says(hosted.to, told, method="POST")


def heard(internet: Internet) -> dict[str, Heard]:
    """Return what was posted, by the address it went to."""
    return {
        f"https://{host}{post.path}": post
        for host, site in internet.sites.items()
        for post in site.posts
    }


def posted(post: Heard) -> dict[str, str]:
    if post.headers["content-type"] != "application/json":
        return entries(post)
    return {one["name"]: one["value"] for one in json.loads(post.body)["fields"]}


@pytest.mark.parametrize("hosted", HOSTED, ids=lambda hosted: hosted.system)
async def test_a_services_form_is_sent_as_the_service_takes_it(
    internet: Internet, ca: Path, hosted: Hosted
) -> None:
    shown(internet, hosted, hosted.answers[0])

    await submit(PAGE, ca=ca)

    ((where, post),) = heard(internet).items()
    sent = posted(post)
    assert where == hosted.to
    assert hosted.sends.items() <= sent.items()
    assert hosted.headers.items() <= post.headers.items()
    assert ANNA.email in sent.values()
    assert any(ANNA.message.split("\n")[0] in value for value in sent.values())


@pytest.mark.parametrize(
    ("hosted", "said"), CASES, ids=[f"{one.system}: {two.body}" for one, two in CASES]
)
async def test_a_service_is_heard_for_what_it_truly_says(
    internet: Internet, ca: Path, hosted: Hosted, said: Said
) -> None:
    shown(internet, hosted, said)

    receipt = await submit(PAGE, ca=ca)

    assert (receipt.answer, receipt.system) == (said.claims, hosted.system)
    assert said.words in receipt.words


@pytest.mark.parametrize("hosted", EMBEDDED, ids=lambda hosted: hosted.system)
async def test_a_services_form_that_is_gone_is_told_by_its_host(
    internet: Internet, ca: Path, hosted: Hosted
) -> None:
    shown(internet, hosted, hosted.answers[0])
    internet.says(hosted.shows, answer("{}", status=404))
    host = hosted.shows.split("/")[2]

    with pytest.raises(NoForm, match=f"not to be had from {host}.* 404"):
        await submit(PAGE, ca=ca)


@pytest.mark.parametrize("hosted", EMBEDDED, ids=lambda hosted: hosted.system)
@pytest.mark.parametrize("odd", ["", "{}", "[" * 90_000, '{"form": 7}', "<p>Hello"])
async def test_a_service_that_tells_no_form_sends_nothing(
    internet: Internet, ca: Path, hosted: Hosted, odd: str
) -> None:
    shown(internet, hosted, hosted.answers[0])
    internet.says(hosted.shows, answer(odd, kind="text/html"))

    with pytest.raises(Unintelligible):
        await submit(PAGE, ca=ca)

    assert heard(internet) == {}


async def test_a_services_own_page_may_be_watched_itself(
    internet: Internet, ca: Path
) -> None:
    shown(internet, GOOGLE_FORMS, GOOGLE_FORMS.answers[0])

    receipt = await submit(GOOGLE_FORMS.shows, ca=ca)

    assert receipt.answer is Answer.ACCEPTED


async def test_a_page_that_shows_another_host_in_a_frame_sends_nothing_there(
    internet: Internet, ca: Path
) -> None:
    shown(internet, JOTFORM, JOTFORM.answers[0])
    frame = f'<iframe src="https://form.jotform.com.evil.example/{"1" * 15}"></iframe>'
    internet.says(PAGE, answer(frame))

    with pytest.raises(NoForm):
        await submit(PAGE, ca=ca)

    asked = {host for host, site in internet.sites.items() if site.heard}
    assert asked == {"shop.example"}


async def test_a_services_page_that_posts_elsewhere_is_not_sent(
    internet: Internet, ca: Path
) -> None:
    shown(internet, JOTFORM, JOTFORM.answers[0])
    elsewhere = JOTFORM.form.replace("submit.jotform.com", "evil.example")
    internet.says(JOTFORM.shows, answer(elsewhere))

    with pytest.raises(NoForm):
        await submit(PAGE, ca=ca)

    assert heard(internet) == {}


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


async def test_a_contact_form_of_the_page_goes_before_a_services(
    internet: Internet, ca: Path
) -> None:
    internet.says(PAGE, answer(JOTFORM.page + FORMSPREE.page))

    rehearsal = await http.rehearse(form_at(PAGE, ca=ca), ANNA, bounds=BRISK)

    assert rehearsal.system is not None
    assert rehearsal.system.name == "formspree"


async def test_a_form_that_can_be_sent_goes_before_those_that_cannot(
    internet: Internet, ca: Path
) -> None:
    shown(internet, JOTFORM, JOTFORM.answers[0])
    both = f"<div data-tf-live='01HXA7W3B2'></div>{JOTFORM.page}"
    internet.says(PAGE, answer(both))

    receipt = await submit(PAGE, ca=ca)

    assert receipt.answer is Answer.ACCEPTED


async def test_where_http_alone_is_allowed_a_form_for_browsers_says_so(
    internet: Internet, ca: Path
) -> None:
    internet.says(PAGE, answer("<div data-tf-live='01HXA7W3B2'></div>"))

    async with Forms() as forms:
        with pytest.raises(OnlyInBrowser, match='how = "http"'):
            await forms.rehearse(form_at(PAGE, ca=ca, how="http"), ANNA)
