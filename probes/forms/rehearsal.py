"""A page with its contact form filled in: everything that can be told beforehand."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from probes.errors import Unintelligible
from probes.forms.choice import contact_form
from probes.forms.errors import Guarded, NoForm, PageGone
from probes.forms.exchange import Visit
from probes.forms.fill import fill
from probes.forms.form import Filling, Form, Guard, Page, Visitor
from probes.forms.guarding import answers_of, guards_of
from probes.forms.page import read_page
from probes.forms.reply import Reply
from probes.forms.systems.known import system_of
from probes.forms.systems.system import System
from probes.settings import FormSettings

OK, REFUSAL = 200, 300
TOO_MANY, SERVER_ERROR = 429, 500
STATUSES = {
    401: "it asks for a password",
    403: "it forbids us to see it; often a firewall does that",
    404: "there is no such page; perhaps it has moved",
    410: "the page was taken away",
    429: "we have asked more often than it allows",
    500: "the site is broken on its server",
    502: "the server behind the site does not answer",
    503: "the site is overloaded or under maintenance",
    504: "the server behind the site is too slow",
}
"""What an HTTP status usually means to the owner of a site."""

WEB_PAGES = ("text/html", "application/xhtml+xml", "")
"""What a browser shows as a page; without a type it looks for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A page with its contact form filled in, of which nothing was sent."""

    page: Page
    filling: Filling
    guards: Sequence[Guard]
    """What stands in the way of this form, and the settings do not overcome."""
    system: System | None
    """Who made the form, if we know him."""
    loaded_at: datetime
    how: str = "http"
    """Or `browser`, where it takes one."""


async def rehearse(visit: Visit, settings: FormSettings, visitor: Visitor) -> Rehearsal:
    """Fetch the page and fill in its contact form; raises as `http.rehearse` does."""
    page = _page(await visit.fetch(settings.url))
    try:
        form = contact_form(page, settings.form)
    except Unintelligible as error:
        raise NoForm(error.message) from error
    filling = fill(form, visitor, answers_of(page, form, settings))
    problems = (*_unsendable(form, page), *filling.problems)
    return Rehearsal(
        page=page,
        filling=replace(filling, problems=problems),
        guards=tuple(guards_of(page, form, settings)),
        system=system_of(form),
        loaded_at=datetime.now(UTC),
    )


def _page(reply: Reply) -> Page:
    """Return the page that was answered, or raise why it is none."""
    if not OK <= reply.status < REFUSAL:
        with suppress(Unintelligible):
            refuse_walls(_read(reply))
        raise gone(reply.status)
    page = _read(reply)
    refuse_walls(page)
    return page


def _read(reply: Reply) -> Page:
    kind = reply.content_type.partition(";")[0].strip().lower()
    if kind not in WEB_PAGES:
        raise Unintelligible(f"The address leads to no web page, but to {kind[:60]!a}.")
    if reply.fault:
        raise Unintelligible(f"The page cannot be read: {reply.fault}.")
    return read_page(reply.body, url=reply.url, content_type=reply.content_type)


def refuse_walls(page: Page) -> None:
    """Raise `Guarded` where the page is a firewall's challenge."""
    for guard in page.guards:
        if guard.name == "waf":
            raise Guarded(
                f"Instead of the page came a challenge by the {guard.words}; nothing "
                "was sent. Let our User-Agent or this machine's address through there."
            )


def gone(status: int) -> PageGone:
    """Return what to say of a page that answered with `status`."""
    usually = STATUSES.get(status)
    meaning = f" That usually means: {usually}." if usually else ""
    passing = status >= SERVER_ERROR or status == TOO_MANY
    return PageGone(
        f"The page answered with HTTP status {status}.{meaning}", permanent=not passing
    )


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
