"""Whether what was fetched is a page that a visitor can use, and if not, why."""

from contextlib import suppress

from probes.errors import Unintelligible
from probes.forms.errors import Guarded, PageGone
from probes.forms.form import Guard, Page
from probes.forms.page import read_page
from probes.forms.reply import Reply
from probes.forms.walls import announced

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


def page_of(reply: Reply) -> Page:
    """Return the page that was fetched.

    Raises `PageGone`, `Guarded`, and `Unintelligible` for what is no page.
    """
    if wall := announced(reply.headers):
        raise challenged(wall)
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
            raise challenged(guard)


def challenged(wall: Guard) -> Guarded:
    """Return what to say of a firewall's challenge in the place of a page."""
    return Guarded(
        f"Instead of the page came a challenge by the {wall.words}; nothing was sent. "
        "Let our User-Agent or this machine's address through there."
    )


def gone(status: int) -> PageGone:
    """Return what to say of a page that answered with `status`."""
    usually = STATUSES.get(status)
    meaning = f" That usually means: {usually}." if usually else ""
    passing = status >= SERVER_ERROR or status == TOO_MANY
    return PageGone(
        f"The page answered with HTTP status {status}.{meaning}", permanent=not passing
    )
