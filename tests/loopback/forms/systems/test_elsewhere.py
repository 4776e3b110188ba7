"""What forms beyond WordPress say without words, and which take a browser."""

import pytest

from probes.forms.errors import OnlyInBrowser
from probes.forms.form import Answer
from tests.loopback.forms.systems.spoken_elsewhere import DRUPAL, FIELDS
from tests.loopback.forms.systems.spoken_wordpress import JETPACK
from tests.loopback.forms.systems.test_systems import shown
from tests.loopback.forms.visits import submit
from tests.loopback.forms.website import Site, answer, moved


async def test_jetpack_says_by_an_address_that_it_took_the_form(site: Site) -> None:
    url = shown(site, JETPACK, JETPACK.answers[0])
    site.says[f"POST {JETPACK.to}"] = moved("/page/?contact-form-sent=300")
    site.says["/page/"] = answer("<p>Alles da.</p>")

    receipt = await submit(url)

    assert (receipt.answer, receipt.words) == (Answer.ACCEPTED, "Alles da.")


STEPS = {
    "drupal": f"""<form class="webform-submission-form" method="post">{FIELDS}
<input name="form_build_id" type="hidden" value="f"><input name="form_id" type="hidden">
<input type="submit" name="op" value="Weiter" class="webform-button--next"></form>""",
    "gravity": f"""<form id="gform_1" method="post">{FIELDS}
<input name="gform_submit" type="hidden" value="1">
<input name="gform_target_page_number_1" type="hidden" value="2"></form>""",
}


@pytest.mark.parametrize("name", STEPS)
async def test_a_form_of_steps_that_scripts_take_needs_a_browser(
    site: Site, name: str
) -> None:
    site.says["/contact"] = answer(STEPS[name])

    with pytest.raises(OnlyInBrowser, match="several steps"):
        await submit(f"{site.url}/contact")

    assert site.posts == []


async def test_what_antibot_guards_takes_a_browser(site: Site) -> None:
    key = '<input type="hidden" name="antibot_key" value="">'
    guarded = DRUPAL.page.replace("</form>", f"{key}</form>")
    site.says["/contact"] = answer(guarded)

    with pytest.raises(OnlyInBrowser, match="Antibot"):
        await submit(f"{site.url}/contact")


async def test_what_drupals_page_always_says_is_no_answer(site: Site) -> None:
    banner = '<div class="alert alert-danger">We are closed on Mondays.</div>'
    url = shown(site, DRUPAL, DRUPAL.answers[0])
    site.says["/contact"] = answer(banner + DRUPAL.page)
    site.says[f"POST {DRUPAL.to}"] = answer(banner + DRUPAL.answers[0].body)

    receipt = await submit(url)

    assert (receipt.answer, receipt.words) == (
        Answer.ACCEPTED,
        "Message Your message has been sent.",
    )
