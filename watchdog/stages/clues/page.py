"""What the form's page shows when it is fetched anew, and its CAPTCHA in a browser."""

from probes.forms import caching
from probes.forms.errors import Guarded, WidgetBroken
from probes.settings import FormSettings
from watchdog.model import Leg, Outcome
from watchdog.rules.diagnosis.clues import PageClues
from watchdog.stages.clues.scene import Scene, found
from watchdog.stages.ways import visitor_of


async def page(scene: Scene) -> PageClues:
    """Return what caches, firewalls and guards do there; raises `ProbeError`."""
    form = scene.check.form
    if form is None:
        return PageClues()
    try:
        told = await caching.look(form)
    except Guarded as error:
        return PageClues(challenge=error.message)
    return PageClues(
        cached=told.cached,
        is_token_stale=told.is_token_stale,
        guard_fault=await found("guard", _guard_fault(scene, form), ""),
    )


async def _guard_fault(scene: Scene, form: FormSettings) -> str:
    """Return what a CAPTCHA complains of, where one stood in the way.

    It is looked at in a browser, and nothing is sent.  Raises `ProbeError` where there
    is no browser, or no telling.
    """
    verdict = scene.verdict
    if verdict.leg is Leg.WIDGET and verdict.outcome is Outcome.REFUSED:
        return verdict.cause
    if verdict.leg is not Leg.FORM or verdict.outcome is not Outcome.BLOCKED:
        return ""
    visitor = visitor_of(scene.config, scene.check, verdict.marker)
    up_to_it = form.model_copy(update={"captcha": "widget"})
    try:
        await scene.forms.rehearse(up_to_it, visitor)
    except WidgetBroken as error:
        return error.message
    return ""
