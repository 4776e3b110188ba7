"""What the form's page shows when it is fetched anew."""

from probes.forms import caching
from probes.forms.errors import Guarded
from watchdog.rules.diagnosis.clues import PageClues
from watchdog.stages.clues.scene import Scene


async def page(scene: Scene) -> PageClues:
    """Return what caches and firewalls do with the page; raises `ProbeError`."""
    form = scene.check.form
    if form is None:
        return PageClues()
    try:
        told = await caching.look(form)
    except Guarded as error:
        return PageClues(challenge=error.message)
    return PageClues(cached=told.cached, is_token_stale=told.is_token_stale)
