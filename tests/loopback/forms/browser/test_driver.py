"""The browser is begun anew in time, keeps out of our networks, or is missing."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from probes.errors import Refused
from probes.forms.browser import driver, program
from probes.forms.browser.driver import Browser
from probes.forms.browser.tab import opened
from probes.forms.browser.walk import first_step
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import show
from tests.loopback.forms.visits import ANNA, form_at, with_form
from tests.loopback.forms.website import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

PUBLIC = "93.184.215.14"
"""As if the page had come from there."""

WITHOUT = """
import asyncio, sys
sys.path[:0] = sys.argv[1:]
from probes.forms.browser.driver import Browser
from probes.forms.errors import Unequipped
async def visit():
    async with Browser() as browser, browser.visit():
        pass
try:
    asyncio.run(visit())
except Unequipped as error:
    print(error.message)
"""


async def test_a_form_that_leads_from_the_internet_inside_is_not_filled_in(
    browser: Browser, site: Site
) -> None:
    url = with_form(site)

    async with opened(browser, url, ANNA) as tab:
        tab.home = PUBLIC
        with pytest.raises(Refused, match=r"inside a private network \(127.0.0.1\)"):
            await first_step(tab, form_at(url), ANNA)

    assert site.posts == []


async def test_a_page_inside_knows_where_it_comes_from(
    browser: Browser, site: Site
) -> None:
    async with opened(browser, show(site, sites.DRAWN), ANNA) as tab:
        assert tab.home == "127.0.0.1"


async def test_a_worn_browser_takes_nobody_in_before_it_is_begun_anew(
    browser: Browser,
) -> None:
    async def come() -> object:
        async with browser.visit():
            return browser._chromium  # noqa: SLF001  to see which it is

    async with browser.visit():
        before = browser._chromium  # noqa: SLF001
        browser._visits = driver.WEAR.visits  # noqa: SLF001  instead of so many
        coming = asyncio.create_task(come())
        await asyncio.wait([coming], timeout=1)

    assert await coming is not before


async def test_without_its_package_the_sentence_says_what_to_install(
    tmp_path: Path,
) -> None:
    """Everything installed but Playwright, as without the extra."""
    (site_packages,) = [path for path in sys.path if path.endswith("site-packages")][:1]
    for there in Path(site_packages).iterdir():
        if not there.name.startswith("playwright"):
            (tmp_path / there.name).symlink_to(there)
    root = str(Path(__file__).parents[4])

    done = subprocess.run(  # noqa: ASYNC221  our own program, done at once
        [sys.executable, "-S", "-c", WITHOUT, root, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == program.WITHOUT
