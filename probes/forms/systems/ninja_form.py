"""The forms that Ninja Forms' script draws, from what the page tells it.

By the source of 3.14 (includes/Templates, includes/Fields), and by a running one.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pydantic import BaseModel, ValidationError

from probes.forms.form import Field, Form, Option, Page
from probes.forms.labels import clean
from probes.forms.meaning import understood
from probes.forms.reported import plain
from probes.forms.systems.wordpress import ajax_address

NUMBER = re.compile(r"form\.id\s*=\s*['\"]([0-9]{1,20}(?:_[0-9]{1,9})?)['\"]")
SETTINGS = re.compile(r"form\.settings\s*=\s*(?=\{)")
FIELDS = re.compile(r"form\.fields\s*=\s*(?=\[)")
PREFIX = "nf-field-"
FORM = "nf-form-"
MOST_FORMS, MOST_FIELDS, MOST_OPTIONS = 20, 200, 300

NAMED = {
    "textbox": "text",
    "firstname": "text",
    "lastname": "text",
    "email": "email",
    "phone": "tel",
    "address": "text",
    "address2": "text",
    "city": "text",
    "zip": "text",
}
"""Those whose names end with their type, and the kind that their script draws."""
KINDS = NAMED | {
    "confirm": "text",
    "textarea": "textarea",
    "number": "number",
    "hidden": "hidden",
    "checkbox": "checkbox",
    "listcheckbox": "checkbox",
    "terms": "checkbox",
    "listradio": "radio",
    "listselect": "select",
    "listmultiselect": "select",
    "listcountry": "select",
    "liststate": "select",
    "submit": "submit",
}
WORDLESS = ("html", "hr", "note")
"""What stands between the fields."""
LEFT = ("date", "starrating", "color")
"""What a visitor may leave as it is: then its script sends nothing of it."""

ODD = 'The form has a field that only its own script can fill in ("{}").'
CONDITIONAL = "Which fields the form shows depends on others; only its script knows."


class _Option(BaseModel):
    label: str | int | float = ""
    value: str | int | float = ""
    selected: object = None


class _Field(BaseModel):
    id: int | str
    type: str
    label: str | None = None
    required: object = None
    value: object = None
    default: object = None
    default_value: str | None = None
    placeholder: str | None = None
    custom_name_attribute: str | None = None
    options: Sequence[_Option] | None = None


class _Settings(BaseModel):
    title: str | None = None
    conditions: object = None


class _Told(BaseModel):
    """One form, as the page tells it to the script."""

    number: str
    settings: _Settings
    fields: Sequence[_Field]


def _told(page: Page) -> Iterator[_Told]:
    for script in page.scripts:
        number = NUMBER.search(script)
        settings, fields = _value(SETTINGS, script), _value(FIELDS, script)
        if number and isinstance(fields, list):
            told = {"number": number[1], "settings": settings, "fields": fields}
            try:
                yield _Told.model_validate(told)
            except ValidationError:
                continue  # a form of no version that we know


def _value(name: re.Pattern[str], script: str) -> object:
    """Return the JSON that a script assigns; None where there is none."""
    if (found := name.search(script)) is None:
        return None
    try:
        value: object = json.JSONDecoder().raw_decode(script, found.end())[0]
    except (ValueError, RecursionError):
        return None
    return value


def forms(page: Page) -> Iterator[Form]:
    """Yield the page's forms, drawn as the script does."""
    for told in islice(_told(page), MOST_FORMS):
        drawn = (_field(one, place) for place, one in enumerate(_asked(told), start=1))
        yield Form(
            action=ajax_address(page),
            method="post",
            enctype="application/x-www-form-urlencoded",
            charset="utf-8",
            fields=understood([*drawn]),
            id=f"{FORM}{told.number}",
            classes=("nf-form",),
            text=clean(told.settings.title or ""),
        )


def _asked(told: _Told) -> Sequence[_Field]:
    return [one for one in told.fields if one.type not in WORDLESS][:MOST_FIELDS]


def _field(told: _Field, place: int) -> Field:
    name, label = f"{PREFIX}{told.id}", plain(told.label or "")
    spoken = told.custom_name_attribute or f"{name}-{told.type}"
    kind = KINDS.get(told.type, told.type)
    value = told.value or told.default
    return Field(
        name=spoken if told.type in NAMED else name,
        kind=kind,
        value=str(value) if isinstance(value, str | int | float) else "",
        label=label,
        required=told.required in (1, "1", True) and kind != "hidden",
        options=[*_options(told, label)],
        multiple=told.type == "listmultiselect",
        hints={"id": name, "placeholder": clean(told.placeholder or "")},
        place=place,
    )


def _options(told: _Field, label: str) -> Iterator[Option]:
    if told.type == "checkbox":
        yield Option(value="1", label=label, chosen=told.default_value == "checked")
    for one in (told.options or ())[:MOST_OPTIONS]:
        chosen = one.selected in (1, "1", True)
        yield Option(value=str(one.value), label=plain(str(one.label)), chosen=chosen)


def browser(page: Page, form: Form) -> str:
    """Say why only the script itself can send this form, if that is so."""
    told = next((one for one in _told(page) if form.id == FORM + one.number), None)
    if told and told.settings.conditions:
        return CONDITIONAL
    for field in form.fields:
        may_stay = field.kind in LEFT and not field.required
        if field.kind not in KINDS.values() and not may_stay:
            return ODD.format(clean(field.label or field.kind))
    return ""
