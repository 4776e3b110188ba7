"""Fluent Forms: admin-ajax.php takes the whole form as one value; statuses tell.

By the source of 6.2: app/Services/Form, and the script that sends its forms;
and by a running one.
"""

import re
from collections.abc import Iterator

from probes.forms.encode import urlencoded
from probes.forms.form import Entry, Form
from probes.forms.reported import at, read_json
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, sent_by_jquery

ASKED = "fluent-form-token-field"
"""The class of the field into which its script puts a token that it asks for."""
NONCE = re.compile(r"""["']?token_nonce["']?\s*:\s*["']([0-9a-f]{6,40})["']""")
MOST_TOKEN = 1000


def _is_its(form: Form) -> bool:
    return "frm-fluent-form" in form.classes and "form_id" in form.data


def _question(turn: Turn) -> Order | None:
    """Ask for the token of its spam guard, where that is on; it lasts for an hour."""
    if not _asked(turn.filling.form):
        return None
    told = (NONCE.search(script) for script in turn.page.scripts)
    nonce = next(filter(None, told), None)
    entries = (
        ("action", "fluentform_generate_protection_token"),
        ("form_id", turn.filling.form.data["form_id"]),
        ("nonce", nonce[1] if nonce else ""),
    )
    asked = sent_by_jquery(turn.filling, ajax_address(turn.page), entries)
    return Order(filling=asked, headers=XHR)


def _order(turn: Turn) -> Order:
    """Send the form urlencoded within a value, to an address with the time in it."""
    filling, form = turn.filling, turn.filling.form
    milliseconds = int(turn.sent_at.timestamp() * 1000)
    url = f"{ajax_address(turn.page)}?t={milliseconds}"
    entries = (
        ("data", urlencoded([*_entries(turn)], form.charset)),
        ("action", "fluentform_submit"),
        ("form_id", form.data["form_id"]),
    )
    return Order(filling=sent_by_jquery(filling, url, entries), headers=XHR)


def _entries(turn: Turn) -> Iterator[Entry]:
    asked = _asked(turn.filling.form)
    token = at(read_json(turn.fresh) or {}, "data", "token")
    for name, value in turn.filling.entries:
        is_new = name == asked and isinstance(token, str)
        yield name, str(token)[:MOST_TOKEN] if is_new else value


def _asked(form: Form) -> str:
    """Return the name of the field that takes the token; empty where none does."""
    named = (f.name for f in form.fields if ASKED in f.hints.get("class", ""))
    return next(named, "")


FLUENT = System(
    name="fluent",
    words="Fluent Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    question=_question,
    order=_order,
)
