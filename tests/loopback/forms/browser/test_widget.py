"""A CAPTCHA is looked at, and never answered: is it there, loaded, without an error."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
import trustme

from probes.forms.browser.driver import Browser
from probes.forms.browser.widget import up_to_widget
from probes.forms.errors import Guarded, NoWidget, Unequipped, UpToWidget, WidgetBroken
from probes.forms.exchange import Bounds
from probes.forms.forms import Forms
from probes.forms.rehearsal import Rehearsal
from probes.settings import FormSettings
from tests.loopback.forms.browser import captchas
from tests.loopback.forms.browser.captchas import Captcha, answer, path_of, script
from tests.loopback.forms.visits import ANNA, break_off
from tests.loopback.forms.website import Site, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENTLY, BRIEFLY = 60.0, 2.0
"""Seconds for what comes, and for what will never come."""
CHROMIUM = """#!/bin/sh
exec chromium --host-resolver-rules="MAP * 127.0.0.1:{port}" \\
  --ignore-certificate-errors "$@"
"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def world(authority: trustme.CA) -> AsyncIterator[Site]:
    """Every host there is."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("shop.example").configure_cert(tls)
    async with opened(tls) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def program(world: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a browser for which every name leads to the world of the tests."""
    path = tmp_path_factory.mktemp("browser") / "chromium"
    path.write_text(CHROMIUM.format(port=world.url.rpartition(":")[2]))
    path.chmod(0o755)
    return path


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(program: Path) -> AsyncIterator[Browser]:
    async with Browser(program) as browser:
        yield browser


@pytest.fixture
def site(world: Site) -> Site:
    world.says.clear()
    world.heard.clear()
    return world


def settings(page: str = "contact") -> FormSettings:
    url = f"https://shop.example/{page}"
    return FormSettings.model_validate({"url": url, "captcha": "widget"})


async def look(
    browser: Browser, site: Site, captcha: Captcha, *headers: str, patience: float
) -> Rehearsal:
    site.says |= {f"/{captcha.name}": answer(captcha.page, *headers), **captcha.says}
    page = settings(captcha.name)
    return await up_to_widget(browser, page, ANNA, patience=patience)


async def broken(browser: Browser, site: Site, captcha: Captcha, *headers: str) -> str:
    """Return what is said of a CAPTCHA that does not work."""
    with pytest.raises(WidgetBroken) as trouble:
        await look(browser, site, captcha, *headers, patience=BRIEFLY)
    assert "Visitors cannot send the form." in trouble.value.message
    return trouble.value.message


async def test_those_that_draw_themselves_work(browser: Browser, site: Site) -> None:
    looks = [look(browser, site, one, patience=PATIENTLY) for one in captchas.ALL]

    found = await asyncio.gather(*looks)

    assert [one.widget for one in found] == [one.words for one in captchas.ALL]
    assert all(ANNA.email in dict(one.filling.entries).values() for one in found)
    assert "/send" not in {heard.path for heard in site.heard}


@pytest.mark.parametrize(
    ("captcha", "path", "reason"),
    [
        (captchas.TURNSTILE, "/turnstile/v0/api.js", "what came is no script"),
        (captchas.ALTCHA, "/js/altcha.js", "HTTP 404"),
        (captchas.RECAPTCHA, "/recaptcha/api2/anchor", "HTTP 404"),
    ],
    ids=["script", "own script", "frame"],
)
async def test_one_of_which_a_part_is_not_found_does_not(
    browser: Browser, site: Site, captcha: Captcha, path: str, reason: str
) -> None:
    without = {key: said for key, said in captcha.says.items() if key != path}

    said = await broken(browser, site, replace(captcha, says=without))

    assert f"{path} was not loaded ({reason})" in said


REJECTED = [
    (
        captchas.RECAPTCHA,
        "/recaptcha/api2/anchor",
        answer('<p class="rc-anchor-error-message">FEHLER: Ungültige Domain</p>'),
        "it says “FEHLER: Ungültige Domain”",
    ),
    (
        captchas.ENTERPRISE,
        "/recaptcha/enterprise/anchor",
        answer("<p>ERROR for site owner: Invalid domain for site key</p>"),
        "it says “ERROR for site owner: Invalid domain for site key”",
    ),
    (
        captchas.HCAPTCHA,
        "/captcha/v1/7/static/hcaptcha.html",
        answer("<p>The sitekey for this hCaptcha is incorrect. Please tell.</p>"),
        "it says “sitekey for this hCaptcha is incorrect”",
    ),
    (
        captchas.TURNSTILE,
        "/turnstile/v0/api.js",
        script('console.warn("[Cloudflare Turnstile] Error: 110200.");'),
        "it says “Error: 110200”: it is not meant for this domain",
    ),
    (
        captchas.FRIENDLY,
        "/npm/friendly-challenge/widget.js",
        script('document.querySelector(".frc-captcha").innerText = "sitekey_invalid";'),
        "it says “sitekey_invalid”",
    ),
    (
        captchas.ALTCHA,
        "/js/altcha.js",
        script(
            'document.querySelector("altcha-widget").innerHTML ='
            ' "<div data-state=error>Failed</div>";'
        ),
        "it says “state: error”",
    ),
]


async def test_those_that_complain_of_their_site_do_not(
    browser: Browser, site: Site
) -> None:
    told = await asyncio.gather(
        *(
            broken(browser, site, replace(one, says={**one.says, path: complaint}))
            for one, path, complaint, _ in REJECTED
        )
    )

    for said, (*_, words) in zip(told, REJECTED, strict=True):
        assert words in said


async def test_one_that_doubts_its_visitor_works(browser: Browser, site: Site) -> None:
    doubt = b'console.error("[Cloudflare Turnstile] Error: 600010.");'
    loader = path_of("https://challenges.cloudflare.com/turnstile/v0/api.js")
    drawing = captchas.TURNSTILE.says[loader].partition(b"\r\n\r\n")[2]
    says = {**captchas.TURNSTILE.says, loader: script((drawing + doubt).decode())}

    captcha = replace(captchas.TURNSTILE, says=says)
    assert (await look(browser, site, captcha, patience=PATIENTLY)).widget


async def test_one_that_a_policy_of_the_site_keeps_out_does_not_work(
    browser: Browser, site: Site
) -> None:
    policy = "Content-Security-Policy: script-src 'self'"

    said = await broken(browser, site, captchas.HCAPTCHA, policy)

    assert "js.hcaptcha.com/1/api.js was not loaded (the site's own policy" in said


async def test_one_that_is_loaded_and_draws_nothing_does_not_work(
    browser: Browser, site: Site
) -> None:
    says = {**captchas.RECAPTCHA.says, "/recaptcha/api.js": script("1;")}

    assert "draws nothing" in await broken(
        browser, site, replace(captchas.RECAPTCHA, says=says)
    )


async def test_one_that_cannot_be_reached_from_here_blames_no_site(
    browser: Browser, site: Site
) -> None:
    site.says |= {"/contact": answer(captchas.HCAPTCHA.page), "/1/api.js": break_off}

    with pytest.raises(Unequipped, match="says nothing of the site"):
        await up_to_widget(browser, settings(), ANNA, patience=BRIEFLY)


async def test_one_that_waits_for_consent_can_not_be_told(
    browser: Browser, site: Site
) -> None:
    waiting = captchas.RECAPTCHA.script.replace("<script", '<script type="text/plain"')

    captcha = replace(captchas.RECAPTCHA, script=waiting)

    with pytest.raises(Guarded, match="may wait for a consent") as trouble:
        await look(browser, site, captcha, patience=BRIEFLY)
    assert not isinstance(trouble.value, UpToWidget)


async def test_one_that_is_loaded_by_the_first_sign_of_a_visitor_works(
    browser: Browser, site: Site
) -> None:
    late = (
        '<script>addEventListener("focusin", () => { const late ='
        ' document.createElement("script");'
        ' late.src = "https://js.hcaptcha.com/1/api.js"; document.body.append(late);'
        "}, {once: true})</script>"
    )

    captcha = replace(captchas.HCAPTCHA, script=late)
    assert (await look(browser, site, captcha, patience=PATIENTLY)).widget


async def test_a_form_without_one_is_told_as_such(browser: Browser, site: Site) -> None:
    bare = replace(captchas.HCAPTCHA, widget="", says={})

    with pytest.raises(NoWidget, match="take captcha"):
        await look(browser, site, bare, patience=BRIEFLY)


async def test_a_check_up_to_it_sends_nothing_and_says_so(
    program: Path, site: Site
) -> None:
    site.says |= {"/contact": answer(captchas.HCAPTCHA.page), **captchas.HCAPTCHA.says}

    async with Forms(program, bounds=Bounds(widget=60.0)) as forms:
        with pytest.raises(UpToWidget) as reached:
            async with forms.ready(settings(), ANNA):
                await asyncio.Event().wait()

    assert "hCaptcha, is drawn without an error" in reached.value.message
    assert "proves no delivery" in reached.value.message
    assert reached.value.seen is not None
    assert "/send" not in {heard.path for heard in site.heard}
