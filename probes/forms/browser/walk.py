"""The way to the button: what is seen of the form is filled in, step by step."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from probes.forms.browser.find import found_form
from probes.forms.browser.home import check_outside
from probes.forms.browser.shot import Control, is_button
from probes.forms.browser.tab import Tab, View
from probes.forms.button import sending_button
from probes.forms.errors import NotFillable
from probes.forms.fill import fill
from probes.forms.folding import fold
from probes.forms.form import Filling, Form, Guard, Meaning, Visitor
from probes.forms.guarding import answers_of, guarded, guards_of
from probes.forms.labels import clean
from probes.settings import FormSettings

MOST_STEPS = 8
MOST_ROUNDS = 5
"""Of filling in what scripts draw anew."""
GLANCE, MOST_GLANCES = 0.25, 12
"""Seconds between two looks for a button that can be pressed, and how many."""
MOST_TURNS = 40
"""Looks for what a button leads to."""

NO_BUTTON = Control(
    number=-1, form=-1, name="", kind="button", value="", words="", seen=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is seen of the form now, filled in, and the button that leads on."""

    view: View
    whole: Form
    """Also what is not seen of it now."""
    form: Form
    filling: Filling
    guards: Sequence[Guard]
    is_last: bool
    """Whether the button sends the message."""
    is_marked: bool
    """Whether something that is written so far carries our mark."""
    button: Control = NO_BUTTON


async def first_step(tab: Tab, settings: FormSettings, visitor: Visitor) -> Step:
    """Find the contact form, wherever it is, and fill in what is seen of it.

    Raises `NoForm`, `Guarded` and `NotFillable`.
    """
    at = await found_form(tab, settings.form)
    return await _filled(tab, at, settings, visitor)


async def unmarked_steps(
    tab: Tab, step: Step, settings: FormSettings, visitor: Visitor
) -> Step:
    """Go on while nothing that is written carries our mark, and more is to come.

    What is pressed then may send what it likes: no message of ours is in it.
    """
    for _ in range(MOST_STEPS):
        _check_free(step, settings)
        if step.is_last or step.is_marked:
            return step
        await tab.press(step.view.frame, step.button.number)
        step = await next_step(tab, step, settings, visitor)
    raise NotFillable(f"The form has more than {MOST_STEPS} steps.")


async def next_step(
    tab: Tab, step: Step, settings: FormSettings, visitor: Visitor
) -> Step:
    """Fill in what a pressed button has led to; raise `NotFillable` if nothing."""
    at = await _gone_on(tab, step)
    step = await _filled(tab, at, settings, visitor, is_marked=step.is_marked)
    _check_free(step, settings)
    return step


def _check_free(step: Step, settings: FormSettings) -> None:
    """Raise `Guarded` where a guard stands in the way."""
    if step.guards:
        raise guarded(step.guards[0], step.view.shot.page, step.whole, settings)


async def _gone_on(tab: Tab, step: Step) -> tuple[View, Form]:
    """Return the form once it asks for something else: its page may take a while.

    A site whose steps are pages of their own answers the button when it likes, and
    until then the page that was pressed is still there, and at rest.
    """
    for left in reversed(range(MOST_TURNS)):
        await tab.settle()
        try:
            view, form = await _again(tab, step.view, step.whole)
        except NotFillable:
            if not left:
                raise
        else:
            if _names(view.shot.now(form)) != _names(step.form):
                return view, form
        await asyncio.sleep(GLANCE)
    raise NotFillable("The form does not go on to its next step.")


async def _filled(
    tab: Tab,
    at: tuple[View, Form],
    settings: FormSettings,
    visitor: Visitor,
    *,
    is_marked: bool = False,
) -> Step:
    """Fill in until all stands there: scripts draw fields anew while we write.

    A field that spells what it gets its own way is left as it is at last.
    """
    for left in reversed(range(MOST_ROUNDS)):
        step = _step(*at, settings, visitor, is_marked=is_marked)
        entries: dict[str, list[str]] = {}
        for name, value in step.filling.entries:
            entries.setdefault(name, []).append(value)
        missing = list(_to_put(step.view.shot.of(step.whole), step.form, entries))
        if not missing or not left:
            break
        try:
            for control, value in missing:
                await tab.put(step.view.frame, control, value)
            await tab.leave(step.view.frame)
        except NotFillable:
            if left == 1:
                raise
        at = await _again(tab, step.view, step.whole)
    await check_outside(tab.home, step.form.action)
    return await _pressable(tab, step)


async def _pressable(tab: Tab, step: Step) -> Step:
    """Return the step with its button, once that can be pressed."""
    for left in reversed(range(MOST_GLANCES)):
        try:
            button = _button(step.view, step.whole, step.form)
        except NotFillable:
            if not left:
                raise
            await asyncio.sleep(GLANCE)
            view, form = await _again(tab, step.view, step.whole)
            step = replace(step, view=view, whole=form, form=view.shot.now(form))
            continue
        break
    if button.submits:
        _check_right(step)
    return replace(step, button=button)


def _check_right(step: Step) -> None:
    """Raise `NotFillable` where the browser itself would hold back the form."""
    for control in step.view.shot.of(step.whole):
        if control.wrong:
            field = next((f for f in step.whole.fields if f.name == control.name), None)
            called = clean(field.label if field else "", 60) or clean(control.name, 60)
            raise NotFillable(
                f'The browser holds the form back: the field "{called}" is not filled'
                " in as it wants. Say in `fields` what it gets."
            )


def _step(
    view: View,
    form: Form,
    settings: FormSettings,
    visitor: Visitor,
    *,
    is_marked: bool,
) -> Step:
    """Return what is seen of the form now, and what is to be written into it."""
    now, is_last = view.shot.now(form), view.shot.is_last(form)
    answers = answers_of(view.shot.page, form, settings)
    filling = fill(now, visitor, answers, is_whole=is_last and not is_marked)
    if filling.problems:
        raise NotFillable(" ".join(filling.problems))
    return Step(
        view=view,
        whole=form,
        form=now,
        filling=filling,
        guards=tuple(guards_of(view.shot.page, form, settings)),
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
            wanted = control.value in values
            if wanted is not control.checked and (wanted or control.kind == "checkbox"):
                yield control, control.value if wanted else ""
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


async def _again(tab: Tab, before: View, form: Form) -> tuple[View, Form]:
    """Return the same form once more: itself, or what was drawn in its place."""
    numbers = {_number(one) for one in before.shot.page.forms}
    like_it = (form.id, form.name)
    drawn: list[tuple[View, Form]] = []
    for view in await tab.views():
        for one in view.shot.page.forms if view.frame == before.frame else ():
            if not any(control.seen for control in view.shot.of(one)):
                continue
            if _number(one) == _number(form):
                return view, one
            if _number(one) not in numbers and (one.id, one.name) == like_it:
                drawn.append((view, one))
    if not drawn:
        raise NotFillable("The form went away before it was sent.")
    return drawn[0]


def _number(form: Form) -> str:
    """Return what a form is known by while it lives; none is around loose fields."""
    return form.data.get("watched-form", "")
