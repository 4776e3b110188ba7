"""A check up to the CAPTCHA: what is said of it, and that nothing is ever sent."""

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
from watchdog.rehearse import Rehearsed, rehearse
from watchdog.stages.judge import judge
from watchdog.stages.submit import submit


def up_to_widget(office: Office, site: Site) -> Check:
    site.says["/contact"] = answer(ALTCHA.page)
    form = FormSettings(url=f"{site.url}/contact", captcha="widget")
    check = office.config.check[0].model_copy(update={"form": form})
    assert check.way is Way.WIDGET
    return check


async def looked_at(
    office: Office, check: Check, *, patience: float
) -> tuple[Rehearsed, Verdict]:
    """Return what a dry run and a check say: each starts a browser that takes long."""
    async with Forms(bounds=Bounds(widget=patience)) as forms:
        rehearsed = await rehearse(office.config, check, now=office.now, forms=forms)
        await submit(
            office.config,
            check,
            office.ledger,
            beat=NOON,
            clock=office.clock,
            forms=forms,
        )
    [verdict] = await judge(office.config, office.ledger, clock=office.clock)
    return rehearsed, verdict


async def test_one_that_works_is_neither_fine_nor_broken(office: Office) -> None:
    async with website() as site:
        check = up_to_widget(office, site)
        site.says |= ALTCHA.says
        rehearsed, verdict = await looked_at(office, check, patience=60.0)
        sent = site.posts

    overview = await read_overview(office.config, office.ledger, now=office.now)
    assert (rehearsed.health, rehearsed.leg) == (Health.OK, None)
    assert (verdict.outcome, verdict.leg) == (Outcome.BLOCKED, Leg.WIDGET)
    assert "Altcha, is drawn without an error" in verdict.cause
    assert "proves no delivery" in verdict.cause
    assert verdict.advice.startswith("Nothing to do")
    assert overview.checks[0].health is Health.UNKNOWN
    assert sent == []


async def test_one_that_does_not_work_keeps_visitors_out(office: Office) -> None:
    async with website() as site:
        check = up_to_widget(office, site)
        rehearsed, verdict = await looked_at(office, check, patience=2.0)

    assert (rehearsed.health, rehearsed.leg) == (Health.CRITICAL, Leg.WIDGET)
    assert (verdict.outcome, verdict.leg) == (Outcome.REFUSED, Leg.WIDGET)
    assert "/js/altcha.js was not loaded (HTTP 404)" in verdict.cause
    assert "this domain" in verdict.advice
