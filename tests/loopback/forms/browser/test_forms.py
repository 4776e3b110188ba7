"""A browser is taken where a form needs one, and only there."""

import asyncio
from pathlib import Path

import pytest

from probes.forms.browser.driver import AT_ONCE, MOST_WAITING
from probes.forms.errors import NoForm, OnlyInBrowser, Unequipped
from probes.forms.form import Answer
from probes.forms.forms import CROWDED, DRAWN, Forms
from probes.forms.scripted import INTO_ADDRESS
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.processes import kill
from tests.loopback.forms.visits import ANNA, BRISK, FIELDS, form_at, with_form
from tests.loopback.forms.website import Site, answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOWHERE = Path("/no/such/browser")

UNPOSTED = f"""<!doctype html><h1>Contact</h1><form id="f">{FIELDS}</form>
<script>document.getElementById("f").addEventListener("submit", (event) => {{
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  fetch("/api/contact", {{method: "POST", body}});
}});</script>"""
"""A form that is in the page, and that only its script can send."""


async def test_a_form_that_is_seen_without_scripts_needs_no_browser(site: Site) -> None:
    async with (
        Forms(NOWHERE, bounds=BRISK) as forms,
        forms.ready(form_at(with_form(site)), ANNA) as form,
    ):
        receipt = await form.send()

    assert receipt.answer is Answer.ACCEPTED


async def test_a_form_that_a_script_draws_is_tried_in_a_browser(site: Site) -> None:
    site.says["/contact"] = answer(sites.DRAWN)

    async with Forms(bounds=BRISK) as forms:
        rehearsal = await forms.rehearse(form_at(f"{site.url}/contact"), ANNA)

    assert rehearsal.how == "browser"
    assert rehearsal.seen is not None
    assert rehearsal.seen.why == DRAWN
    assert ANNA.email in dict(rehearsal.filling.entries).values()


async def test_a_form_that_would_go_into_the_address_is_left_to_its_script(
    site: Site,
) -> None:
    site.says["/contact"] = answer(UNPOSTED)
    site.says["POST /api/contact"] = answer('{"status": "ok"}', kind="application/json")

    async with (
        Forms(bounds=BRISK) as forms,
        forms.ready(form_at(f"{site.url}/contact"), ANNA) as form,
    ):
        receipt = await form.send()

    assert [post.path for post in site.posts] == ["/api/contact"]
    assert receipt.seen is not None
    assert receipt.seen.why == INTO_ADDRESS


async def test_a_form_that_waits_for_a_script_blames_nobody_without_a_browser(
    site: Site,
) -> None:
    site.says["/contact"] = answer(UNPOSTED)

    async with Forms(NOWHERE, bounds=BRISK) as forms:
        with pytest.raises(OnlyInBrowser, match=r'how = "http"\. The browser /no/such'):
            await forms.rehearse(form_at(f"{site.url}/contact"), ANNA)


async def test_without_a_browser_the_sentence_says_what_to_install(site: Site) -> None:
    site.says["/contact"] = answer(sites.DRAWN)

    async with Forms(NOWHERE, bounds=BRISK) as forms:
        with pytest.raises(NoForm, match="is not there, or is no program"):
            await forms.rehearse(form_at(f"{site.url}/contact"), ANNA)


async def test_a_browser_that_is_asked_for_and_missing_blames_no_site(
    site: Site,
) -> None:
    url = with_form(site)

    async with Forms(NOWHERE, bounds=BRISK) as forms:
        with pytest.raises(Unequipped, match="is not there"):
            await forms.rehearse(form_at(url, how="browser"), ANNA)
    assert site.heard == []


async def test_a_thousand_forms_that_are_gone_do_not_line_up_for_the_browser(
    site: Site, tmp_path: Path
) -> None:
    site.says["/contact"] = answer("<p>We shall soon be back.</p>")
    page = form_at(f"{site.url}/contact")
    hanging = tmp_path / "browser"
    hanging.write_text("#!/bin/sh\nexec sleep 300\n")
    hanging.chmod(0o755)

    async with Forms(hanging, bounds=BRISK) as forms:
        visits = [
            asyncio.create_task(forms.rehearse(page, ANNA))
            for _ in range(AT_ONCE + MOST_WAITING + 1)
        ]
        ended, under_way = await asyncio.wait(
            visits, return_when=asyncio.FIRST_COMPLETED
        )
        for visit in under_way:
            visit.cancel()
        await asyncio.wait(visits)

    assert [str(visit.exception()) for visit in ended] == [CROWDED]
    assert len(under_way) == AT_ONCE + MOST_WAITING


async def test_who_wants_http_alone_gets_no_browser(site: Site) -> None:
    site.says["/contact"] = answer(sites.DRAWN)

    async with Forms(bounds=BRISK) as forms:
        with pytest.raises(NoForm):
            await forms.rehearse(form_at(f"{site.url}/contact", how="http"), ANNA)


async def test_a_browser_that_dies_is_begun_anew(site: Site) -> None:
    url = with_form(site)

    async with Forms() as forms:
        for _ in range(2):
            rehearsal = await forms.rehearse(form_at(url, how="browser"), ANNA)
            await kill(forms._browser)  # noqa: SLF001  no one else gets at it

    assert rehearsal.how == "browser"
