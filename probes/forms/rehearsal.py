"""A page with its contact form filled in: everything that can be told beforehand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from probes.errors import Unintelligible
from probes.forms.choice import contact_form
from probes.forms.errors import NoForm, OnlyInBrowser
from probes.forms.exchange import Visit
from probes.forms.fetched import page_of
from probes.forms.fill import fill
from probes.forms.form import Filling, Form, Guard, Page, Visitor
from probes.forms.guarding import answers_of, guards_of, waived_of
from probes.forms.hosted import hosted_form
from probes.forms.scripted import scripted
from probes.forms.systems.known import system_of, with_drawn
from probes.forms.systems.system import System
from probes.seen import Seen
from probes.settings import FormSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A page with its contact form filled in, of which nothing was sent."""

    page: Page
    filling: Filling
    guards: Sequence[Guard]
    """What stands in the way of this form, and the settings do not overcome."""
    waived: Sequence[Guard] = ()
    """What would, if the site did not exempt us from it."""
    system: System | None
    """Who made the form, if we know him."""
    loaded_at: datetime
    how: str = "http"
    """Or `browser`, where it takes one."""
    seen: Seen | None = None
    """What that browser saw."""
    widget: str = ""
    """What the CAPTCHA is called that works as far as is seen, where that was asked."""


async def rehearse(visit: Visit, settings: FormSettings, visitor: Visitor) -> Rehearsal:
    """Fetch the page and fill in its contact form; raises as `http.rehearse` does."""
    page = with_drawn(page_of(await visit.fetch(settings.url)))
    try:
        form = contact_form(page, settings.form)
    except Unintelligible as error:
        hosted = await hosted_form(visit, page, settings.form)
        if hosted is None:
            raise NoForm(error.message) from error
        page, form = hosted
    system = system_of(form)
    if why := _needs_browser(system, page, form, settings):
        raise OnlyInBrowser(why)
    filling = fill(form, visitor, answers_of(page, form, settings))
    problems = (*_unsendable(form, page), *filling.problems)
    return Rehearsal(
        page=page,
        filling=replace(filling, problems=problems),
        guards=tuple(guards_of(page, form, settings)),
        waived=tuple(waived_of(page, form, settings)),
        system=system,
        loaded_at=datetime.now(UTC),
    )


def _needs_browser(
    system: System | None, page: Page, form: Form, settings: FormSettings
) -> str:
    """Return why this form takes a browser; empty where it takes none."""
    if system is None:
        return scripted(form) if settings.how == "auto" else ""
    return system.browser(page, form) if system.browser else ""


def _unsendable(form: Form, page: Page) -> Iterator[str]:
    """Yield why nobody's message would leave this form as it should."""
    scheme = urlsplit(form.action).scheme
    if scheme == "mailto":
        yield (
            "The form opens the visitor's mail program instead of sending anything: "
            "many visitors have none."
        )
    elif scheme not in ("http", "https"):
        yield f"The form does not post to the web, but to {scheme!a}."
    elif (urlsplit(page.url).scheme, scheme) == ("https", "http"):
        yield (
            "The form posts to an unencrypted address from an encrypted page: browsers "
            "warn visitors against it, and we do not do it."
        )
