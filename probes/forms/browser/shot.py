"""What a frame of a page shows at a moment: its form, and what is seen of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from probes.errors import Unintelligible
from probes.forms.folding import fold, pattern
from probes.forms.form import Field, Form, Meaning, Page
from probes.forms.page import read_page

NEXT = pattern(
    """
    next | continue | weiter | fortfahren | suivant* | continuer | siguiente | continuar
    | avanti | continua | volgende | doorgaan | dalej | kontynuuj | proximo | avancar
    """
)
"""What is written on the button to a form's next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control of the living page."""

    number: int
    """By which it is found again."""
    form: int
    name: str
    kind: str
    value: str
    words: str
    seen: bool
    """Whether a person sees it now."""
    checked: bool = False
    submits: bool = False
    """Whether the browser, and no script alone, sends what it is pressed for."""
    wrong: bool = False
    """Whether the browser holds the form back for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What a frame shows."""

    page: Page
    controls: Sequence[Control]

    def now(self, form: Form) -> Form:
        """Return the form as a person sees it now: later steps are not there yet."""
        mine = self.of(form)
        seen = {control.name for control in mine if control.seen}
        return replace(
            form,
            fields=tuple(field for field in form.fields if _is_there(field, seen)),
        )

    def of(self, form: Form) -> Sequence[Control]:
        """Return the controls of a form."""
        number = self.page.forms.index(form)
        return [control for control in self.controls if control.form == number]

    def is_last(self, form: Form) -> bool:
        """Tell whether the button that is seen of a form now sends the message.

        One that says "continue" does, where the message is written and nothing
        of the form is left to be seen.
        """
        mine = self.of(form)
        pressed = [one for one in mine if one.seen and is_button(one)]
        if not any(NEXT.search(fold(one.words)) for one in pressed):
            return True
        waiting = [one for one in mine if not one.seen and one.kind != "hidden"]
        written = any(field.means is Meaning.MESSAGE for field in self.now(form).fields)
        return written and not waiting


def is_button(control: Control) -> bool:
    """Tell whether it is pressed."""
    return control.kind in ("submit", "image", "button")


def _is_there(field: Field, seen: set[str]) -> bool:
    return field.kind in ("hidden", "submit", "image") or field.name in seen


@cache
def script() -> str:
    """Return the script that takes a shot."""
    return files("probes.forms.browser").joinpath("snapshot.js").read_text("utf-8")


def read_shot(taken: Mapping[str, Any], *, url: str) -> Shot:
    """Return what the script has told; raises `Unintelligible` as `read_page` does.

    The script runs among the page's own, which may have bent what it stands on.
    """
    try:
        html, controls = str(taken["html"]), tuple(_controls(taken["controls"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unintelligible("The page's scripts stand in our way.") from error
    body = html.encode("utf-8", "replace")
    page = read_page(body, url=url, content_type="text/html; charset=utf-8")
    return Shot(page=page, controls=controls)


def _controls(told: Sequence[Mapping[str, Any]]) -> Iterator[Control]:
    for one in told:
        yield Control(
            number=int(one["number"]),
            form=int(one["form"]),
            name=str(one["name"]),
            kind=str(one["kind"]),
            value=str(one["value"]),
            words=str(one["words"]),
            seen=bool(one["seen"]),
            checked=bool(one["checked"]),
            submits=bool(one["submits"]),
            wrong=bool(one["wrong"]),
        )
