"""A contact form that a form service shows in somebody's page."""

from urllib.parse import urlsplit

from probes.errors import Unintelligible
from probes.forms.choice import contact_form
from probes.forms.errors import NoForm, NotFillable, OnlyInBrowser, PageGone
from probes.forms.exchange import Visit
from probes.forms.form import Embed, Form, Page
from probes.forms.systems.known import system_named


async def hosted_form(
    visit: Visit, page: Page, wanted: str | None
) -> tuple[Page, Form] | None:
    """Return the first contact form among those of services in `page`, and where.

    None where there is none.  Where there might be one, raises `NoForm` if the
    service has it no more, `OnlyInBrowser` if it cannot be sent over HTTP,
    `NotFillable` if it is not for everybody, and as `Visit.fetch` does.
    """
    troubles: list[Unintelligible] = []
    for embed in page.embeds:
        try:
            standing = await _standing(visit, page, embed)
        except (NoForm, NotFillable) as error:
            troubles.append(error)
            continue
        try:
            form = contact_form(standing, wanted)
        except Unintelligible:
            continue  # a survey, or a newsletter's
        # What the service shows must post to the service, wherever it was led to.
        if system_named(embed.service).is_its(form):
            return standing, form
    for trouble in troubles[:1]:
        raise trouble
    return None


async def _standing(visit: Visit, page: Page, embed: Embed) -> Page:
    system = system_named(embed.service)
    if system.draw is None:
        raise OnlyInBrowser(
            f"The form is one of {system.words}, whose own script draws and sends it."
        )
    try:
        return system.draw(await visit.fetch(embed.url), page)
    except PageGone as error:
        host = urlsplit(embed.url).hostname
        raise NoForm(
            f"The form of {system.words} that stands in the page is not to be had from "
            f"{host}. {error.message}"
        ) from error
