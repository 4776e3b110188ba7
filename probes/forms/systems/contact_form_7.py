"""Contact Form 7: a REST route takes the form, and says in a word what it did.

By its source, includes/rest-api.php and includes/contact-form.php of 6.1, and by a
running one.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, Field, ValidationError

from probes.forms.form import Answer, Entry, Form
from probes.forms.reported import Claim, read_json
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import rest_address, sent_by_script

ACCEPT = {"Accept": "application/json, */*;q=0.1"}
DEMO = "The form is set to demo mode: it thanks visitors, and mails nothing."
SPAM = "It took the test for spam, and mailed nothing."

CACHED = re.compile(
    r"""["']cached["']\s*:\s*["']?1|["']forceRefillOnInit["']\s*:\s*["']?(1|true)"""
)
"""How its scripts, and those of Honeypot for Contact Form 7, are told of a cache."""


class _Trap(BaseModel):
    """One of Honeypot for Contact Form 7, whose field has another name each day."""

    random_hash: str = Field(max_length=100)
    field_name: str = Field(max_length=100)
    time_token: str = Field(default="", max_length=500)


def _is_its(form: Form) -> bool:
    return "wpcf7-form" in form.classes and _number(form) is not None


def _question(turn: Turn) -> Order | None:
    """Ask for the traps of today, as the scripts of a site with a cache do."""
    if not any(CACHED.search(script) for script in turn.page.scripts):
        return None
    url = _route(turn, "refill")
    form = replace(turn.filling.form, action=url, method="get")
    entries = parse_qsl(urlsplit(url).query)
    asked = replace(turn.filling, form=form, entries=entries, files=())
    return Order(filling=asked, headers=ACCEPT)


def _order(turn: Turn) -> Order:
    """Post to the form's feedback route, whole and as multipart, or it says 415."""
    filling = replace(turn.filling, entries=[*_renewed(turn)])
    sent = sent_by_script(filling, _route(turn, "feedback"))
    return Order(filling=sent, headers=ACCEPT)


def _route(turn: Turn, end: str) -> str:
    number = _number(turn.filling.form)
    return rest_address(turn.page, f"contact-form-7/v1/contact-forms/{number}/{end}")


def _renewed(turn: Turn) -> Iterator[Entry]:
    """Yield the form's entries, its traps as they are today."""
    names: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, trap in _traps(turn.fresh):
        values |= {f"{name}-random-hash": trap.random_hash}
        values |= {f"{name}-time-token": trap.time_token}
        for field in turn.filling.form.fields:
            wrapper = field.hints.get("wrapper", "").split()
            if field.kind == "text" and f"{name}-wrap" in wrapper:
                names[field.name] = trap.field_name
    for name, value in turn.filling.entries:
        yield names.get(name, name), values.get(name, value)


def _traps(fresh: str) -> Iterator[tuple[str, _Trap]]:
    told = (read_json(fresh) or {}).get("honeypot")
    for name, trap in told.items() if isinstance(told, dict) else ():
        with suppress(ValidationError):
            yield name, _Trap.model_validate(trap)


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read what its words do not say; `status` is read as always.

    It says the same of spam as of a mail that failed; `demo_mode` stands beside the
    thanks.
    """
    status = report.get("status")
    if status == "spam":
        return Answer.BLOCKED, SPAM
    is_demo = status == "mail_sent" and "demo_mode" in report
    return (Answer.DECLINED, DEMO) if is_demo else None


def _number(form: Form) -> str | None:
    """Return the form's number; its route takes digits alone."""
    for field in form.fields:
        if field.name == "_wpcf7" and re.fullmatch(r"[0-9]{1,20}", field.value):
            return field.value
    return None


CONTACT_FORM_7 = System(
    name="contact-form-7",
    words="Contact Form 7",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    question=_question,
    order=_order,
    read=_read,
)
