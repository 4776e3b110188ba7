"""Kadence Blocks' forms: admin-ajax.php takes them, named by their hidden `action`.

By the source of 3.7: includes/advanced-form, includes/form-ajax.php.
"""

from probes.forms.form import Form
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, sent_by_script

ACTIONS = ("kb_process_advanced_form_submit", "kb_process_ajax_submit")


def _is_its(form: Form) -> bool:
    return any(
        field.name == "action" and field.value in ACTIONS for field in form.fields
    )


def _order(turn: Turn) -> Order:
    sent = sent_by_script(turn.filling, ajax_address(turn.page))
    return Order(filling=sent, headers=XHR)


KADENCE = System(
    name="kadence",
    words="Kadence Blocks",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
)
