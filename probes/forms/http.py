"""Putting a message through a form as a visitor without JavaScript would."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from probes.errors import Unintelligible
from probes.forms.answer import read_answer
from probes.forms.choice import contact_form
from probes.forms.encode import asked_url, encode
from probes.forms.errors import Guarded, NoForm, NotFillable, PageGone
from probes.forms.exchange import Bounds, Post, Visit, visiting
from probes.forms.fill import fill
from probes.forms.form import (
    Answer,
    Filling,
    Form,
    Guard,
    Meaning,
    Page,
    Receipt,
    Visitor,
)
from probes.forms.labels import clean
from probes.forms.page import read_page
from probes.forms.reply import Lost, Reply
from probes.settings import FormSettings

BOUNDS = Bounds()

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

CLOCKED = re.compile(
    r"time|stamp|(?:^|[_-])(?:ts|start|loaded)(?:$|[_-])", re.IGNORECASE
)
"""Hidden fields in which a form keeps when it was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A page with its contact form filled in, of which nothing was sent."""

    page: Page
    filling: Filling
    guards: Sequence[Guard]
    """What stands in the way of this form, and the settings do not answer."""


async def rehearse(
    settings: FormSettings, visitor: Visitor, *, bounds: Bounds = BOUNDS
) -> Rehearsal:
    """Fetch the page and fill in its contact form, and send nothing.

    What stands in the way of sending it is told by the rehearsal's `guards` and
    its filling's `problems`.  Raises `Unreachable`, `PageGone`, `Guarded` (a
    firewall in the place of the page), `Unintelligible` for what is no page,
    `NoForm`, and `Refused` for an authority's file that cannot be read.
    """
    async with visiting(settings.ca, bounds) as visit:
        return await _rehearse(visit, settings, visitor)


@dataclass(frozen=True, slots=True)
class Ready:
    """A filled-in form, with everything done but the sending."""

    _visit: Visit
    _rehearsal: Rehearsal
    _post: Post

    async def send(self) -> Receipt:
        """Send the message, once, and return what the form answered.

        Raises `Unreachable` where it cannot have left us.  Once it has begun to
        leave us nothing is raised: a lost or odd answer is `UNCLEAR`, for the
        message may have arrived.
        """
        reply = await self._visit.send(self._post)
        if isinstance(reply, Lost):
            return Receipt(
                answer=Answer.UNCLEAR,
                words=f"The message was sent, but no answer came back: {reply.words}",
                status=None,
                url=self._post.url,
            )
        page, form = self._rehearsal.page, self._rehearsal.filling.form
        return read_answer(reply, form=form, page=page)


@asynccontextmanager
async def ready(
    settings: FormSettings, visitor: Visitor, *, bounds: Bounds = BOUNDS
) -> AsyncIterator[Ready]:
    """Do all that a visitor does before pressing the button, and take his time.

    Raises what `rehearse` does, `NotFillable`, and `Guarded`: nothing was sent.
    """
    async with visiting(settings.ca, bounds) as visit:
        rehearsal = await _rehearse(visit, settings, visitor)
        post = _post(rehearsal)
        if _is_clocked(rehearsal.filling.form):
            await asyncio.sleep(bounds.linger)
        yield Ready(visit, rehearsal, post)


async def _rehearse(
    visit: Visit, settings: FormSettings, visitor: Visitor
) -> Rehearsal:
    page = _page(await visit.fetch(settings.url))
    try:
        form = contact_form(page, settings.form)
    except Unintelligible as error:
        raise NoForm(error.message) from error
    filling = fill(form, visitor, settings.fields)
    problems = (*_unsendable(form, page), *filling.problems)
    return Rehearsal(
        page=page,
        filling=replace(filling, problems=problems),
        guards=tuple(_guards(page, form, answered=settings.fields)),
    )


def _guards(page: Page, form: Form, *, answered: Iterable[str]) -> Iterator[Guard]:
    """Yield the guards in this form; one that judges in silence may let us pass."""
    number = page.forms.index(form)
    known = set(answered)
    for guard in page.guards:
        if guard.form == number and guard.visible and guard.field not in known:
            yield guard
            known |= {guard.field} - {""}
    for field in form.fields:
        asks = field.means is Meaning.CAPTCHA and field.kind != "hidden"
        if asks and field.visible and field.name not in known:
            asked = clean(field.label or field.name)
            words = f'a question for people ("{asked}")'
            yield Guard(name="question", words=words, form=number, field=field.name)


def _page(reply: Reply) -> Page:
    """Return the page that was answered, or raise why it is none."""
    if not OK <= reply.status < REFUSAL:
        with suppress(Unintelligible):
            _refuse_walls(_read(reply))
        raise _gone(reply.status)
    page = _read(reply)
    _refuse_walls(page)
    return page


def _read(reply: Reply) -> Page:
    kind = reply.content_type.partition(";")[0].strip().lower()
    if kind not in WEB_PAGES:
        raise Unintelligible(f"The address leads to no web page, but to {kind[:60]!a}.")
    if reply.fault:
        raise Unintelligible(f"The page cannot be read: {reply.fault}.")
    return read_page(reply.body, url=reply.url, content_type=reply.content_type)


def _refuse_walls(page: Page) -> None:
    for guard in page.guards:
        if guard.name == "waf":
            raise Guarded(
                f"Instead of the page came a challenge by the {guard.words}; nothing "
                "was sent. Let our User-Agent or this machine's address through there."
            )


def _gone(status: int) -> PageGone:
    usually = STATUSES.get(status)
    meaning = f" That usually means: {usually}." if usually else ""
    passing = status >= SERVER_ERROR or status == TOO_MANY
    return PageGone(
        f"The page answered with HTTP status {status}.{meaning}", permanent=not passing
    )


def _post(rehearsal: Rehearsal) -> Post:
    """Return what a browser would send, or raise why nothing is."""
    filling, page = rehearsal.filling, rehearsal.page
    form = filling.form
    if rehearsal.guards:
        raise Guarded(_choices(rehearsal.guards[0]))
    if filling.problems:
        raise NotFillable(" ".join(filling.problems))
    body, content_type = encode(filling, boundary=f"----{secrets.token_hex(16)}")
    return Post(
        method=form.method.upper(),
        url=asked_url(filling) if form.method == "get" else form.action,
        body=body,
        content_type=content_type,
        page_url=page.url,
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


def _choices(guard: Guard) -> str:
    return (
        f"The contact form is guarded by {guard.words}, which is there to keep "
        "automatic visitors out; nothing was sent. You can exempt this test on the "
        "site, watch a form without such a guard, or rely on real inquiries as proof."
    )


def _is_clocked(form: Form) -> bool:
    """Tell whether the form may take hurry for a robot's: it has a trap or a clock."""
    return any(
        field.means is Meaning.HONEYPOT
        or (field.kind == "hidden" and CLOCKED.search(field.name) is not None)
        for field in form.fields
    )
