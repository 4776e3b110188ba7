"""Where the form is: behind a consent banner, in a frame, in a pop-up."""

import re
from collections.abc import Sequence

from probes.errors import Unintelligible
from probes.forms.browser.shot import Control, is_button
from probes.forms.browser.tab import Tab, View
from probes.forms.choice import CONTACT, NEWSLETTER, contact_form
from probes.forms.errors import NoForm
from probes.forms.fetched import refuse_walls
from probes.forms.folding import fold, pattern
from probes.forms.form import Form

MOST_TRIED = 3
"""Buttons that are tried for a pop-up's."""

REFUSE = pattern(
    """
    reject* | decline* | deny | refuse* | only necessary | necessary only | essential
    only | only essential | without accepting | ablehnen | nur notwendige* | nur
    essenzielle* | refuser | tout refuser | rechazar | solo necesarias | rifiuta* |
    weigeren | alleen noodzakelijke | odrzuc* | recusar | rejeitar
    """
)
ACCEPT = pattern(
    """
    accept* | agree* | allow* | got it | akzeptieren | zustimmen | einverstanden |
    verstanden | accepter | tout accepter | aceptar | accetta* | accepteren | akceptuj*
    | zgadzam sie | aceitar
    """
)
NOT_EVEN = "There is no form on this page that can be seen, not even in a browser."

COOKIES = re.compile(r"cookie|consent|gdpr|dsgvo|privacy|datenschutz", re.IGNORECASE)
"""What a banner speaks of; a button that agrees to anything else is not pressed."""


async def found_form(tab: Tab, wanted: str | None) -> tuple[View, Form]:
    """Return the contact form, also of a frame, also of a pop-up that is closed yet.

    Raises `NoForm`, and `Guarded` where a firewall's challenge stands there instead.
    """
    await _answer_banner(tab)
    views = await tab.views()
    found, trouble = _open_form(views, wanted)
    if found:
        return found
    for view, button in _openers(views)[:MOST_TRIED]:
        await tab.press(view.frame, button.number)
        await tab.settle()
        found, trouble = _open_form(await tab.views(), wanted)
        if found:
            return found
    has_forms = any(view.shot.page.forms for view in views)
    raise NoForm(trouble if trouble and has_forms else NOT_EVEN)


def _open_form(
    views: Sequence[View], wanted: str | None
) -> tuple[tuple[View, Form] | None, str]:
    trouble = ""
    for view in views:
        try:
            form = contact_form(view.shot.page, wanted)
        except Unintelligible as error:
            trouble = trouble or error.message
            continue
        if any(one.seen and not is_button(one) for one in view.shot.of(form)):
            return (view, form), ""
    return None, trouble


def _openers(views: Sequence[View]) -> Sequence[tuple[View, Control]]:
    """Return the buttons that speak of contact: one of them may open a pop-up.

    Never one within a form, of whatever purpose: it would send that.
    """
    return [
        (view, control)
        for view in views
        for control in view.shot.controls
        if _is_loose(control) and CONTACT.search(fold(control.words))
    ]


def _is_loose(control: Control) -> bool:
    """Tell a button that belongs to no form, and orders nothing."""
    return (
        is_button(control)
        and control.form < 0
        and control.seen
        and not NEWSLETTER.search(fold(control.words))
    )


async def _answer_banner(tab: Tab) -> None:
    """Refuse cookies where that is offered, else agree: a banner may hide the form."""
    views = await tab.views()
    refuse_walls(views[0].shot.page)
    for words in (REFUSE, ACCEPT):
        for view in views:
            if not COOKIES.search(view.shot.page.text):
                continue
            for control in view.shot.controls:
                if _is_loose(control) and words.search(fold(control.words)):
                    await tab.press(view.frame, control.number)
                    await tab.settle()
                    return
