"""A CAPTCHA is looked at, and never answered: is it there, loaded, without an error."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
import trustme

from probes.forms.browser.driver import Browser
from probes.forms.browser.widget import up_to_widget
from probes.forms.errors import Guarded, NoWidget, Unequipped, UpToWidget, WidgetBroken
from probes.forms.rehearsal import Rehearsal
from probes.settings import FormSettings
from tests.loopback.forms.browser import captchas
from tests.loopback.forms.browser.captchas import Captcha, script
from tests.loopback.forms.visits import ANNA, break_off
from tests.loopback.forms.website import Act, Site, answer, opened

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


@dataclass(frozen=True)
class Story:
    """A CAPTCHA, and what is to be told of it."""

    captcha: Captcha
    kind: type[Exception] = WidgetBroken
    words: str = ""
    headers: tuple[str, ...] = ()
    """Of its page."""


def settings(page: str = "contact") -> FormSettings:
    url = f"https://shop.example/{page}"
    return FormSettings.model_validate({"url": url, "captcha": "widget"})


async def look(
    browser: Browser, site: Site, captcha: Captcha, *headers: str, patience: float
) -> Rehearsal:
    site.says |= {f"/{captcha.name}": answer(captcha.page, *headers), **captcha.says}
    page = settings(captcha.name)
    return await up_to_widget(browser, page, ANNA, patience=patience)


async def told(
    browser: Browser, site: Site, stories: Sequence[Story], *, patience: float
) -> Sequence[Rehearsal | BaseException]:
    """Return what is told of several side by side: each has hosts and paths of its own.

    A browser's page takes seconds, most of them waiting.
    """
    looks = (
        look(browser, site, one.captcha, *one.headers, patience=patience)
        for one in stories
    )
    return await asyncio.gather(*looks, return_exceptions=True)


async def test_those_that_draw_themselves_work(browser: Browser, site: Site) -> None:
    looks = [look(browser, site, one, patience=PATIENTLY) for one in captchas.ALL]

    found = await asyncio.gather(*looks)

    assert [one.widget for one in found] == [one.words for one in captchas.ALL]
    assert all(ANNA.email in dict(one.filling.entries).values() for one in found)
    assert "/send" not in {heard.path for heard in site.heard}


def without(captcha: Captcha, path: str) -> Captcha:
    """Return one of which a part is not found."""
    says = {key: said for key, said in captcha.says.items() if key != path}
    return replace(captcha, says=says)


def saying(captcha: Captcha, path: str, said: bytes | Act) -> Captcha:
    """Return one of which a part says something else."""
    return replace(captcha, says={**captcha.says, path: said})


def complaining(captcha: Captcha, path: str, said: bytes, words: str) -> Story:
    return Story(saying(captcha, path, said), WidgetBroken, f"it says “{words}")


COMPLAINING = [
    complaining(
        captchas.RECAPTCHA,
        "/recaptcha/api2/anchor",
        answer('<p class="rc-anchor-error-message">FEHLER: Ungültige Domain</p>'),
        "FEHLER: Ungültige Domain",
    ),
    complaining(
        captchas.ENTERPRISE,
        "/recaptcha/enterprise/anchor",
        answer("<p>ERROR for site owner: Invalid domain for site key</p>"),
        "ERROR for site owner: Invalid domain for site key",
    ),
    complaining(
        captchas.HCAPTCHA,
        "/captcha/v1/7/static/hcaptcha.html",
        answer("<p>The sitekey for this hCaptcha is incorrect. Please tell.</p>"),
        "sitekey for this hCaptcha is incorrect",
    ),
    complaining(
        captchas.TURNSTILE,
        "/turnstile/v0/api.js",
        script('console.warn("[Cloudflare Turnstile] Error: 110200.");'),
        "Error: 110200”: it is not meant for this domain",
    ),
    complaining(
        captchas.FRIENDLY,
        "/npm/friendly-challenge/widget.js",
        script('document.querySelector(".frc-captcha").innerText = "sitekey_invalid";'),
        "sitekey_invalid",
    ),
    complaining(
        captchas.ALTCHA,
        "/js/altcha.js",
        script(
            'document.querySelector("altcha-widget").innerHTML ='
            ' "<div data-state=error>Failed</div>";'
        ),
        "state: error",
    ),
]

NOT_LOADED = [
    Story(
        without(captchas.TURNSTILE, "/turnstile/v0/api.js"),
        WidgetBroken,
        "/turnstile/v0/api.js was not loaded (what came is no script)",
    ),
    Story(
        without(captchas.ALTCHA, "/js/altcha.js"),
        WidgetBroken,
        "/js/altcha.js was not loaded (HTTP 404)",
    ),
    Story(
        without(captchas.RECAPTCHA, "/recaptcha/api2/anchor"),
        WidgetBroken,
        "/recaptcha/api2/anchor was not loaded (HTTP 404)",
    ),
    Story(
        captchas.HCAPTCHA,
        WidgetBroken,
        "/1/api.js was not loaded (the site's own policy keeps it out)",
        ("Content-Security-Policy: script-src 'self'",),
    ),
    Story(
        saying(captchas.FRIENDLY, "/npm/friendly-challenge/widget.js", break_off),
        Unequipped,
        "That says nothing of the site",
    ),
    Story(
        replace(
            captchas.ENTERPRISE,
            widget='<div class="g-recaptcha"></div>',
            says={"/recaptcha/enterprise.js": script("1;")},
        ),
        WidgetBroken,
        "it was loaded, and draws nothing",
    ),
]


@pytest.mark.parametrize(
    "stories", [COMPLAINING, NOT_LOADED], ids=["complaining", "not loaded"]
)
async def test_those_that_complain_of_their_site_or_do_not_load_are_told_so(
    browser: Browser, site: Site, stories: Sequence[Story]
) -> None:
    found = await told(browser, site, stories, patience=BRIEFLY)

    for story, said in zip(stories, found, strict=True):
        assert (type(said), story.words in str(said)) == (story.kind, True), said


DRAWING = captchas.TURNSTILE.says["/turnstile/v0/api.js"].partition(b"\r\n\r\n")[2]
DOUBTING = saying(
    captchas.TURNSTILE,
    "/turnstile/v0/api.js",
    script(DRAWING.decode() + 'console.error("[Cloudflare Turnstile] Error: 600010");'),
)
LATE = replace(
    captchas.HCAPTCHA,
    script='<script>addEventListener("focusin", () => { const late ='
    ' document.createElement("script");'
    ' late.src = "https://js.hcaptcha.com/1/api.js"; document.body.append(late);'
    "}, {once: true})</script>",
)
WAITING = replace(
    captchas.ENTERPRISE,
    says={"/recaptcha/enterprise.js": script("1;")},
)
"""Its badge is drawn when the form is sent."""


async def test_those_that_doubt_or_wait_for_a_visitor_work(
    browser: Browser, site: Site
) -> None:
    stories = [Story(one) for one in (DOUBTING, LATE, WAITING)]

    found = await told(browser, site, stories, patience=PATIENTLY)

    assert [getattr(one, "widget", one) for one in found] == [
        story.captcha.words for story in stories
    ]


async def test_one_that_waits_for_consent_can_not_be_told(
    browser: Browser, site: Site
) -> None:
    waiting = captchas.RECAPTCHA.script.replace("<script", '<script type="text/plain"')
    captcha = replace(captchas.RECAPTCHA, script=waiting)

    with pytest.raises(Guarded, match="may wait for a consent") as trouble:
        await look(browser, site, captcha, patience=BRIEFLY)
    assert not isinstance(trouble.value, UpToWidget)


async def test_a_form_without_one_is_told_as_such(browser: Browser, site: Site) -> None:
    bare = replace(captchas.HCAPTCHA, widget="", says={})

    with pytest.raises(NoWidget, match="take captcha"):
        await look(browser, site, bare, patience=BRIEFLY)
