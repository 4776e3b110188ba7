"""Forms that only a browser sees are found, filled in and sent by a real one."""

import json

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.browser.send import rehearse
from probes.forms.errors import Guarded, NoForm, PageGone
from probes.forms.form import Answer
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import said, show, submit
from tests.loopback.forms.visits import ANNA, FORM, THANKS, form_at
from tests.loopback.forms.website import Site, answer

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("page", ["DRAWN", "FORMLESS", "STEPS", "POPUP"])
async def test_a_form_of_scripts_is_filled_in_and_sent_as_by_a_visitor(
    browser: Browser, site: Site, page: str
) -> None:
    receipt = await submit(browser, show(site, getattr(sites, page)))

    (post,) = site.posts
    assert json.loads(post.body) == {
        "name": ANNA.name,
        "email": ANNA.email,
        "text": ANNA.message,
    }
    assert receipt.answer is Answer.ACCEPTED
    assert "contact-form-watchdog" in post.headers["user-agent"]


async def test_a_form_in_a_frame_of_another_site_is_found(
    browser: Browser, site: Site, elsewhere: Site
) -> None:
    show(elsewhere, sites.DRAWN)
    site.says["/contact"] = answer(sites.framed(f"{elsewhere.url}/contact"))

    await submit(browser, f"{site.url}/contact")

    assert json.loads(elsewhere.posts[0].body)["email"] == ANNA.email


async def test_a_plain_form_is_sent_and_its_page_read(
    browser: Browser, site: Site
) -> None:
    site.says |= {"/contact": answer(FORM), "POST /send": THANKS}

    receipt = await submit(browser, f"{site.url}/contact")

    assert len(site.posts) == 1
    assert (receipt.answer, receipt.words) == (
        Answer.ACCEPTED,
        "Thank you for your message.",
    )


async def test_what_a_script_was_told_counts_more_than_what_it_shows(
    browser: Browser, site: Site
) -> None:
    url = show(site, sites.DRAWN, said("Thank you!", status=500))

    receipt = await submit(browser, url)

    assert (receipt.answer, receipt.status) == (Answer.UNCLEAR, 500)


async def test_a_rehearsal_sends_nothing(browser: Browser, site: Site) -> None:
    rehearsal = await rehearse(browser, form_at(show(site, sites.DRAWN)), ANNA)

    assert site.posts == []
    assert ANNA.email in dict(rehearsal.filling.entries).values()


async def test_a_guard_is_told_and_never_evaded(browser: Browser, site: Site) -> None:
    widget = '<div class="g-recaptcha" data-sitekey="k">Are you human?</div>'
    page = FORM.replace("</form>", f"{widget}</form>")

    with pytest.raises(Guarded, match="reCAPTCHA"):
        await submit(browser, show(site, page))

    assert site.posts == []


async def test_a_page_without_a_form_has_none(browser: Browser, site: Site) -> None:
    with pytest.raises(NoForm):
        await submit(browser, show(site, "<h1>Opening hours</h1>"))


async def test_a_broken_page_is_told_with_its_status(
    browser: Browser, site: Site
) -> None:
    site.says["/contact"] = answer("<h1>Error</h1>", status=500)

    with pytest.raises(PageGone, match="500"):
        await submit(browser, f"{site.url}/contact")
