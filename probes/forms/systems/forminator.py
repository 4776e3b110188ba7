"""Forminator: its script asks for a fresh nonce, and posts the form where it is told.

By the source of 1.53: library/modules/custom-forms/front, assets/js/front.
"""

from dataclasses import replace

from probes.forms.form import Form
from probes.forms.reported import read_json
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, is_nonce, sent_by_script

NONCE = "forminator_nonce"


def _is_its(form: Form) -> bool:
    return "forminator-custom-form" in form.classes


def _question(turn: Turn) -> Order:
    """Ask for a nonce: the page's own may be a cache's of yesterday."""
    entries = [("action", "forminator_get_nonce")]
    entries += [entry for entry in turn.filling.entries if entry[0] == "form_id"]
    bare = replace(turn.filling, entries=entries)
    return Order(filling=sent_by_script(bare, ajax_address(turn.page)), headers=XHR)


def _order(turn: Turn) -> Order:
    """Post to admin-ajax.php, or to the page where AJAX is off."""
    nonce = (read_json(turn.fresh) or {}).get("data")
    entries = turn.filling.entries
    if is_nonce(nonce):
        entries = [(n, nonce if n == NONCE else value) for n, value in entries]
    whole = replace(turn.filling, entries=entries)
    if "forminator_ajax" not in whole.form.classes:
        return Order(filling=sent_by_script(whole, whole.form.action))
    return Order(filling=sent_by_script(whole, ajax_address(turn.page)), headers=XHR)


FORMINATOR = System(
    name="forminator",
    words="Forminator",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    question=_question,
    order=_order,
)
