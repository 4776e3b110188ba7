"""Fluent Forms: admin-ajax.php takes the whole form as one value; statuses tell.

By the source of 6.2: app/Services/Form, and the script that sends its forms.
"""

from probes.forms.encode import urlencoded
from probes.forms.form import Form
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, sent_by_jquery


def _is_its(form: Form) -> bool:
    return "frm-fluent-form" in form.classes and "form_id" in form.data


def _order(turn: Turn) -> Order:
    """Send the form urlencoded within a value, to an address with the time in it."""
    filling, form = turn.filling, turn.filling.form
    milliseconds = int(turn.sent_at.timestamp() * 1000)
    url = f"{ajax_address(turn.page)}?t={milliseconds}"
    entries = (
        ("data", urlencoded(filling.entries, form.charset)),
        ("action", "fluentform_submit"),
        ("form_id", form.data["form_id"]),
    )
    return Order(filling=sent_by_jquery(filling, url, entries), headers=XHR)


FLUENT = System(
    name="fluent",
    words="Fluent Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
)
