"""Each known system is sent to as by its own script, and heard for what it says."""

import asyncio
from email import message_from_bytes
from email.message import Message
from urllib.parse import parse_qsl, unquote

import pytest

from probes.forms import http
from probes.forms.answer import reported
from probes.forms.form import Answer
from probes.forms.page import read_page
from probes.forms.systems.known import SYSTEMS, system_of
from probes.forms.systems.metform import METFORM
from tests.loopback.forms.systems.spoken import Said, Spoken
from tests.loopback.forms.systems.spoken_cases import (
    CONTACT_FORM_7,
    ELEMENTOR,
    FORMIDABLE,
    FORMINATOR,
    SPOKEN,
    WPFORMS,
)
from tests.loopback.forms.systems.spoken_elsewhere import ELSEWHERE
from tests.loopback.forms.systems.spoken_hosted import HOSTED
from tests.loopback.forms.systems.spoken_wordpress import EVEREST, NINJA, ORIGINALS
from tests.loopback.forms.visits import ANNA, BRISK, FORM, form_at, submit
from tests.loopback.forms.website import Heard, Site, answer

ALL = (*SPOKEN, *ORIGINALS, *ELSEWHERE)
CASES = [(spoken, said) for spoken in ALL for said in spoken.answers]


def shown(site: Site, spoken: Spoken, said: Said) -> str:
    """Let the site show the system's form, and answer it; return where it is."""
    site.says["/contact"] = answer(filled(spoken.page, site))
    kind = "text/html" if said.body.startswith("<") else "application/json"
    site.says[f"POST {spoken.to}"] = answer(said.body, status=said.status, kind=kind)
    return f"{site.url}/contact"


def filled(text: str, site: Site) -> str:
    return text.replace("{host}", site.url.partition("//")[2])


def entries(post: Heard) -> dict[str, str]:
    """Return what was posted, by name."""
    kind = post.headers["content-type"]
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(post.body.decode(), keep_blank_values=True))
    whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + post.body)
    parts = whole.get_payload()
    assert isinstance(parts, list)
    return {_name(part): _value(part) for part in parts if isinstance(part, Message)}


def _name(part: Message) -> str:
    return str(part.get_param("name", header="Content-Disposition"))


def _value(part: Message) -> str:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


@pytest.mark.parametrize("spoken", ALL, ids=lambda spoken: spoken.system)
async def test_a_known_system_is_sent_to_as_by_its_own_script(
    site: Site, spoken: Spoken
) -> None:
    await submit(shown(site, spoken, spoken.answers[0]))

    post = site.posts[-1]
    sent = entries(post)
    assert post.path.partition("?")[0] == spoken.to
    assert {
        name: filled(value, site) for name, value in spoken.sends.items()
    }.items() <= sent.items()
    assert spoken.headers.items() <= post.headers.items()
    assert any(ANNA.email in unquote(value) for value in sent.values())
    assert any(ANNA.message.split("\n")[0] in value for value in sent.values())


@pytest.mark.parametrize(
    ("spoken", "said"), CASES, ids=[f"{one.system}: {two.body}" for one, two in CASES]
)
async def test_an_answer_is_heard_for_what_it_truly_says(
    site: Site, spoken: Spoken, said: Said
) -> None:
    receipt = await submit(shown(site, spoken, said))

    assert (receipt.answer, receipt.system) == (said.claims, spoken.system)
    assert said.words in receipt.words


async def test_a_broken_answer_of_a_known_system_is_unclear(site: Site) -> None:
    crashed = Said(body="<h1>Critical error</h1>", claims=Answer.UNCLEAR, status=500)

    receipt = await submit(shown(site, ELEMENTOR, crashed))

    assert receipt.answer is Answer.UNCLEAR


async def test_no_page_sends_a_message_to_another_host(
    site: Site, elsewhere: Site
) -> None:
    url = shown(site, WPFORMS, WPFORMS.answers[0])
    foreign = WPFORMS.page.replace("{host}", elsewhere.url.partition("//")[2])
    site.says["/contact"] = answer(foreign)

    await submit(url)

    assert elsewhere.heard == []
    assert [post.path for post in site.posts] == ["/wp-admin/admin-ajax.php"]


async def test_wordpress_may_have_its_routes_in_the_query(site: Site) -> None:
    url = shown(site, CONTACT_FORM_7, CONTACT_FORM_7.answers[0])
    plain = CONTACT_FORM_7.page.replace("/wp-json/", "/index.php?rest_route=/")
    site.says["/contact"] = answer(filled(plain, site))

    await submit(url)

    (post,) = site.posts
    path = "/index.php?rest_route=/contact-form-7/v1/contact-forms/5/feedback"
    assert post.path == path


async def test_a_rehearsal_names_the_system_and_sends_nothing(site: Site) -> None:
    url = shown(site, CONTACT_FORM_7, CONTACT_FORM_7.answers[0])

    rehearsal = await http.rehearse(form_at(url), ANNA, bounds=BRISK)

    assert rehearsal.system is not None
    assert rehearsal.system.words == "Contact Form 7"
    assert site.posts == []


@pytest.mark.parametrize(
    ("spoken", "told", "name"),
    [
        (FORMINATOR, '{"success":true,"data":"fresh"}', "forminator_nonce"),
        (EVEREST, '{"success":true,"data":"fresh"}', "_wpnonce8"),
        (NINJA, '{"data":{"new_nonce":"fresh","nonce_ts":17}}', "security"),
    ],
    ids=lambda case: getattr(case, "system", ""),
)
async def test_a_nonce_that_a_cache_may_have_kept_is_asked_for_anew(
    site: Site, spoken: Spoken, told: str, name: str
) -> None:
    url = shown(site, spoken, spoken.answers[0])

    async def answers(heard: Heard, writer: asyncio.StreamWriter) -> None:
        said = told if "nonce" in entries(heard)["action"] else spoken.answers[0].body
        writer.write(answer(said, kind="application/json"))

    site.says[f"POST {spoken.to}"] = answers

    receipt = await submit(url)

    assert receipt.answer is Answer.ACCEPTED
    assert [entries(post).get(name) for post in site.posts] == [None, "fresh"]


@pytest.mark.parametrize(
    ("spoken", "by_script", "more"),
    [
        (FORMIDABLE, "frm_ajax_submit", {"antispam_token": "9c1d"}),
        (FORMINATOR, "forminator_ajax", {"form_id": "23"}),
        (EVEREST, 'data-ajax_submission="1"', {"everest_forms[id]": "8"}),
        (WPFORMS, "wpforms-ajax-form", {"wpforms[token]": "70a7"}),
    ],
    ids=lambda case: getattr(case, "system", ""),
)
async def test_without_ajax_the_page_gets_the_form_and_what_its_script_adds(
    site: Site, spoken: Spoken, by_script: str, more: dict[str, str]
) -> None:
    url = shown(site, spoken, spoken.answers[0])
    plain = spoken.page.replace(by_script, "").replace(' action="/contact/"', "")
    site.says["/contact"] = answer(filled(plain, site))
    site.says["POST /contact"] = answer("<p>Thank you for writing.</p>")

    receipt = await submit(url)

    assert receipt.answer is Answer.ACCEPTED
    assert site.posts[-1].path == "/contact"
    assert more.items() <= entries(site.posts[-1]).items()
    assert "x-requested-with" not in site.posts[-1].headers


def test_every_system_with_a_way_of_its_own_is_tried() -> None:
    special = {one.name for one in SYSTEMS if one.order or one.see or one.draw}

    spoken = {one.system for one in (*ALL, *HOSTED)}

    assert special == spoken


@pytest.mark.parametrize(
    ("said", "claims", "words"),
    [
        (
            '{"status":1,"error":["Odd."],"data":{"message":"Thanks."}}',
            "yes",
            "Thanks.",
        ),
        ('{"status":0,"error":["Not allowed."],"data":[]}', "no", "Not allowed."),
        (
            '{"code":"rest_cookie_invalid_nonce","message":"No."}',
            "no",
            "an old page",
        ),
    ],
)
def test_metform_that_takes_a_browser_is_heard_as_others(
    said: str, claims: str, words: str
) -> None:
    form = "<form class=metform-form-content><textarea name=mf-text></textarea></form>"
    page = read_page(form.encode(), url="https://shop.example/", content_type="")

    heard = reported(said, page.forms[0], "https://shop.example/wp-json/metform/v1/")

    assert system_of(page.forms[0]) is METFORM
    assert heard is not None
    assert heard[0] is (Answer.ACCEPTED if claims == "yes" else Answer.DECLINED)
    assert words in heard[1]


def test_any_other_form_is_nobodys() -> None:
    page = read_page(
        FORM.encode(), url="https://shop.example/", content_type="text/html"
    )

    assert system_of(page.forms[0]) is None
