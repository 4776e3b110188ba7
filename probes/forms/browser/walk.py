"""The way to the button: past the consent banner, into the pop-up, step by step."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from probes.errors import Unintelligible
from probes.forms.browser.shot import Control, is_button
from probes.forms.browser.tab import Tab, View
from probes.forms.button import sending_button
from probes.forms.choice import CONTACT, contact_form
from probes.forms.errors import Guarded, NoForm, NotFillable
from probes.forms.fill import fill
from probes.forms.folding import fold, pattern
from probes.forms.form import Filling, Form, Guard, Meaning, Visitor
from probes.forms.rehearsal import guards_of
from probes.settings import FormSettings

MOST_STEPS = 8
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is seen of the form now, filled in, and the button that leads on."""

    view: View
    form: Form
    filling: Filling
    guards: Sequence[Guard]
    button: Control
    is_last: bool
    """Whether the button sends the message."""
    is_marked: bool
    """Whether something that is written so far carries our mark."""


async def first_step(tab: Tab, settings: FormSettings, visitor: Visitor) -> Step:
    """Find the contact form, wherever it is, and fill in what is seen of it.

    Raises `NoForm`, `Guarded` and `NotFillable`.
    """
    await _answer_banner(tab)
    view, form = await _found(tab, settings.form)
    return await _filled(tab, view, form, settings, visitor)


async def last_step(
    tab: Tab, step: Step, settings: FormSettings, visitor: Visitor
) -> Step:
    """Go on from step to step, until only the sending is left."""
    for _ in range(MOST_STEPS):
        if step.guards:
            raise Guarded(_guarded(step.guards[0]))
        if step.is_last:
            return step
        await tab.press(step.view.frame, step.button.number)
        await tab.settle()
        view, form = await _again(tab, step)
        if _names(view.shot.now(form)) == _names(step.form):
            raise NotFillable("The form does not go on to its next step.")
        step = await _filled(tab, view, form, settings, visitor, before=step)
    raise NotFillable(f"The form has more than {MOST_STEPS} steps.")


async def _filled(
    tab: Tab,
    view: View,
    form: Form,
    settings: FormSettings,
    visitor: Visitor,
    *,
    before: Step | None = None,
) -> Step:
    now, is_last = view.shot.now(form), view.shot.is_last(form)
    is_marked = before is not None and before.is_marked
    is_whole = is_last and not is_marked
    filling = fill(now, visitor, settings.fields, is_whole=is_whole)
    if filling.problems:
        raise NotFillable(" ".join(filling.problems))
    entries: dict[str, list[str]] = {}
    for name, value in filling.entries:
        entries.setdefault(name, []).append(value)
    for control, value in _to_put(view.shot.of(form), now, entries):
        await tab.put(view.frame, control, value)
    return Step(
        view=view,
        form=now,
        filling=filling,
        guards=tuple(guards_of(view.shot.page, form, answered=settings.fields)),
        button=_button(view, form, now),
        is_last=is_last,
        is_marked=is_marked or _carries(filling, visitor),
    )


def _carries(filling: Filling, visitor: Visitor) -> bool:
    said = (visitor.email, visitor.message.partition("\n")[0])
    return any(word in value for _, value in filling.entries for word in said)


def _names(form: Form) -> set[str]:
    return {field.name for field in form.fields if field.kind != "hidden"}


def _to_put(
    controls: Sequence[Control], form: Form, entries: Mapping[str, Sequence[str]]
) -> Iterable[tuple[Control, str]]:
    """Yield what is to be written where: nothing into traps, or what nobody sees."""
    open_fields = {
        field.name: field
        for field in form.fields
        if field.means not in (Meaning.HIDDEN, Meaning.HONEYPOT, Meaning.SUBMIT)
        and field.kind not in ("hidden", "file")
    }
    for control in controls:
        values = entries.get(control.name, ())
        if not control.seen or control.name not in open_fields:
            continue
        if control.kind in ("checkbox", "radio"):
            if control.value in values:
                yield control, control.value
        elif values and values[0] != control.value:
            yield control, values[0]


def _button(view: View, form: Form, now: Form) -> Control:
    """Return the living button that sends, or leads on, or raise `NotFillable`."""
    buttons = [one for one in view.shot.of(form) if one.seen and is_button(one)]
    told = sending_button(now)
    for button in buttons:
        if told and fold(button.words)[:50] == fold(told.label)[:50]:
            return button
    if not buttons:
        raise NotFillable("The form has no button that can be seen.")
    return buttons[-1]


async def _found(tab: Tab, wanted: str | None) -> tuple[View, Form]:
    """Return the contact form, also of a frame, also of a pop-up that is closed yet."""
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


async def _again(tab: Tab, step: Step) -> tuple[View, Form]:
    """Return the same form once more, after it went on."""
    known = (step.form.id, step.form.name)
    for view in await tab.views():
        for form in view.shot.page.forms if view.frame == step.view.frame else ():
            is_shown = any(one.seen for one in view.shot.of(form))
            if is_shown and (form.id, form.name) == known:
                return view, form
    raise NotFillable("The form went away between two of its steps.")


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
    """Return the buttons that speak of contact: one of them may open a pop-up."""
    return [
        (view, control)
        for view in views
        for control in view.shot.controls
        if control.seen and is_button(control) and CONTACT.search(fold(control.words))
    ]


async def _answer_banner(tab: Tab) -> None:
    """Refuse cookies where that is offered, else agree: a banner may hide the form."""
    views = await tab.views()
    for words in (REFUSE, ACCEPT):
        for view in views:
            if not COOKIES.search(view.shot.page.text):
                continue
            for control in view.shot.controls:
                is_meant = is_button(control) and control.form < 0 and control.seen
                if is_meant and words.search(fold(control.words)):
                    await tab.press(view.frame, control.number)
                    await tab.settle()
                    return


def _guarded(guard: Guard) -> str:
    return (
        f"The contact form is guarded by {guard.words}, which is there to keep "
        "automatic visitors out; nothing was sent. You can exempt this test on the "
        "site, watch a form without such a guard, or rely on real inquiries as proof."
    )
