"""Divi's contact module: the page takes the form, with a list of its fields beside it.

By the source of its module and script (4 and 5), as sites show them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from probes.forms.form import Answer, Field, Form, Meaning
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS
from probes.forms.systems.system import AnswerPage, Order, Proof, System, Turn

NUMBERED = re.compile(r"et_pb_contactform_submit_(\d{1,4})")
ASKED = re.compile(r"et_pb_contact_(?!captcha)(.{1,60})_\d{1,4}")
TRAP = re.compile(r"et_pb_contactform_validate_\d{1,4}")
KINDS = {"textarea": "text", "select": "select", "radio": "radio"}
MESSAGE = "et-pb-contact-message"


def _is_its(form: Form) -> bool:
    return "et_pb_contact_form" in form.classes


def _order(turn: Turn) -> Order:
    """Send with the list of fields that its script writes; its trap stays empty."""
    filling = turn.filling
    numbers = (NUMBERED.fullmatch(name) for name, _ in filling.entries)
    number = next((one[1] for one in numbers if one), "0")
    told = json.dumps(list(_told(filling.form)), separators=(",", ":"))
    entries = [
        *((name, "" if TRAP.fullmatch(name) else v) for name, v in filling.entries),
        (f"et_pb_contact_email_fields_{number}", told),
        ("token", ""),
    ]
    return Order(filling=replace(filling, entries=entries))


def _told(form: Form) -> Iterator[Mapping[str, str]]:
    for field in form.fields:
        if field.kind != "hidden" and (asked := ASKED.fullmatch(field.name)):
            yield {
                "field_id": field.name,
                "original_id": asked[1],
                "required_mark": "required" if field.required else "not_required",
                "field_type": _type(field),
                "field_label": field.label or field.hints.get("placeholder", ""),
            }


def _type(field: Field) -> str:
    if field.means is Meaning.EMAIL:
        return "email"
    return KINDS.get(field.kind, "input")


def _see(shown: AnswerPage) -> Claim | None:
    """Read its message: thanks, if they stand in the place of the form."""
    for message in shown.root.find_class(MESSAGE):
        if said := words(message, MOST_WORDS):
            return (Answer.DECLINED if shown.is_back else Answer.ACCEPTED), said
    return None


DIVI = System(
    name="divi",
    words="Divi",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    order=_order,
    see=_see,
)
