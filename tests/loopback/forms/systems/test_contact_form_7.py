"""Contact Form 7's traps have another name each day, which a cache may not know."""

import pytest

from probes.forms.form import Answer
from tests.loopback.forms.systems.spoken_cases import CONTACT_FORM_7
from tests.loopback.forms.systems.test_systems import entries, filled, shown
from tests.loopback.forms.visits import submit
from tests.loopback.forms.website import Site, answer

CACHED = '<script>var wpcf7 = {"cached": 1};</script>'
TRAP = """<span class="wpcf7-form-control-wrap guard-wrap" style="display:none">
<label>Leave this empty <input name="old" tabindex="-1"></label>
<input type="hidden" name="guard-random-hash" value="20260101">
<input type="hidden" name="guard-time-token" value="old.time"></span></form>"""
REFILL = "/wp-json/contact-form-7/v1/contact-forms/5/refill"
TODAY = (
    '{"honeypot":{"guard":{"random_hash":"20260102","field_name":"new",'
    '"time_token":"new.time"}}}'
)


def trapped(site: Site, *, script: str, refill: str = TODAY) -> str:
    url = shown(site, CONTACT_FORM_7, CONTACT_FORM_7.answers[0])
    page = script + CONTACT_FORM_7.page.replace("</form>", TRAP)
    site.says["/contact"] = answer(filled(page, site))
    site.says[REFILL] = answer(refill, kind="application/json")
    return url


async def test_behind_a_cache_the_traps_of_today_are_asked_for(site: Site) -> None:
    receipt = await submit(trapped(site, script=CACHED))

    sent = entries(site.posts[-1])
    assert receipt.answer is Answer.ACCEPTED
    assert (sent["guard-random-hash"], sent["guard-time-token"]) == (
        "20260102",
        "new.time",
    )
    assert (sent.get("old"), sent["new"]) == (None, "")


@pytest.mark.parametrize(
    ("script", "refill"),
    [("", TODAY), (CACHED, "[]"), (CACHED, '{"honeypot":{"guard":{"field_name":7}}}')],
    ids=["no cache", "no traps", "odd traps"],
)
async def test_else_the_traps_go_out_as_the_page_has_them(
    site: Site, script: str, refill: str
) -> None:
    await submit(trapped(site, script=script, refill=refill))

    sent = entries(site.posts[-1])
    assert (sent["guard-random-hash"], sent["old"]) == ("20260101", "")
