"""Putting a message through a form as a visitor without JavaScript would."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from probes.forms.answer import read_answer
from probes.forms.decode import decode
from probes.forms.encode import asked_url, encode
from probes.forms.errors import NotFillable
from probes.forms.exchange import BOUNDS, Bounds, Post, Visit, visiting
from probes.forms.exemption import exemption_of, is_of_site
from probes.forms.form import Answer, Meaning, Page, Receipt, Visitor
from probes.forms.guarding import guarded
from probes.forms.rehearsal import Rehearsal
from probes.forms.rehearsal import rehearse as rehearse_in
from probes.forms.reply import Lost
from probes.forms.systems.system import Order, System, Turn
from probes.settings import FormSettings

CLOCKED = re.compile(
    r"time|stamp|(?:^|[_-])(?:ts|start|loaded)(?:$|[_-])", re.IGNORECASE
)
"""Hidden fields in which a form keeps when it was shown."""


async def rehearse(
    settings: FormSettings, visitor: Visitor, *, bounds: Bounds = BOUNDS
) -> Rehearsal:
    """Fetch the page and fill in its contact form, and send nothing.

    What stands in the way of sending it is told by the rehearsal's `guards` and
    its filling's `problems`.  Raises `Unreachable`, `PageGone`, `Guarded` (a
    firewall in the place of the page), `Unintelligible` for what is no page,
    `NoForm`, and `Refused` for an authority's file that cannot be read.
    """
    await exemption_of(settings)  # says at once where its secret cannot be had
    async with visiting(settings.ca, bounds) as visit:
        return await rehearse_in(visit, settings, visitor)


@dataclass(frozen=True, slots=True)
class Ready:
    """A filled-in form, with everything done but the sending."""

    _visit: Visit
    _rehearsal: Rehearsal
    _post: Post
    _is_exempted: bool

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
                is_exempted=self._is_exempted,
            )
        form = self._rehearsal.filling.form
        page, is_signed = self._rehearsal.page, self._is_exempted
        receipt = read_answer(reply, form=form, page=page, is_signed=is_signed)
        return replace(receipt, is_exempted=is_signed)


@asynccontextmanager
async def ready(
    settings: FormSettings, visitor: Visitor, *, bounds: Bounds = BOUNDS
) -> AsyncIterator[Ready]:
    """Do all that a visitor does before pressing the button, and take his time.

    Raises what `rehearse` does, `NotFillable`, `Guarded`, and `Unequipped` where the
    secret of an exemption cannot be had: nothing was sent.
    """
    exemption = await exemption_of(settings)
    async with visiting(settings.ca, bounds, exemption) as visit:
        rehearsal = await rehearse_in(visit, settings, visitor)
        _check_sendable(rehearsal, settings)
        system, turn = rehearsal.system, _turn(rehearsal)
        turn = replace(turn, fresh=await _told(visit, turn, system))
        if _is_clocked(rehearsal):
            await asyncio.sleep(bounds.linger)
        order = _order(replace(turn, sent_at=datetime.now(UTC)), system)
        post = _post(order, rehearsal.page)
        is_exempted = exemption is not None and is_of_site(settings.url, post.url)
        yield Ready(visit, rehearsal, post, is_exempted)


def _check_sendable(rehearsal: Rehearsal, settings: FormSettings) -> None:
    """Raise why nothing is sent, if nothing is."""
    if rehearsal.guards:
        form = rehearsal.filling.form
        raise guarded(rehearsal.guards[0], rehearsal.page, form, settings)
    if rehearsal.filling.problems:
        raise NotFillable(" ".join(rehearsal.filling.problems))


def _turn(rehearsal: Rehearsal) -> Turn:
    return Turn(
        page=rehearsal.page,
        filling=rehearsal.filling,
        loaded_at=rehearsal.loaded_at,
        sent_at=rehearsal.loaded_at,
    )


async def _told(visit: Visit, turn: Turn, system: System | None) -> str:
    """Return what the site answers to the question of the page's script, if any."""
    question = system.question(turn) if system and system.question else None
    if question is None:
        return ""
    reply = await visit.send(_post(question, turn.page))
    if isinstance(reply, Lost):
        return ""  # the page's own nonce has to do
    return decode(reply.body, reply.content_type)[0]


def _order(turn: Turn, system: System | None) -> Order:
    """Return what the page's own script would send; without one, what HTML says."""
    if system is None or system.order is None:
        return Order(filling=turn.filling)
    return system.order(turn)


def _post(order: Order, page: Page) -> Post:
    """Return an order as it goes over the wire."""
    filling = order.filling
    form = filling.form
    body, content_type = encode(filling, boundary=f"----{secrets.token_hex(16)}")
    if order.json:
        body, content_type = order.json.encode(), "application/json"
    return Post(
        method=form.method.upper(),
        url=asked_url(filling) if form.method == "get" else form.action,
        body=body,
        content_type=content_type,
        page_url=page.url,
        headers=order.headers,
    )


def _is_clocked(rehearsal: Rehearsal) -> bool:
    """Tell whether the form may take hurry for a robot's: it has a trap or a clock."""
    system = rehearsal.system
    return (system is not None and system.keeps_time) or any(
        field.means is Meaning.HONEYPOT
        or (field.kind == "hidden" and CLOCKED.search(field.name) is not None)
        for field in rehearsal.filling.form.fields
    )
