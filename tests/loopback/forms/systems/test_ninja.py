"""Ninja Forms are drawn and sent as by their script, where that can be done at all."""

import json

import pytest

from probes.forms import http
from probes.forms.errors import NoForm, OnlyInBrowser
from probes.forms.form import Answer, Meaning
from tests.loopback.forms.systems.spoken_wordpress import NINJA
from tests.loopback.forms.systems.test_systems import entries, filled, shown
from tests.loopback.forms.visits import ANNA, BRISK, form_at, submit
from tests.loopback.forms.website import Site, answer


def showing(site: Site, page: str) -> str:
    url = shown(site, NINJA, NINJA.answers[0])
    site.says["/contact"] = answer(filled(page, site))
    return url


async def test_the_form_is_drawn_with_what_the_page_tells_its_script(
    site: Site,
) -> None:
    url = showing(site, NINJA.page)

    rehearsal = await http.rehearse(form_at(url), ANNA, bounds=BRISK)

    form = rehearsal.filling.form
    assert form.id == "nf-form-3"
    assert [(one.name, one.means, one.label) for one in form.fields] == [
        ("nf-field-7-textbox", Meaning.NAME, "Name"),
        ("nf-field-8-email", Meaning.EMAIL, "Email *"),
        ("nf-field-9", Meaning.MESSAGE, "Message"),
        ("nf-field-10", Meaning.CHOICE, "Topic"),
        ("nf-field-12", Meaning.SUBMIT, "Send"),
    ]


async def test_the_message_goes_out_as_json_by_the_fields_numbers(site: Site) -> None:
    await submit(showing(site, NINJA.page))

    sent = json.loads(entries(site.posts[-1])["formData"])
    assert sent["id"] == "3"
    assert sent["fields"]["8"] == {"id": "8", "value": ANNA.email}
    assert sent["fields"]["9"]["value"].splitlines() == ANNA.message.splitlines()
    assert sent["fields"]["10"] == {"id": "10", "value": "h"}


LISTS = """{"id":13,"type":"listcheckbox","label":"Days","required":1,"options":[
 {"label":"Monday","value":"mo","selected":1},{"label":"Sunday","value":"su"}]},
{"id":14,"type":"checkbox","label":"I agree to the privacy policy","required":1},
{"id":15,"type":"checkbox","label":"Send me the newsletter"},
{"id":12,"""


async def test_ticks_go_out_as_its_script_counts_them(site: Site) -> None:
    await submit(showing(site, NINJA.page.replace('{"id":12,', LISTS)))

    fields = json.loads(entries(site.posts[-1])["formData"])["fields"]
    assert [fields[number]["value"] for number in ("13", "14", "15")] == [["mo"], 1, 0]


@pytest.mark.parametrize(
    ("told", "instead", "why"),
    [
        ('"type":"html","label":"HTML"', '"type":"signature","label":"Sign"', "Sign"),
        ('"type":"html","label":"HTML"', '"type":"recaptcha"', "recaptcha"),
        ('"type":"html"', '"type":"date","required":1', "HTML"),
        ('"conditions":[]', '"conditions":[{"when":[]}]', "depends on others"),
    ],
)
async def test_what_only_its_script_can_do_takes_a_browser(
    site: Site, told: str, instead: str, why: str
) -> None:
    url = showing(site, NINJA.page.replace(told, instead))

    with pytest.raises(OnlyInBrowser, match=why):
        await http.rehearse(form_at(url), ANNA, bounds=BRISK)


@pytest.mark.parametrize(
    ("told", "instead"),
    [
        ('"required":1},', '"required":1},,'),
        ("form.fields=[", "form.fields=" + 20_000 * "["),
        ("form.fields=[", "form.fields=[7,"),
        ("form.settings=", "form.setting="),
    ],
    ids=["broken", "deep", "odd", "half"],
)
async def test_a_page_that_tells_nothing_sound_has_no_such_form(
    site: Site, told: str, instead: str
) -> None:
    url = showing(site, NINJA.page.replace(told, instead, 1))

    with pytest.raises(NoForm):
        await http.rehearse(form_at(url), ANNA, bounds=BRISK)


async def test_a_field_of_a_kind_of_its_own_may_stay_empty(site: Site) -> None:
    date = '{"id":16,"type":"date","label":"Day"},{"id":12,'
    await submit(showing(site, NINJA.page.replace('{"id":12,', date)))

    fields = json.loads(entries(site.posts[-1])["formData"])["fields"]
    assert fields["16"] == {"id": "16", "value": ""}


async def test_the_conditions_of_another_form_are_none_of_its_own(site: Site) -> None:
    other = NINJA.page.replace("'3'", "'13'").replace('nditions":[]', 'nditions":[1]')
    url = showing(site, NINJA.page + other)

    rehearsal = await http.rehearse(form_at(url, form="nf-form-3"), ANNA, bounds=BRISK)

    assert rehearsal.filling.form.id == "nf-form-3"
    with pytest.raises(OnlyInBrowser):
        await http.rehearse(form_at(url, form="nf-form-13"), ANNA, bounds=BRISK)


async def test_a_form_in_the_page_is_found_beside_one_that_is_drawn(
    site: Site,
) -> None:
    plain = "<form method=post action=/send><textarea name=message></textarea></form>"
    url = showing(site, NINJA.page + plain)
    site.says["POST /send"] = answer("<p>Thank you for your message.</p>")

    receipt = await submit(url, form="1")

    assert (receipt.answer, receipt.system) == (Answer.ACCEPTED, "form")
