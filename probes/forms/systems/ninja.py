"""Ninja Forms: its script sends JSON, and is told whether the mail was sent.

By the source of 3.14 (includes/AJAX), and by a running one.
"""

import json
import re
from collections.abc import Iterator, Mapping

from probes.forms.form import Answer, Filling, Form
from probes.forms.reported import Claim, at, plain, read_json, sentence
from probes.forms.systems.ninja_form import FORM, PREFIX, browser, forms
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, is_nonce, sent_by_jquery

NONCE = re.compile(r"""["']ajaxNonce["']\s*:\s*["']([0-9a-f]{6,40})["']""")
MOST_STAMP = 20

UNSENT = "It thanked the visitor, and said to its script that its mail was not sent."
IDLE = "It did nothing at all with the message: the form may have been deleted."
STALE = "It wants a fresh nonce, which its script would fetch."


def _is_its(form: Form) -> bool:
    return any(field.name.startswith(PREFIX) for field in form.fields)


def _question(turn: Turn) -> Order:
    """Ask for a nonce: the page's own may be a cache's of yesterday."""
    entries = [("action", "nf_ajax_get_new_nonce")]
    asked = sent_by_jquery(turn.filling, ajax_address(turn.page), entries)
    return Order(filling=asked, headers=XHR)


def _order(turn: Turn) -> Order:
    form = turn.filling.form
    fields = {field["id"]: field for field in _values(turn.filling)}
    number = form.id.removeprefix(FORM)
    told = {"id": number, "fields": fields, "settings": {}, "extra": {}}
    entries = [
        ("action", "nf_ajax_submit"),
        *_nonce(turn),
        ("formData", json.dumps(told)),
    ]
    sent = sent_by_jquery(turn.filling, ajax_address(turn.page), entries)
    return Order(filling=sent, headers=XHR)


def _nonce(turn: Turn) -> Iterator[tuple[str, str]]:
    """Yield the fresh nonce and its time, or else the page's."""
    report = read_json(turn.fresh) or {}
    fresh, stamp = at(report, "data", "new_nonce"), at(report, "data", "nonce_ts")
    if is_nonce(fresh):
        yield "security", fresh
        yield "nonce_ts", str(stamp)[:MOST_STAMP]
        return
    told = (NONCE.search(script) for script in turn.page.scripts)
    found = next(filter(None, told), None)
    yield "security", found[1] if found else ""


def _values(filling: Filling) -> Iterator[Mapping[str, object]]:
    for field in filling.form.fields:
        said = [value for name, value in filling.entries if name == field.name]
        value: object = said[0] if said else ""
        if len(field.options) > 1 and (field.kind == "checkbox" or field.multiple):
            value = said
        elif field.kind == "checkbox":
            value = 1 if said else 0
        yield {"id": field.hints["id"].removeprefix(PREFIX), "value": value}


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read the mail's fate, which stands beside the thanks."""
    if errors := report.get("errors"):
        answer = Answer.UNCLEAR if at(errors, "nonce") else Answer.DECLINED
        answer = Answer.BLOCKED if at(errors, "form", "spam") else answer
        return answer, sentence(errors) or STALE
    if at(report, "data", "processed_actions") == []:
        return Answer.DECLINED, IDLE
    actions = at(report, "data", "actions")
    if not isinstance(actions, dict):
        return None
    if at(actions, "email", "sent") is False:
        return Answer.DECLINED, UNSENT
    return Answer.ACCEPTED, plain(str(actions.get("success_message") or ""))


NINJA = System(
    name="ninja",
    words="Ninja Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    forms=forms,
    browser=browser,
    question=_question,
    order=_order,
    read=_read,
)
