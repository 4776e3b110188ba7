"""The message leaves once, by the right button, and never before it may."""

import asyncio
import json

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.browser.send import ready
from probes.forms.errors import NoForm
from probes.forms.form import Answer
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import show, submit
from tests.loopback.forms.visits import ANNA, THANKS, form_at
from tests.loopback.forms.website import Heard, Site, answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUSY = sites.FORMLESS.replace(
    'onclick="send()"',
    'onclick="send(); const end = Date.now() + 7000; while (Date.now() < end);"',
)
"""So busy with the first press that it seems not to have been pressed."""

CONTINUE = f"""<!doctype html><h1>Contact</h1><form id="f">{sites.FIELDS}
<div style="display:none"><input name="url"></div><button>Continue</button></form>
<p id="news" role="status"></p><script>{sites.SEND}
document.getElementById("f").addEventListener("submit", (event) => {{
  event.preventDefault(); send();
}});</script>"""
"""Its only button says that it goes on, and there is a trap that nobody sees."""

NEWSLETTER = """<!doctype html><h1>Bakery</h1>
<form method="post" action="/api/contact"><input type="email" name="mail">
<button>Send me messages and feedback</button></form>"""

TWO_FORMS = sites.STEPS.replace(
    '<form id="f">',
    '<form method="post" action="/newsletter"><label>Newsletter <input type="email"'
    ' name="mail"></label><button>Subscribe</button></form><form>',
).replace('getElementById("f")', "forms[1]")


async def test_a_page_that_is_busy_with_the_press_is_not_pressed_again(
    browser: Browser, site: Site
) -> None:
    await submit(browser, show(site, BUSY))

    assert len(site.posts) == 1


async def test_nothing_leaves_by_a_button_that_only_seems_to_lead_on(
    browser: Browser, site: Site
) -> None:
    async with ready(browser, form_at(show(site, CONTINUE)), ANNA) as form:
        assert site.posts == []
        receipt = await form.send()

    assert len(site.posts) == 1
    assert receipt.answer is Answer.ACCEPTED


async def test_a_newsletter_that_speaks_of_messages_is_never_pressed(
    browser: Browser, site: Site
) -> None:
    with pytest.raises(NoForm):
        await submit(browser, show(site, NEWSLETTER))

    assert site.posts == []


async def test_steps_stay_in_their_form_where_others_look_alike(
    browser: Browser, site: Site
) -> None:
    await submit(browser, show(site, TWO_FORMS))

    assert [post.path for post in site.posts] == ["/api/contact"]
    assert json.loads(site.posts[0].body)["text"] == ANNA.message


STEP = '<h1>Contact</h1><form id="f" method="post" action="/{}">{}</form>'
FIRST = STEP.format(
    "second",
    "<label>Your email <input type=email name=email></label>"
    '<input type="submit" name="op" value="Next &gt;">',
)
SECOND = STEP.format(
    "send",
    "<label>Your message <textarea name=message></textarea></label>"
    '<input type="submit" name="op" value="&lt; Previous">'
    '<input type="submit" name="op" value="Submit">',
)
"""Two steps, each a page of its own, as Drupal's Webform has them."""


async def test_a_step_that_is_a_page_of_its_own_is_waited_for(
    browser: Browser, site: Site
) -> None:
    async def late(_: Heard, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1.0)
        writer.write(answer(SECOND))

    site.says |= {"POST /second": late, "POST /send": THANKS}

    receipt = await submit(browser, show(site, FIRST), form="f")

    assert receipt.answer is Answer.ACCEPTED
    assert [post.path for post in site.posts] == ["/second", "/send"]
    assert b"op=Submit" in site.posts[-1].body


async def test_what_asks_whether_to_send_is_told_yes(
    browser: Browser, site: Site
) -> None:
    page = sites.FORMLESS.replace(
        'onclick="send()"', "onclick=\"confirm('Really?') && send()\""
    )

    await submit(browser, show(site, page))

    assert len(site.posts) == 1


async def test_a_button_that_waits_for_all_fields_is_pressed_when_it_can_be(
    browser: Browser, site: Site
) -> None:
    page = sites.FORMLESS.replace("<button", "<button disabled id=go").replace(
        "<script>",
        "<script>addEventListener('input', () => setTimeout(() => {"
        "document.getElementById('go').disabled = !said('words')}, 300));",
    )

    await submit(browser, show(site, page))

    assert len(site.posts) == 1
