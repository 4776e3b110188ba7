"""Putting a message through a form in a browser, as any visitor does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from probes.forms.answer import read_answer
from probes.forms.browser.driver import Browser
from probes.forms.browser.tab import Posted, Tab, opened
from probes.forms.browser.walk import Step, first_step, last_step
from probes.forms.exchange import Bounds
from probes.forms.form import Answer, Receipt, Visitor
from probes.forms.rehearsal import Rehearsal
from probes.forms.reply import Reply
from probes.forms.reported import read_report
from probes.forms.systems.known import system_of
from probes.settings import FormSettings

BOUNDS = Bounds()
GLANCE = 0.1
"""Seconds between two glances at what the page has sent."""
SETTLED = 1.0
"""Seconds without anything sent or awaited, after which it is all out."""
NOTHING = 5.0
"""Seconds after which a page that has sent nothing will send nothing."""

OK, REQUEST_ERROR = 200, 400

UNSENT = "Nothing left the page when the button was pressed."


async def rehearse(
    browser: Browser, settings: FormSettings, visitor: Visitor
) -> Rehearsal:
    """Open the page, fill in what is seen of its form first, and send nothing.

    Raises as `ready` does, but for guards, which the rehearsal tells.
    """
    async with opened(browser, settings.url) as tab:
        return _rehearsal(await first_step(tab, settings, visitor))


@dataclass(frozen=True, slots=True)
class Ready:
    """A form in the browser, with everything done but the last click."""

    _tab: Tab
    _step: Step
    _bounds: Bounds

    async def send(self) -> Receipt:
        """Press the button, once, and return what the form answered.

        Nothing is raised: the message may have left, whatever happens then.
        """
        tab, step = self._tab, self._step
        tab.listen()
        await tab.press(step.view.frame, step.button.number)
        await _sent(tab, self._bounds.exchange)
        receipt = await _receipt(tab, step)
        system = system_of(step.form)
        return replace(receipt, system=system.name if system else receipt.system)


@asynccontextmanager
async def ready(
    browser: Browser,
    settings: FormSettings,
    visitor: Visitor,
    *,
    bounds: Bounds = BOUNDS,
) -> AsyncIterator[Ready]:
    """Do all that a visitor does before the last click.

    Raises `Unreachable`, `PageGone`, `NoForm`, `Guarded`, `NotFillable`,
    `Unintelligible`, and `Unequipped` where this machine has no browser.
    """
    async with opened(browser, settings.url) as tab:
        first = await first_step(tab, settings, visitor)
        yield Ready(tab, await last_step(tab, first, settings, visitor), bounds)


def _rehearsal(step: Step) -> Rehearsal:
    return Rehearsal(
        page=step.view.shot.page,
        filling=step.filling,
        guards=step.guards,
        system=system_of(step.form),
        loaded_at=datetime.now(UTC),
    )


async def _sent(tab: Tab, seconds: float) -> None:
    """Return when all that the click has set off is answered, or time is over."""
    quiet = waited = 0.0
    while waited < seconds:
        await asyncio.sleep(GLANCE)
        waited += GLANCE
        quiet = 0.0 if tab.pending > 0 else quiet + GLANCE
        if quiet >= (SETTLED if tab.sent else NOTHING):
            break
    await tab.settle()


async def _receipt(tab: Tab, step: Step) -> Receipt:
    """Return what was answered: by what scripts heard, else by what is shown."""
    for post in reversed(tab.posts):
        if receipt := _reported(post, step):
            return receipt
    status = tab.posts[-1].status if tab.posts else 200
    shown = await tab.html(step.view.frame) or await tab.html(tab.page.main_frame)
    reply = Reply(
        status=status if status >= REQUEST_ERROR else OK,
        url=tab.page.url,
        content_type="text/html; charset=utf-8",
        body=shown.encode("utf-8", "replace"),
    )
    receipt = read_answer(reply, form=step.form, page=step.view.shot.page)
    if not tab.sent and step.form.method == "post" and receipt.answer is Answer.UNCLEAR:
        return replace(receipt, words=UNSENT)
    return receipt


def _reported(post: Posted, step: Step) -> Receipt | None:
    """Return what a script was answered, where that is JSON that claims something."""
    if "json" not in post.content_type and post.text.lstrip()[:1] != "{":
        return None
    system = system_of(step.form)
    read = (system.read if system else None) or read_report
    claim = read(post.text) or read_report(post.text)
    if claim is None or claim[0] is Answer.UNCLEAR:
        return None
    reply = Reply(
        status=post.status,
        url=post.url,
        content_type="application/json",
        body=post.text.encode(),
    )
    return read_answer(reply, form=step.form, page=step.view.shot.page, read=read)
