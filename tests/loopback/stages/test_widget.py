"""A check up to the CAPTCHA: what is said of it, and that nothing is ever sent."""

import pytest

from probes.forms.exchange import Bounds
from probes.forms.forms import Forms
from probes.settings import FormSettings
from tests.loopback.forms.browser.captchas import ALTCHA
from tests.loopback.forms.website import Site, answer
from tests.loopback.forms.website import opened as website
from tests.loopback.stages.office import Office
from tests.world.facts import NOON
from watchdog.config import Check
from watchdog.model import Health, Leg, Outcome, Verdict, Way
from watchdog.overview import read_overview
from watchdog.rehearse import rehearse
from watchdog.stages.judge import judge
from watchdog.stages.submit import submit


def up_to_widget(office: Office, site: Site) -> Check:
    site.says["/contact"] = answer(ALTCHA.page)
    form = FormSettings(url=f"{site.url}/contact", captcha="widget")
    check = office.config.check[0].model_copy(update={"form": form})
    assert check.way is Way.WIDGET
    return check


async def judged(office: Office, check: Check, *, patience: float) -> Verdict:
    async with Forms(bounds=Bounds(widget=patience)) as forms:
        await submit(
            office.config,
            check,
            office.ledger,
            beat=NOON,
            clock=office.clock,
            forms=forms,
        )
    [verdict] = await judge(office.ledger, clock=office.clock)
    return verdict


async def test_one_that_works_is_neither_fine_nor_broken(office: Office) -> None:
    async with website() as site:
        check = up_to_widget(office, site)
        site.says |= ALTCHA.says
        verdict = await judged(office, check, patience=60.0)
        sent = site.posts

    overview = await read_overview(office.config, office.ledger, now=office.now)
    assert (verdict.outcome, verdict.leg) == (Outcome.BLOCKED, Leg.WIDGET)
    assert "Altcha, is drawn without an error" in verdict.cause
    assert "proves no delivery" in verdict.cause
    assert verdict.advice.startswith("Nothing to do")
    assert overview.checks[0].health is Health.UNKNOWN
    assert sent == []


async def test_one_that_does_not_work_keeps_visitors_out(office: Office) -> None:
    async with website() as site:
        verdict = await judged(office, up_to_widget(office, site), patience=2.0)

    assert (verdict.outcome, verdict.leg) == (Outcome.REFUSED, Leg.WIDGET)
    assert "/js/altcha.js was not loaded (HTTP 404)" in verdict.cause
    assert "this domain" in verdict.advice
    assert verdict.outcome.health is Health.CRITICAL


@pytest.mark.parametrize("is_there", [True, False])
async def test_a_dry_run_looks_at_it_too(office: Office, *, is_there: bool) -> None:
    async with website() as site, Forms(bounds=Bounds(widget=2.0)) as forms:
        check = up_to_widget(office, site)
        site.says |= ALTCHA.says if is_there else {}
        rehearsed = await rehearse(office.config, check, now=office.now, forms=forms)

    assert rehearsed.health is (Health.OK if is_there else Health.CRITICAL)
    assert rehearsed.leg is (None if is_there else Leg.WIDGET)
