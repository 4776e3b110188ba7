"""One browser serves many, leaves nothing behind, and is replaced when it dies."""

import os
import signal

import pytest

from probes.forms.browser.driver import Browser, Wear
from probes.forms.browser.memory import memory_of, private_bytes
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.processes import (
    children,
    chromium_of,
    gone,
    kill,
    processes_of,
)
from tests.loopback.forms.browser.visits import show, submit
from tests.loopback.forms.website import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_many_checks_share_a_browser_and_leave_nothing_in_it(site: Site) -> None:
    before = {pid for pid, _ in children()}
    url = show(site, sites.FORMLESS)
    async with Browser() as browser:
        seen = set()
        for _ in range(3):
            await submit(browser, url)
            seen.add(chromium_of(browser))
            assert chromium_of(browser).contexts == []
        pids = await processes_of(browser)

    await gone(pids)
    assert len(seen) == 1
    assert len(site.posts) == 3
    assert {pid for pid, _ in children()} == before


async def test_a_browser_that_was_killed_is_replaced(site: Site) -> None:
    url = show(site, sites.FORMLESS)
    async with Browser() as browser:
        for _ in range(2):
            await submit(browser, url)
            dead = await processes_of(browser)
            await kill(browser)
        await submit(browser, url)
        assert "Z" not in {state for _, state in children()}

    await gone(dead)
    assert len(site.posts) == 3


async def test_a_browser_whose_driver_was_killed_is_replaced(site: Site) -> None:
    url, before = show(site, sites.FORMLESS), {pid for pid, _ in children()}
    async with Browser() as browser:
        await submit(browser, url)
        dead = await processes_of(browser)
        (driver,) = {pid for pid, _ in children()} - before
        os.kill(driver, signal.SIGKILL)
        await gone([driver, *dead])

        await submit(browser, url)

    assert len(site.posts) == 2


@pytest.mark.parametrize("wear", [Wear(memory=1), Wear(visits=1)])
async def test_a_browser_that_has_grown_or_served_enough_is_begun_anew(
    site: Site, wear: Wear
) -> None:
    url = show(site, sites.FORMLESS)
    async with Browser(wear=wear) as browser:
        await submit(browser, url)
        first, pids = chromium_of(browser), await processes_of(browser)
        await submit(browser, url)

        assert chromium_of(browser) is not first
        await gone(pids)


async def test_its_memory_is_that_of_all_its_processes(browser: Browser) -> None:
    async with browser.visit():
        held = await memory_of(chromium_of(browser))
        pids = await processes_of(browser)
        own = [private_bytes(pid) for pid in pids]

    assert held > max(own) > 0


async def test_the_scripts_of_a_page_get_so_much_memory_and_no_more(
    browser: Browser,
) -> None:
    async with browser.visit() as page:
        limit = await page.evaluate("performance.memory.jsHeapSizeLimit")

    assert limit < 700_000_000
