"""Elementor Pro's form: admin-ajax.php takes it, and tells when an action failed.

By the source of a free build of it, modules/forms/classes/ajax-handler.php of 3.33.
"""

from probes.forms.form import Form
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, sent_by_script


def _is_its(form: Form) -> bool:
    names = {field.name for field in form.fields}
    return "elementor-form" in form.classes and {"post_id", "form_id"} <= names


def _order(turn: Turn) -> Order:
    return Order(
        filling=sent_by_script(
            turn.filling,
            ajax_address(turn.page),
            ("action", "elementor_pro_forms_send_form"),
            ("referrer", turn.page.url),
        ),
        headers=XHR,
    )


ELEMENTOR = System(
    name="elementor",
    words="Elementor Pro",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
)
