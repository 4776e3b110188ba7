"""SureForms: a REST route takes the form, with a token that the form carries.

By the source of 2.11: inc/form-submit.php, inc/submit-token.php.
"""

from probes.forms.form import Form
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import rest_address, sent_by_script


def _is_its(form: Form) -> bool:
    return "srfm-form" in form.classes


def _order(turn: Turn) -> Order:
    token = turn.filling.form.data.get("submit-token", "")
    headers = {"Accept": "application/json"}
    if token.isascii() and token.isalnum():
        headers["X-WP-Submit-Token"] = token
    url = rest_address(turn.page, "sureforms/v1/submit-form")
    return Order(filling=sent_by_script(turn.filling, url), headers=headers)


SUREFORMS = System(
    name="sureforms",
    words="SureForms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
)
