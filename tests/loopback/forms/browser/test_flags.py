"""The browser is started as Playwright would, and cheaper."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from probes.forms.browser.driver import Browser
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.processes import chromium_of, processes_of
from tests.loopback.forms.browser.visits import show
from tests.loopback.forms.website import Site

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

pytestmark = pytest.mark.asyncio(loop_scope="module")

SWITCH = "--disable-features="


async def test_what_playwright_switches_off_stays_off(browser: Browser) -> None:
    """Of two lists the last counts, so that ours must hold all of Playwright's."""
    async with browser.visit():
        (pid,) = await processes_of(browser, only="browser")

    theirs, ours = lists(Path(f"/proc/{pid}/cmdline").read_text())

    assert theirs <= ours


async def test_a_visit_opens_the_page_alone(browser: Browser, site: Site) -> None:
    """No page of the browser's own that nobody sees, as those of the address bar."""
    url = show(site, sites.DRAWN)
    async with browser.visit() as page:
        await page.goto(url)
        line = await chromium_of(browser).new_browser_cdp_session()
        shown = await pages(line)
        await line.detach()

    assert shown == {url}


def lists(command: str) -> Iterator[set[str]]:
    for word in command.replace("\0", " ").split(" "):
        if word.startswith(SWITCH):
            yield set(word.removeprefix(SWITCH).split(","))


async def pages(line: "CDPSession") -> set[str]:
    """Return the address of each page and each of the browser's own."""
    told = await line.send("Target.getTargets", {"filter": [{}]})
    kinds = ("page", "browser_ui", "webview")
    return {one["url"] for one in told["targetInfos"] if one["type"] in kinds}
