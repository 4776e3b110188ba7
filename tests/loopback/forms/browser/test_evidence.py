"""What a browser saw is told with the answer, and with what went wrong."""

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.browser.notes import MOST_NOTED, MOST_WORDS
from probes.forms.browser.send import rehearse
from probes.forms.browser.tab import MOST_IMAGE, WANTED
from probes.forms.errors import NoForm, PageGone
from probes.forms.form import Answer
from probes.seen import Seen
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import said, show, submit
from tests.loopback.forms.visits import ANNA, form_at
from tests.loopback.forms.website import Site, answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

BROKEN = sites.FORMLESS.replace(
    "</section>",
    """</section><script src="/form.js?key=hidden"></script>
<script>console.error("No key for https://api.example/v1?key=hidden");
setTimeout(() => { undefinedThing() }, 0);</script>""",
).replace('onclick="send()"', 'onclick="sendAll()"')
"""A form whose script is not there, so that its button does nothing."""

NOISE = "<script>for (let i = 0; i < 50; i++) console.error(i + 'x'.repeat(999));"

TELLING = f"""{sites.DRAWN}<script>console.error(`No answer of
https://anna:hidden@api.example/v1?key=hidden, /v2?id=hidden&to=hidden,
Bearer hidden eyJhiddenX.eyJhidden.hidden {{"apiKey": "hidden", token=hidden}}
hidden@elsewhere.example`); fetch("/api/token?hidden=1")</script>"""
"""A script that says more than it should."""
FLOOD = """<script>setInterval(() => {
  for (let i = 0; i < 200; i++) console.error(Math.random());
}, 20)</script>"""

JPEG = b"\xff\xd8\xff"


def is_image(image: bytes) -> bool:
    return image.startswith(JPEG) and len(image) <= MOST_IMAGE


async def seen_of(browser: Browser, url: str) -> Seen:
    receipt = await submit(browser, url)
    assert receipt.seen is not None
    return receipt.seen


async def test_a_script_that_is_missing_is_told_and_nothing_secret_of_it(
    browser: Browser, site: Site
) -> None:
    site.says["/form.js"] = answer("gone", status=404)

    seen = await seen_of(browser, show(site, BROKEN))

    assert seen.why == WANTED
    assert "No key for https://api.example/v1" in seen.console_errors
    assert any("undefinedThing is not defined" in line for line in seen.console_errors)
    assert any("sendAll is not defined" in line for line in seen.console_errors)
    assert seen.failed_requests == ("GET 127.0.0.1/form.js: HTTP 404",)
    assert is_image(seen.screenshot)
    assert "hidden" not in str((seen.console_errors, seen.failed_requests))


async def test_what_a_script_should_not_have_told_is_not_passed_on(
    browser: Browser, site: Site
) -> None:
    seen = await seen_of(browser, show(site, TELLING))

    assert seen.console_errors == (
        'No answer of https://api.example/v1 /v2 Bearer … … {"apiKey": "…", token=…} …',
    )
    assert seen.failed_requests == ("GET 127.0.0.1/api/token: HTTP 404",)


async def test_a_form_that_works_has_nothing_to_complain_of(
    browser: Browser, site: Site
) -> None:
    seen = await seen_of(browser, show(site, sites.DRAWN))

    assert (seen.console_errors, seen.failed_requests) == ((), ())
    assert is_image(seen.screenshot)


async def test_a_server_that_fails_is_named_with_its_path(
    browser: Browser, site: Site
) -> None:
    receipt = await submit(browser, show(site, sites.DRAWN, said("Oh no", status=500)))

    assert receipt.answer is Answer.UNCLEAR
    assert receipt.seen is not None
    assert receipt.seen.failed_requests == ("POST 127.0.0.1/api/contact: HTTP 500",)


async def test_what_a_page_asks_of_nobody_is_told_in_words(
    browser: Browser, site: Site
) -> None:
    page = f"{sites.FORMLESS}<script src=http://nobody.invalid/widget.js></script>"

    seen = await seen_of(browser, show(site, page))

    assert seen.failed_requests == ("GET nobody.invalid/widget.js: name not resolved",)


async def test_a_page_without_a_form_leaves_its_image(
    browser: Browser, site: Site
) -> None:
    with pytest.raises(NoForm) as caught:
        await submit(browser, show(site, "<h1>Closed for the summer</h1>"))

    assert caught.value.seen is not None
    assert is_image(caught.value.seen.screenshot)


async def test_a_page_that_is_gone_is_seen_as_it_answered(
    browser: Browser, site: Site
) -> None:
    site.says["/contact"] = answer("<h1>Database error</h1>", status=503)

    with pytest.raises(PageGone) as caught:
        await submit(browser, f"{site.url}/contact")

    assert caught.value.seen is not None
    assert caught.value.seen.failed_requests == ("GET 127.0.0.1/contact: HTTP 503",)
    assert is_image(caught.value.seen.screenshot)


async def test_noise_is_bounded(browser: Browser, site: Site) -> None:
    seen = await seen_of(browser, show(site, f"{sites.DRAWN}{NOISE}</script>"))

    assert len(seen.console_errors) == MOST_NOTED
    assert max(map(len, seen.console_errors)) == MOST_WORDS


async def test_a_console_that_never_rests_does_not_hold_us(
    browser: Browser, site: Site
) -> None:
    receipt = await submit(browser, show(site, sites.DRAWN + FLOOD))

    assert receipt.answer is Answer.ACCEPTED
    assert receipt.seen is not None
    assert len(receipt.seen.console_errors) == MOST_NOTED


async def test_an_image_of_much_detail_is_kept_small(
    browser: Browser, site: Site
) -> None:
    confetti = """<canvas width=1280 height=700></canvas><script>
const pen = document.querySelector("canvas").getContext("2d");
const dots = pen.createImageData(1280, 700);
dots.data.forEach((_, i) => dots.data[i] = i % 4 == 3 ? 255 : (i * i) % 251);
pen.putImageData(dots, 0, 0);</script>"""

    seen = await seen_of(browser, show(site, f"{confetti}{sites.FORMLESS}"))

    assert len(seen.screenshot) <= MOST_IMAGE


async def test_a_rehearsal_shows_the_form_as_it_was_filled_in(
    browser: Browser, site: Site
) -> None:
    rehearsal = await rehearse(browser, form_at(show(site, sites.POPUP)), ANNA)

    assert rehearsal.seen is not None
    assert is_image(rehearsal.seen.screenshot)
