"""Pages that hold us up, lead us astray or bring down the browser."""

import asyncio

import pytest

from probes.errors import ProbeError, Unintelligible, Unreachable
from probes.forms.browser.driver import Browser
from probes.forms.browser.send import LOST, UNANSWERED, ready, rehearse
from probes.forms.errors import Guarded, PageGone, Unequipped
from probes.forms.form import Answer
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.processes import kill
from tests.loopback.forms.browser.visits import show, submit
from tests.loopback.forms.visits import (
    ANNA,
    FORM,
    THANKS,
    break_off,
    form_at,
    say_nothing,
)
from tests.loopback.forms.website import Heard, Site, answer, moved

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENDLESS = (
    f"<h1>Contact</h1>{FORM}<script>setTimeout(() => {{ for (;;); }}, 50)</script>"
)
BENT = f"{FORM}<script>Array.prototype.map = () => [{{}}]</script>"
LEADS_ON = "<script>setTimeout(() => location = '/form', 5)</script>"


async def refused(browser: Browser, url: str) -> ProbeError:
    with pytest.raises(ProbeError) as caught:
        await submit(browser, url)
    return caught.value


async def test_a_script_without_an_end_does_not_hold_us(
    browser: Browser, site: Site
) -> None:
    error = await refused(browser, show(site, ENDLESS))

    assert "never come to an end" in error.message
    site.says |= {"/contact": answer(FORM), "POST /send": THANKS}
    assert (await submit(browser, f"{site.url}/contact")).answer is Answer.ACCEPTED


async def test_scripts_that_bend_the_language_are_told(
    browser: Browser, site: Site
) -> None:
    assert isinstance(await refused(browser, show(site, BENT)), Unintelligible)


async def test_a_frame_that_never_comes_is_passed_over(
    browser: Browser, site: Site
) -> None:
    site.says |= {
        "/never": say_nothing,
        "/contact": answer(f'<iframe src="/never"></iframe>{FORM}'),
        "POST /send": THANKS,
    }

    assert (await submit(browser, f"{site.url}/contact")).answer is Answer.ACCEPTED


async def test_a_page_that_goes_on_by_itself_is_followed(
    browser: Browser, site: Site
) -> None:
    site.says |= {"/form": answer(FORM), "POST /send": THANKS}

    assert (await submit(browser, show(site, LEADS_ON))).answer is Answer.ACCEPTED


async def test_redirects_in_circles_are_told_as_such(
    browser: Browser, site: Site
) -> None:
    site.says["/contact"] = moved("/contact")

    error = await refused(browser, f"{site.url}/contact")

    assert isinstance(error, PageGone)
    assert error.message == "The page redirects in circles."


async def test_a_certificate_that_nobody_trusts_is_the_sites_fault(
    browser: Browser, secure: Site
) -> None:
    error = await refused(browser, f"{secure.url}/contact")

    assert isinstance(error, Unreachable)
    assert error.answered
    assert error.message == "The certificate of 127.0.0.1 is not trusted."


async def test_a_host_that_refuses_us_is_told_in_plain_words(browser: Browser) -> None:
    server = await asyncio.start_server(lambda _, __: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()

    error = await refused(browser, f"http://127.0.0.1:{port}/")

    assert error.message == "127.0.0.1 refused the connection."


async def test_a_message_that_nobody_was_there_to_take_has_not_been_declined(
    browser: Browser, site: Site
) -> None:
    url = show(site, FORM.replace("/send", "http://nobody.invalid/send"))

    error = await refused(browser, url)

    assert isinstance(error, Unreachable)
    assert error.message == "The name nobody.invalid was not found in the DNS."


async def test_an_answer_that_breaks_off_leaves_it_to_the_mailbox(
    browser: Browser, site: Site
) -> None:
    site.says["POST /send"] = break_off

    receipt = await submit(browser, show(site, FORM))

    assert (receipt.answer, receipt.words) == (Answer.UNCLEAR, UNANSWERED)


async def test_a_file_in_place_of_the_page_is_told(
    browser: Browser, site: Site
) -> None:
    site.says["/contact"] = answer("PK", kind="application/zip")

    error = await refused(browser, f"{site.url}/contact")

    assert error.message == "The address leads to no web page, but to a file."


async def test_a_firewalls_challenge_is_not_taken_for_a_broken_page(
    browser: Browser, site: Site
) -> None:
    wall = '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x">'
    site.says["/contact"] = answer(wall, status=403)

    assert isinstance(await refused(browser, f"{site.url}/contact"), Guarded)


async def test_a_browser_that_dies_before_the_click_blames_no_site(site: Site) -> None:
    async with Browser() as browser:
        async with ready(browser, form_at(show(site, sites.DRAWN)), ANNA) as form:
            await kill(browser)
            with pytest.raises(Unequipped, match="says nothing of the site"):
                await form.send()

        assert (await rehearse(browser, form_at(f"{site.url}/contact"), ANNA)).filling
    assert site.posts == []


async def test_a_browser_that_dies_after_the_click_leaves_it_to_the_mailbox(
    site: Site,
) -> None:
    async with Browser() as browser:

        async def end(_: Heard, __: asyncio.StreamWriter) -> None:
            await kill(browser)

        show(site, sites.DRAWN)
        site.says["POST /api/contact"] = end
        receipt = await submit(browser, f"{site.url}/contact")

    assert (receipt.answer, receipt.words) == (Answer.UNCLEAR, LOST)
