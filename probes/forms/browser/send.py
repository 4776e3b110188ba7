"""Putting a message through a form in a browser, as any visitor does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape

from probes.errors import ProbeError
from probes.forms.answer import is_report, read_answer, reported
from probes.forms.browser.driver import Browser
from probes.forms.browser.signing import Signing
from probes.forms.browser.tab import DIED, WANTED, Tab, opened
from probes.forms.browser.traffic import Posted, Traffic
from probes.forms.browser.trouble import not_sent
from probes.forms.browser.walk import Step, first_step, next_step, unmarked_steps
from probes.forms.errors import NotFillable, Unequipped
from probes.forms.exchange import BOUNDS, Bounds
from probes.forms.exemption import exemption_of
from probes.forms.form import Answer, Receipt, Visitor
from probes.forms.guarding import waived_of
from probes.forms.rehearsal import Rehearsal
from probes.forms.reply import Reply
from probes.forms.systems.known import system_of
from probes.seen import Seen
from probes.settings import FormSettings

GLANCE = 0.1
"""Seconds between two glances at what the page has sent."""
SETTLED = 1.0
"""Seconds without anything sent or awaited, after which it is all out."""
NOTHING = 5.0
"""Seconds after which a page that has sent nothing will send nothing."""

OK, REQUEST_ERROR = 200, 400

MOST_SECONDS = 180.0
"""For all that comes before the last click."""

UNSENT = "Nothing that carries the message was seen to leave the page."
HELD_BACK = (
    "The form's own script waits for the guard, and has sent nothing: an exemption is"
    ' for the site alone. Try how = "http".'
)
LOST = "The browser broke down before the answer came."
UNANSWERED = "The message was sent, but no answer came back."
ERROR_PAGE = "chrome-error:"
"""Where the browser is that shows a fault of its own in place of a page."""
BUSY = "The form was not filled in after three minutes: its page never comes to rest."


async def rehearse(
    browser: Browser, settings: FormSettings, visitor: Visitor, *, why: str = WANTED
) -> Rehearsal:
    """Open the page, fill in what is seen of its form first, and send nothing.

    Raises as `ready` does, but for guards, which the rehearsal tells.
    """
    await exemption_of(settings)  # says at once where its secret cannot be had
    async with opened(browser, settings.url, visitor, why=why) as tab:
        async with _in_time():
            step = await first_step(tab, settings, visitor)
        waived = tuple(waived_of(step.view.shot.page, step.whole, settings))
        return replace(_rehearsal(step, await tab.seen()), waived=waived)


@dataclass(frozen=True, slots=True)
class Ready:
    """A form in the browser, written, and not sent."""

    _tab: Tab
    _step: Step
    _settings: FormSettings
    _bounds: Bounds
    _signing: Signing | None

    async def send(self) -> Receipt:
        """Press the button, once, and return what the form answered.

        Where the message is written in steps, all buttons from the first are pressed
        that could send some of it.  Raises `ProbeError` where none of it has left.
        """
        tab, step = self._tab, self._step
        tab.listen()
        if self._signing:
            await self._signing.begin(tab.page)
        try:
            async with _in_time():
                while not step.is_last:
                    await tab.press(step.view.frame, step.button.number)
                    step = await self._next(step)
                await tab.press(step.view.frame, step.button.number)
        except ProbeError:
            if not tab.traffic.is_out:
                raise
            # The button was the last, whatever was written on it.
        await _sent(tab, self._bounds.exchange)
        _check_left(tab.traffic)
        is_signed = self._signing is not None and self._signing.has_signed_message
        receipt = _lost(tab) if tab.is_dead else await _receipt(tab, step, is_signed)
        if not tab.traffic.is_out and self._waived(step):
            receipt = replace(receipt, answer=Answer.BLOCKED, words=HELD_BACK)
        return replace(receipt, seen=await tab.seen(), is_exempted=is_signed)

    def _waived(self, step: Step) -> bool:
        return any(waived_of(step.view.shot.page, step.whole, self._settings))

    async def _next(self, step: Step) -> Step:
        return await next_step(
            self._tab, step, self._settings, self._tab.traffic.visitor
        )


@asynccontextmanager
async def ready(
    browser: Browser,
    settings: FormSettings,
    visitor: Visitor,
    *,
    why: str = WANTED,
    bounds: Bounds = BOUNDS,
) -> AsyncIterator[Ready]:
    """Do all that a visitor does before anything that is written can leave.

    Raises `Unreachable`, `PageGone`, `NoForm`, `Guarded`, `NotFillable`,
    `Unintelligible`, and `Unequipped` where this machine has no browser, or the
    secret of an exemption cannot be had.
    """
    exemption = await exemption_of(settings)
    async with opened(browser, settings.url, visitor, why=why) as tab:
        async with _in_time():
            first = await first_step(tab, settings, visitor)
            step = await unmarked_steps(tab, first, settings, visitor)
        signing = Signing(exemption, tab.traffic) if exemption else None
        yield Ready(tab, step, settings, bounds, signing)


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(MOST_SECONDS):
            yield
    except TimeoutError as error:
        raise NotFillable(BUSY) from error


def _rehearsal(step: Step, seen: Seen) -> Rehearsal:
    return Rehearsal(
        page=step.view.shot.page,
        filling=step.filling,
        guards=step.guards,
        system=system_of(step.form),
        loaded_at=datetime.now(UTC),
        how="browser",
        seen=seen,
    )


async def _sent(tab: Tab, seconds: float) -> None:
    """Return when all that the click has set off is answered, or time is over."""
    traffic = tab.traffic
    quiet = waited = 0.0
    while waited < seconds and not tab.is_dead:
        await asyncio.sleep(GLANCE)
        waited += GLANCE
        quiet = 0.0 if traffic.is_pending else quiet + GLANCE
        if quiet >= (SETTLED if traffic.is_out else NOTHING):
            break
    await tab.settle()


def _check_left(traffic: Traffic) -> None:
    """Raise `Unreachable` where nobody was there to take the message."""
    lost = traffic.lost
    if lost and not traffic.answers and (unsent := not_sent(lost.url, lost.why)):
        raise unsent


def _lost(tab: Tab) -> Receipt:
    """Return that the answer is lost; raise where the message cannot have left."""
    if not tab.traffic.is_out:
        raise Unequipped(DIED)
    return _unclear(LOST)


def _unclear(words: str) -> Receipt:
    return Receipt(answer=Answer.UNCLEAR, words=words, status=None, url="")


async def _receipt(tab: Tab, step: Step, is_signed: bool) -> Receipt:  # noqa: FBT001
    """Return what was answered: by what scripts heard, else by what is shown."""
    posts = tab.traffic.message()
    for post in posts:
        if receipt := _reported(post, step):
            return receipt
    if any(at.url.startswith(ERROR_PAGE) for at in (tab.page, step.view.frame)):
        return _unclear(UNANSWERED)
    status = posts[0].status if posts else OK
    shown = await tab.html(step.view.frame) or await tab.html(tab.page.main_frame)
    # What its windows told stands in the page, where an answer is looked for.
    spoken = "".join(f'<p role="status">{escape(words)}</p>' for words in tab.told)
    shown = shown.replace("</body>", f"{spoken}</body>", 1)
    reply = Reply(
        status=status if status >= REQUEST_ERROR else OK,
        url=tab.page.url,
        content_type="text/html; charset=utf-8",
        body=shown.encode("utf-8", "replace"),
    )
    page = step.view.shot.page
    receipt = read_answer(reply, form=step.form, page=page, is_signed=is_signed)
    thanked = receipt.answer in (Answer.ACCEPTED, Answer.UNCLEAR)
    if thanked and not tab.traffic.is_out:
        return replace(receipt, answer=Answer.UNCLEAR, words=UNSENT)
    return receipt


def _reported(post: Posted, step: Step) -> Receipt | None:
    """Return what a script was answered, where that claims something."""
    if not is_report(post.content_type, post.text):
        return None
    claim = reported(post.text, step.form, post.url)
    if claim is None or claim[0] is Answer.UNCLEAR:
        return None
    reply = Reply(
        status=post.status,
        url=post.url,
        content_type="application/json",
        body=post.text.encode(),
    )
    return read_answer(reply, form=step.form, page=step.view.shot.page)
