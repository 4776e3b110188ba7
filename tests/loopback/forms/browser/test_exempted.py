"""In the browser too, only the message to the form's own site is signed."""

from pathlib import Path

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.browser.send import HELD_BACK
from probes.forms.errors import Guarded
from probes.forms.exemption import NAME
from probes.forms.form import Answer
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import said, show, submit
from tests.loopback.forms.visits import FORM, THANKS
from tests.loopback.forms.website import Heard, Site, answer, moved

pytestmark = pytest.mark.asyncio(loop_scope="module")

WIDGET = '<div class="cf-turnstile">I am a widget</div>'
GUARDED = FORM.replace("<button", f"{WIDGET}<button")
DRAWN = sites.DRAWN.replace("<button", f"{WIDGET}<button")
ASKING_FIRST = DRAWN.replace(
    'const answer = await fetch("/api/contact"',
    'await fetch("/api/nonce", {method: "POST"}); await fetch("/api/news");'
    'const answer = await fetch("/api/contact"',
)
HOLDING_BACK = DRAWN.replace(
    "event.preventDefault(); send();", "event.preventDefault();"
)


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "exemption"
    path.write_text("correct horse battery staple 2026")
    path.chmod(0o600)
    return {"file": str(path)}


def signed(site: Site) -> list[tuple[str, str]]:
    """Return method and path of what came signed."""
    return [(one.method, one.path) for one in site.heard if value_of(one)]


def value_of(heard: Heard) -> str:
    return heard.headers.get(NAME.lower(), "")


async def test_only_the_message_and_what_is_asked_before_it_are_signed(
    browser: Browser, site: Site, secret: dict[str, str]
) -> None:
    url = show(site, ASKING_FIRST)
    site.says |= {"POST /api/nonce": said("n"), "/api/news": said("none")}

    receipt = await submit(browser, url, exemption=secret)

    assert (receipt.answer, receipt.is_exempted) == (Answer.ACCEPTED, True)
    assert signed(site) == [("POST", "/api/nonce"), ("POST", "/api/contact")]
    assert len({value_of(heard) for heard in site.posts}) == len(site.posts)


async def test_a_plain_form_keeps_its_cookies_and_its_origin_when_it_is_signed(
    browser: Browser, site: Site, secret: dict[str, str]
) -> None:
    site.says |= {
        "/contact": answer(GUARDED, "Set-Cookie: visit=7; Path=/"),
        "POST /send": moved("/thanks", 303),
        "/thanks": THANKS,
    }

    receipt = await submit(browser, f"{site.url}/contact", exemption=secret)

    assert (receipt.answer, receipt.is_exempted) == (Answer.ACCEPTED, True)
    assert signed(site) == [("POST", "/send")]
    assert site.posts[0].headers["cookie"] == "visit=7"
    assert site.posts[0].headers["origin"] == site.url


@pytest.mark.parametrize("status", [303, 308])
async def test_no_other_site_is_shown_the_header_by_a_redirect(
    browser: Browser, site: Site, elsewhere: Site, secret: dict[str, str], status: int
) -> None:
    site.says |= {
        "/contact": answer(GUARDED),
        "POST /send": moved(f"{elsewhere.url}/taken", status),
        "/thanks": THANKS,
    }
    elsewhere.says["/taken"] = moved(f"{site.url}/thanks", status)

    await submit(browser, f"{site.url}/contact", exemption=secret)

    assert signed(elsewhere) == []
    assert signed(site) == [("POST", "/send")]


async def test_a_form_of_another_site_in_a_frame_is_neither_signed_nor_sent(
    browser: Browser, site: Site, elsewhere: Site, secret: dict[str, str]
) -> None:
    elsewhere.says["/contact"] = answer(GUARDED)
    site.says["/contact"] = answer(sites.framed(f"{elsewhere.url}/contact"))

    with pytest.raises(Guarded, match=f"form is at {elsewhere.url}/contact: write"):
        await submit(browser, f"{site.url}/contact", exemption=secret)

    assert elsewhere.posts == []


async def test_a_script_that_waits_for_its_guard_is_told_as_such(
    browser: Browser, site: Site, secret: dict[str, str]
) -> None:
    receipt = await submit(browser, show(site, HOLDING_BACK), exemption=secret)

    assert (receipt.answer, receipt.words) == (Answer.BLOCKED, HELD_BACK)
    assert not receipt.is_exempted
    assert site.posts == []
