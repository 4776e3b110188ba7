"""HubSpot: its script is told the form, and draws it; an API takes what is written.

By https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy
(the API, which anybody may ask as a site's own scripts do), and by the definitions
that its script fetches.  Forms of the present editor have none of these.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, ValidationError

from probes.forms.errors import OnlyInBrowser
from probes.forms.fetched import gone
from probes.forms.form import Answer, Field, Form, Option, Page
from probes.forms.labels import clean
from probes.forms.meaning import understood
from probes.forms.reply import Reply
from probes.forms.reported import Claim, plain
from probes.forms.shown import MOST_WORDS
from probes.forms.systems.system import Order, Proof, System, Turn

DEFINED = re.compile(
    r"https://forms(-[a-z0-9]+)?\.hsforms\.com/embed/v3/form/([0-9]+)/([\w-]+)/json"
)
API = "https://api{}.hsforms.com/submissions/v3/integration/submit/{}/{}"
JSON = "application/json"
CONTACT = "0-1"
"""The number of the kind of thing that most fields are of."""
OK, FORBIDDEN = 200, 403
MOST_FIELDS, MOST_OPTIONS = 200, 300

KINDS = {
    "text": "text",
    "email": "email",
    "phonenumber": "tel",
    "number": "number",
    "textarea": "textarea",
    "select": "select",
    "radio": "radio",
    "checkbox": "checkbox",
    "booleancheckbox": "checkbox",
}

PRESENT = "The form is of HubSpot's present editor, which only its own script draws."
GUARDED = "The form is guarded by reCAPTCHA, which judges by HubSpot's own script."
STEPS = "The form of HubSpot has several steps."
CONSENT = "The form of HubSpot asks for consents that only its own script can give."
UNREAD = "The form of HubSpot insists on a field of a kind that only its script draws."
UNTOLD = "HubSpot does not tell its form as it used to."


class _Told(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)


class _Option(_Told):
    label: str | None = None
    value: str | None = None


class _Field(_Told):
    name: str
    label: str | None = None
    fieldType: str | None = None  # noqa: N815 - as HubSpot spells it
    objectTypeId: str | None = None  # noqa: N815
    required: bool | None = None
    hidden: bool | None = None
    defaultValue: str | None = None  # noqa: N815
    placeholder: str | None = None
    options: Sequence[_Option] | None = None


class _Group(_Told):
    fields: Sequence[_Field] | None = None
    isPageBreak: bool | None = None  # noqa: N815


class _Form(_Told):
    name: str | None = None
    captchaEnabled: bool | None = None  # noqa: N815
    formFieldGroups: Sequence[_Group]  # noqa: N815
    metaData: Sequence[Mapping[str, object]] | None = None  # noqa: N815


class _Definition(_Told):
    form: _Form


def _is_its(form: Form) -> bool:
    return form.enctype == JSON or "hs-form" in form.classes


def _draw(reply: Reply, page: Page) -> Page:
    """Draw the form into the page, as HubSpot's script does."""
    if reply.status == FORBIDDEN:
        raise OnlyInBrowser(PRESENT)
    if reply.status != OK:
        raise gone(reply.status)
    where = DEFINED.fullmatch(reply.url)
    if where is None:
        raise OnlyInBrowser(UNTOLD)
    try:
        told = _Definition.model_validate_json(reply.body).form
    except ValidationError as error:
        raise OnlyInBrowser(UNTOLD) from error
    form = Form(
        action=API.format(where[1] or "", where[2], where[3]),
        method="post",
        enctype=JSON,
        charset="utf-8",
        fields=understood([*_fields(_all(told))]),
        text=clean(told.name or "", MOST_WORDS),
    )
    return replace(page, forms=(form,), guards=())


def _all(told: _Form) -> Sequence[_Field]:
    """Return all fields; raise `OnlyInBrowser` where they are not all there is."""
    if told.captchaEnabled:
        raise OnlyInBrowser(GUARDED)
    if any(group.isPageBreak for group in told.formFieldGroups):
        raise OnlyInBrowser(STEPS)
    if any(one.get("name") == "legalConsentOptions" for one in told.metaData or ()):
        raise OnlyInBrowser(CONSENT)
    fields = [one for group in told.formFieldGroups for one in group.fields or ()]
    return fields[:MOST_FIELDS]


def _fields(told: Sequence[_Field]) -> Iterator[Field]:
    for place, one in enumerate(told, start=1):
        kind = "hidden" if one.hidden else KINDS.get(one.fieldType or "")
        if kind is None:
            if one.required:
                raise OnlyInBrowser(UNREAD)
            continue
        label = clean(one.label or "", MOST_WORDS)
        yield Field(
            name=one.name,
            kind="email" if (kind, one.name) == ("text", "email") else kind,
            value=one.defaultValue or "",
            label=label,
            required=bool(one.required) and kind != "hidden",
            options=_options(one, label),
            hints={
                "object": one.objectTypeId or CONTACT,
                "placeholder": clean(one.placeholder or "", MOST_WORDS),
            },
            place=place,
        )


def _options(one: _Field, label: str) -> Sequence[Option]:
    if one.fieldType == "booleancheckbox":
        return (Option(value="true", label=label),)
    told = [(o.value or "", clean(o.label or "")) for o in one.options or ()]
    return tuple(Option(value=v, label=said) for v, said in told[:MOST_OPTIONS])


def _order(turn: Turn) -> Order:
    """Send what is written as the API takes it; a form drawn elsewhere, as it is."""
    filling = turn.filling
    if filling.form.enctype != JSON:
        return Order(filling=filling)
    kinds = {field.name: field.hints["object"] for field in filling.form.fields}
    values: dict[str, list[str]] = {}
    for name, value in filling.entries:
        if value:
            values.setdefault(name, []).append(value)
    told = {
        "fields": [
            {"objectTypeId": kinds[name], "name": name, "value": ";".join(several)}
            for name, several in values.items()
        ],
        "context": {"pageUri": turn.page.url, "pageName": turn.page.title},
    }
    return Order(filling=filling, headers={"Accept": JSON}, json=json.dumps(told))


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read thanks or where to go for them, or else what is wrong with each field."""
    if "inlineMessage" in report or "redirectUri" in report:
        return Answer.ACCEPTED, plain(str(report.get("inlineMessage") or ""))
    errors = report.get("errors")
    if not isinstance(errors, list) or not errors:
        return None
    told = [one for one in errors if isinstance(one, dict)]
    said = clean(" ".join(str(one.get("message", "")) for one in told[:5]), MOST_WORDS)
    guarded = any("RECAPTCHA" in str(one.get("errorType")) for one in told)
    return (Answer.BLOCKED if guarded else Answer.DECLINED), said


HUBSPOT = System(
    name="hubspot",
    words="HubSpot",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    order=_order,
    read=_read,
    draw=_draw,
)
