"""Only what the message itself was answered is the form's answer."""

import asyncio

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.browser.send import UNSENT
from probes.forms.form import Answer
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import show, submit
from tests.loopback.forms.visits import FORM, THANKS
from tests.loopback.forms.website import Heard, Site, answer, moved

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_SENT = sites.FORMLESS.replace(
    'send()"',
    "document.getElementById('news').textContent = 'Thank you, message sent'\"",
)
AFTERWARDS = "send().then(() => fetch('/beat', {method: 'POST', body: '{}'}))"
TRIED = "fetch('/try', {method: 'POST', body: said('mail')})"
OK = answer('{"status": "ok"}', kind="application/json")
ERROR = answer('{"status": "error"}', kind="application/json")


async def test_thanks_for_what_was_never_sent_are_not_believed(
    browser: Browser, site: Site
) -> None:
    receipt = await submit(browser, show(site, NOT_SENT))

    assert site.posts == []
    assert (receipt.answer, receipt.words) == (Answer.UNCLEAR, UNSENT)


@pytest.mark.parametrize("script", [AFTERWARDS, f"{TRIED}; send()", f"send(); {TRIED}"])
async def test_the_answer_to_something_else_is_not_the_forms(
    browser: Browser, site: Site, script: str
) -> None:
    site.says |= {"POST /beat": OK, "POST /try": OK}
    page = sites.FORMLESS.replace('"send()"', f'"{script}"')

    receipt = await submit(browser, show(site, page, ERROR))

    assert len(site.posts) == 2
    assert receipt.answer is Answer.DECLINED


async def test_a_form_that_opens_another_window_is_seen_to_be_sent(
    browser: Browser, site: Site
) -> None:
    site.says |= {
        "/contact": answer(FORM.replace("<form", "<form target=_blank")),
        "POST /send": THANKS,
    }

    receipt = await submit(browser, f"{site.url}/contact")

    assert len(site.posts) == 1
    assert receipt.words != UNSENT


async def test_the_page_to_which_the_answer_leads_is_waited_for(
    browser: Browser, site: Site
) -> None:
    async def slowly(_: Heard, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2.5)
        writer.write(THANKS)
        await writer.drain()

    site.says |= {
        "/contact": answer(FORM),
        "POST /send": moved("/done", 303),
        "/done": slowly,
    }

    receipt = await submit(browser, f"{site.url}/contact")

    assert receipt.answer is Answer.ACCEPTED


async def test_a_form_for_files_is_known_to_be_sent(
    browser: Browser, site: Site
) -> None:
    form = FORM.replace("<form", "<form enctype=multipart/form-data").replace(
        "<button", "<input type=file name=photo><button"
    )
    site.says |= {"/contact": answer(form), "POST /send": THANKS}

    receipt = await submit(browser, f"{site.url}/contact")

    assert receipt.answer is Answer.ACCEPTED


async def test_thanks_in_a_window_of_the_browser_are_heard(
    browser: Browser, site: Site
) -> None:
    page = sites.FORMLESS.replace(
        'send()"', "send().finally(() => alert('Thank you for your message'))\""
    )

    receipt = await submit(browser, show(site, page, answer("")))

    assert (receipt.answer, receipt.words) == (
        Answer.ACCEPTED,
        "Thank you for your message",
    )
