"""Looking at a form's CAPTCHA in the browser: nothing is filled in, nothing sent."""

import asyncio
import math
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from probes.forms.browser.driver import Browser, foreign
from probes.forms.browser.find import found_form
from probes.forms.browser.loading import Loading
from probes.forms.browser.tab import Tab, View, opened
from probes.forms.errors import NoWidget
from probes.forms.fill import fill
from probes.forms.form import Form, Guard, Visitor
from probes.forms.rehearsal import Rehearsal
from probes.forms.systems.known import system_of
from probes.forms.working import (
    KINDS,
    Sight,
    broken,
    complaint,
    is_drawn,
    not_drawn,
)
from probes.settings import FormSettings

if TYPE_CHECKING:
    from playwright.async_api import Frame

WHY = "A CAPTCHA is a script."

MOST_READ = 5
"""Frames whose words are read."""
GLANCE = 0.5
SETTLED = 2.0
"""Seconds after it has drawn itself, in which it may still complain."""
PATIENCE = 5.0
"""Seconds for one frame's word."""

PLACES = """() => {
  const places = "[data-sitekey], .g-recaptcha, .h-captcha, .cf-turnstile,"
    + " .frc-captcha, altcha-widget, #mcaptcha__widget-container";
  const failed = "[data-state=error]";
  return [...document.querySelectorAll(places)].map((place) => ({
    words: (place.innerText || "").slice(0, 500)
      + (place.matches(failed) || place.querySelector(failed) ? " state: error" : ""),
    filled: place.shadowRoot !== null
      || [...place.children].some((child) => child.tagName !== "NOSCRIPT"),
    waits: place.dataset.execution === "execute",
  }));
}"""
WORDS = """() => {
  const errors = ".rc-anchor-error-message, .rc-anchor-error-msg";
  const error = document.querySelector(errors);
  const said = (element) => (element ? element.innerText || "" : "").slice(0, 500);
  return [said(error) && "error-message: " + said(error), said(document.body)];
}"""
WAKE = """() => {
  const form = document.querySelector("[data-watched]");
  if (form) { form.scrollIntoView({block: "center"}); form.focus(); }
}"""


async def up_to_widget(
    browser: Browser, settings: FormSettings, visitor: Visitor, *, patience: float
) -> Rehearsal:
    """Look at a form and its CAPTCHA, which works as far as is seen; send nothing.

    It has `patience` seconds to draw itself.  Raises what a rehearsal does, `NoWidget`
    where there is none, `WidgetBroken`, `Guarded` where it was never loaded, and
    `Unequipped` where it cannot be reached from here.
    """
    loading = Loading()
    async with opened(
        browser, settings.url, visitor, why=WHY, listen=loading.listen
    ) as tab:
        view, form = await found_form(tab, settings.form)
        guard = _guard(view, form)
        await _watch(tab, loading, view, guard, patience=patience)
        return Rehearsal(
            page=view.shot.page,
            filling=fill(view.shot.now(form), visitor, settings.fields),
            guards=(),
            system=system_of(form),
            loaded_at=datetime.now(UTC),
            how="browser",
            seen=await tab.seen(),
            widget=guard.words,
        )


async def _watch(
    tab: Tab, loading: Loading, view: View, guard: Guard, *, patience: float
) -> None:
    """Return when a CAPTCHA has drawn itself without a complaint, or raise."""
    await _wake(tab, view)
    clock = asyncio.get_running_loop().time
    given_up_at, drawn_at = clock() + patience, math.inf
    while True:
        sight = await _sight(tab, loading, view, guard)
        if why := complaint(sight):
            raise broken(guard.words, why)
        if is_drawn(sight):
            drawn_at = min(drawn_at, clock())
            if clock() >= drawn_at + SETTLED:
                return
        elif clock() >= given_up_at:
            raise not_drawn(sight, guard.words)
        else:
            drawn_at = math.inf
        await asyncio.sleep(GLANCE)
        tab.check_alive()


def _guard(view: View, form: Form) -> Guard:
    """Return the CAPTCHA in a form, or one beside all forms that watches in silence."""
    page = view.shot.page
    number = page.forms.index(form)
    widgets = [guard for guard in page.guards if guard.name in KINDS]
    mine = [guard for guard in widgets if guard.form == number]
    beside = [guard for guard in widgets if guard.form is None]
    if not mine and not beside:
        raise NoWidget(
            "The form has no CAPTCHA that we know, which the configuration says it has."
            ' If it was taken away, take captcha = "widget" out of the configuration.'
        )
    if mine:
        return min(mine, key=lambda guard: not guard.visible)
    return min(beside, key=lambda guard: guard.visible)


async def _wake(tab: Tab, view: View) -> None:
    """Do what a visitor does: many scripts are loaded by the first sign of one."""
    with suppress(foreign(), TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await tab.page.mouse.move(40, 40)
            await tab.page.mouse.wheel(0, 40)
            await view.frame.evaluate(WAKE)


async def _sight(tab: Tab, loading: Loading, view: View, guard: Guard) -> Sight:
    kind = guard.name
    places: Sequence[dict[str, Any]] = await _evaluated(view.frame, PLACES) or ()
    told = [str(place.get("words", "")) for place in places]
    frames = [frame for frame in tab.page.frames if _is_of(kind, frame.url)]
    for frame in frames[:MOST_READ]:
        told += [str(words) for words in await _evaluated(frame, WORDS) or ()]
    return Sight(
        kind=kind,
        frames=[frame.url for frame in frames],
        is_filled=any(place.get("filled") is True for place in places),
        is_waiting=not guard.visible or any(place.get("waits") for place in places),
        told=[*told, *loading.said],
        asked=loading.asked,
        failed=loading.failed,
    )


def _is_of(kind: str, url: str) -> bool:
    return KINDS[kind].addresses.search(url) is not None


async def _evaluated(frame: "Frame", script: str) -> Any:  # noqa: ANN401  a page's word
    with suppress(foreign(), TimeoutError):  # it is gone, or hangs
        async with asyncio.timeout(PATIENCE):
            return await frame.evaluate(script)
    return None
