"""From a form's controls to fields: a value each, or a group of choices."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from probes.forms.form import Field, Option
from probes.forms.labels import Labels, after, before, clean, words
from probes.forms.owners import CONTROLS, unmarked
from probes.forms.visibility import Sight

KINDS = frozenset(
    re.findall(
        r"\w[\w-]*",
        "hidden text search tel url email password date month week time datetime-local "
        "number range color checkbox radio file submit image reset button",
    )
)
DEFAULT_VALUES = {
    ("input", "checkbox"): "on",
    ("input", "radio"): "on",
    ("input", "submit"): "Submit",
}
"""The last is not HTML's word, but what Chromium posts."""
GROUPED = ("radio", "checkbox")
SUBMITTING = ("submit", "image")

REQUIRED_CLASS = re.compile(
    r"(?:^|\s)(?!not[-_])(?:\S*[-_])?required(?=\s|$)"
    r"|\bwpcf7-acceptance\b(?!.*\boptional\b)"
    r"|\bvalidate\[[^\]]{0,100}\brequired\b"
)
"""Contact Form 7 insists on its acceptance boxes without marking them so; Jotform
and others write `validate[required, Email]`."""
REQUIRED_WORDS = re.compile(
    r"[*✱\uFF0A]|\((?:required|erforderlich|pflichtfeld|obligatoire|requis|obligatorio"
    r"|requerido|obbligatorio|richiesto|verplicht|wymagane|obrigat[oó]rio)\)",
    re.IGNORECASE,
)
TRUE = frozenset(("", "true", "1", "yes", "required", "aria-required"))
WRAPPERS = 3
A_WRAPPER = 100
"""An element with more in it is around more than one field."""
HINTS = ("id", "class", "placeholder", "autocomplete", "inputmode")


def fields_of(
    controls: Sequence[tuple[int, HtmlElement]], labels: Labels, sight: Sight
) -> Sequence[Field]:
    """Return the fields of one form, in the order of their first control."""
    fields: dict[object, Field] = {}
    for place, control in controls:
        kind = kind_of(control)
        name = clean_name(control)
        if kind in ("reset", "button") or not (name or kind in SUBMITTING):
            continue
        one = _field(control, kind, labels, visible=sight.sees(control))
        one = replace(one, name=name, place=place)
        if kind not in GROUPED:
            fields[place] = one
            continue
        one = replace(one, options=[_choice(control, place, one.label)])
        former = fields.get((kind, name))
        fields[kind, name] = _joined(former, one) if former else one
    return tuple(_named(field) for field in fields.values())


def kind_of(control: HtmlElement) -> str:
    """Return the control's kind as a browser sees it: an unknown type is a text."""
    kind = (control.get("type") or "").strip().lower()
    if control.tag == "button":
        return kind if kind in ("button", "reset") else "submit"
    if control.tag == "input":
        return kind if kind in KINDS else "text"
    return str(control.tag)


def clean_name(control: HtmlElement) -> str:
    """Return the name under which the control is posted, as the page spells it."""
    return unmarked(control.get("name") or "")


def _field(control: HtmlElement, kind: str, labels: Labels, *, visible: bool) -> Field:
    near = before(control)
    label = labels.own(control)
    wrappers = _wrappers(control)
    around = words(wrappers[-1]) if wrappers else ""
    said = label or near
    if kind in GROUPED:
        label, near = label or after(control) or near, labels.group(control) or near
        said = f"{near} {label}"
    elif kind in SUBMITTING:
        label = words(control) or clean(
            control.get("value") or control.get("alt") or ""
        )
    else:
        label = said = label or near or around
    hints = {key: clean(control.get(key) or "") for key in HINTS} | {
        "near": near,
        "around": around,
        "wrapper": clean(" ".join(w.get("class") or "" for w in wrappers)),
    }
    return Field(
        name="",
        kind=kind,
        value=_value(control, kind),
        label=label or near,
        required=_required(control, f"{said} {hints['placeholder']}", wrappers),
        options=_options(control) if kind == "select" else (),
        multiple=control.get("multiple") is not None,
        pattern=control.get("pattern"),
        min=control.get("min"),
        max=control.get("max"),
        step=control.get("step"),
        min_length=_count(control.get("minlength")),
        max_length=_count(control.get("maxlength")),
        visible=visible,
        hints={key: hint for key, hint in hints.items() if hint},
    )


def _value(control: HtmlElement, kind: str) -> str:
    """Return the value that is there before anybody writes."""
    if kind == "textarea":
        text = unmarked(control.text or "")
        return text.removeprefix("\r").removeprefix("\n")
    value = control.get("value")
    if value is None:
        return DEFAULT_VALUES.get((control.tag, kind), "")
    value = unmarked(value)
    if kind in ("hidden", *GROUPED, *SUBMITTING):
        return value
    return re.sub(r"[\r\n]", "", value)


def _options(select: HtmlElement) -> Sequence[Option]:
    """Return a select's options, chosen as a browser chooses before anybody does."""
    options = [_option(element) for element in select.iter("option")]
    if select.get("multiple") is not None:
        return options
    chosen = [n for n, option in enumerate(options) if option.chosen][-1:]
    if not chosen and (_count(select.get("size")) or 1) == 1:
        chosen = [n for n, option in enumerate(options) if not option.disabled][:1]
    for n, option in enumerate(options):
        if option.chosen != (n in chosen):
            options[n] = replace(option, chosen=n in chosen)
    return options


def _option(element: HtmlElement) -> Option:
    text = " ".join((element.text_content() or "").split())
    value = element.get("value")
    parent = element.getparent()
    in_disabled = parent is not None and (
        parent.tag == "optgroup" and parent.get("disabled") is not None
    )
    return Option(
        value=text if value is None else unmarked(value),
        label=clean(element.get("label") or text),
        chosen=element.get("selected") is not None,
        disabled=element.get("disabled") is not None or in_disabled,
    )


def _choice(control: HtmlElement, place: int, label: str) -> Option:
    return Option(
        value=_value(control, kind_of(control)),
        label=label,
        chosen=control.get("checked") is not None,
        place=place,
    )


def _joined(group: Field, one: Field) -> Field:
    return replace(
        group,
        options=[*group.options, *one.options],
        required=group.required or one.required,
        visible=group.visible or one.visible,
    )


def _named(field: Field) -> Field:
    """Call a group by what stands over it, and let only its last radio be on."""
    if field.kind not in GROUPED:
        return field
    options = list(field.options)
    if field.kind == "radio":
        on = [n for n, option in enumerate(options) if option.chosen][-1:]
        options = [replace(o, chosen=n in on) for n, o in enumerate(options)]
    label = field.label if len(options) == 1 else field.hints.get("near", "")
    return replace(field, options=tuple(options), label=label or field.label)


def _required(
    control: HtmlElement, label: str, wrappers: Sequence[HtmlElement]
) -> bool:
    if control.get("type") == "hidden":
        return False
    told = control.get("aria-required") or control.get("data-required")
    told = told or control.get("data-required_mark")  # Divi's
    return (
        control.get("required") is not None
        or (told is not None and told.strip().lower() in TRUE)
        or any(
            key.startswith(("data-val-req", "data-rule-req", "data-reqm"))
            for key in control.attrib
        )
        or REQUIRED_CLASS.search(control.get("class") or "") is not None
        or REQUIRED_WORDS.search(label) is not None
        or any(REQUIRED_CLASS.search(w.get("class") or "") for w in wrappers)
    )


def _wrappers(control: HtmlElement) -> Sequence[HtmlElement]:
    """Return the elements around this field alone, the narrowest first."""
    wrappers = []
    for ancestor in islice(control.iterancestors(), WRAPPERS):
        inside = list(islice(ancestor.iter(), A_WRAPPER))
        names = {
            element.get("name")
            for element in inside
            if element.tag in CONTROLS and element.get("type") != "hidden"
        }
        if (
            ancestor.tag in ("form", "body")
            or len(names) > 1
            or len(inside) == A_WRAPPER
        ):
            break
        wrappers.append(ancestor)
    return wrappers


def _count(text: str | None) -> int | None:
    """Return a count written in an attribute; None if it is none that counts."""
    digits = (text or "").strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
