"""What befalls a message at the site is made to happen: one cause is found."""

import asyncio
import ssl
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.loopback.forms.website import answer, opened
from tests.world import nginx
from tests.world.inquest import Found, configured, inquest
from tests.world.mail_host import Inbox
from tests.world.nginx import Manners
from tests.world.pages import Site
from tests.world.wordpress import WordPress
from watchdog.model import Cause, Sureness
from watchdog.stages.clues.scene import Outside

Sought = Callable[..., Awaitable[Found | None]]


@pytest.fixture
def guarded(wordpress: WordPress) -> Iterator[WordPress]:
    """Let the WordPress take for spam what comes."""
    wordpress.guard()
    yield wordpress
    wordpress.mend_form()


@pytest.fixture
def sought(tmp_path: Path, inbox: Inbox, outside: Outside) -> Sought:
    """Return how to look into the form at an address."""

    async def look_into(url: str, *more: str, times: int = 1) -> Found | None:
        path = configured(tmp_path, url, inbox, *more)
        async with inquest(path, inbox.host, outside) as case:
            for _ in range(times - 1):
                await case.send()
            return await case.cause()

    return look_into


async def test_6_a_guard_that_takes_people_for_robots_is_found_out(
    guarded: WordPress, sought: Sought
) -> None:
    found = await sought(guarded.feedback_url, times=3)

    assert found == (Cause.SPAM_GUARD, Sureness.LIKELY)


BROKEN_GUARD = """<form method=post action=/send>
<label>Your name <input name=name></label><label>Email <input name=email></label>
<label>Message <textarea name=message></textarea></label>
<altcha-widget challengeurl="/challenge"></altcha-widget><button>Send</button></form>
<script src="/js/altcha.js"></script>"""
ITS_SCRIPT = """customElements.define("altcha-widget", class extends HTMLElement {
  connectedCallback() {
    this.style.display = "block";
    this.innerHTML = "<div data-state=error>Verification failed.</div>"; } });"""


async def test_6_a_guard_that_does_not_work_is_found_out(sought: Sought) -> None:
    async with opened() as site:
        site.says["/contact"] = answer(BROKEN_GUARD)
        site.says["/js/altcha.js"] = answer(ITS_SCRIPT, kind="text/javascript")

        found = await sought(f"{site.url}/contact", times=3)

    assert found == (Cause.SPAM_GUARD, Sureness.PROVEN)


async def test_7_a_cache_with_an_old_token_is_found_out(
    tmp_path: Path, site: Site, sought: Sought
) -> None:
    site.is_tied = False
    with nginx.before(site.port, tmp_path, Manners.CACHE) as port:
        url = f"http://127.0.0.1:{port}/contact"
        await asyncio.to_thread(warm, url)
        site.forget_nonces()

        found = await sought(url)

    assert found == (Cause.STALE_PAGE, Sureness.PROVEN)


def warm(url: str) -> None:
    """Let a cache keep a page."""
    with urllib.request.urlopen(url, timeout=10) as page:
        page.read()


async def test_11_a_wall_before_the_form_is_found_out(
    tmp_path: Path, site: Site, sought: Sought
) -> None:
    with nginx.before(site.port, tmp_path, Manners.WALL) as port:
        found = await sought(f"http://127.0.0.1:{port}/contact")

    assert found == (Cause.FIREWALL, Sureness.LIKELY)


DEAF = """document.forms[0].onsubmit = event => {
  event.preventDefault(); shop.track(event.target); fetch("/cgi-bin/contact");
}"""


async def test_8_a_script_that_fails_is_found_out(site: Site, sought: Sought) -> None:
    site.script = DEAF

    found = await sought(site.url, 'form.how = "browser"')

    assert found == (Cause.BROKEN_SCRIPT, Sureness.PROVEN)


async def test_15_a_certificate_that_has_run_out_is_found_out(
    tmp_path: Path, sought: Sought
) -> None:
    authority, now = trustme.CA(), datetime.now(UTC)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    day = timedelta(days=1)
    leaf = authority.issue_cert(
        "127.0.0.1", not_before=now - 9 * day, not_after=now - day
    )
    leaf.configure_cert(context)
    async with opened(context) as site:
        found = await sought(f"{site.url}/contact", 'form.ca = "ca.pem"')

    assert found == (Cause.EXPIRED, Sureness.PROVEN)
