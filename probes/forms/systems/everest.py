"""Everest Forms: its script asks for a fresh nonce; the page, or AJAX, takes the form.

By the source of 3.4 (includes/class-evf-ajax.php, assets/js), and by a running one.
"""

from collections.abc import Iterator
from dataclasses import replace

from probes.forms.form import Form
from probes.forms.reported import read_json
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, is_nonce, sent_by_script

BY_AJAX = "ajax_submission"
NONCE = "_wpnonce"


def _is_its(form: Form) -> bool:
    return "everest-form" in form.classes


def _question(turn: Turn) -> Order:
    """Ask for a nonce: the page's own may be a cache's of yesterday."""
    entries = [("action", "everest_forms_get_form_update_nonce")]
    entries += [("form_id", turn.filling.form.data.get("formid", ""))]
    bare = replace(turn.filling, entries=entries)
    return Order(filling=sent_by_script(bare, ajax_address(turn.page)), headers=XHR)


def _order(turn: Turn) -> Order:
    """Post to admin-ajax.php where that is on, else to the page."""
    whole = replace(turn.filling, entries=[*_entries(turn)])
    form = whole.form
    if form.data.get(BY_AJAX) != "1":
        return Order(filling=sent_by_script(whole, form.action))
    action = ("action", "everest_forms_ajax_form_submission")
    return Order(
        filling=sent_by_script(whole, ajax_address(turn.page), action), headers=XHR
    )


def _entries(turn: Turn) -> Iterator[tuple[str, str]]:
    """Yield the form's entries, the nonce fresh."""
    nonce = (read_json(turn.fresh) or {}).get("data")
    for name, value in turn.filling.entries:
        is_stale = name == NONCE + turn.filling.form.data.get("formid", "")
        yield name, nonce if is_stale and is_nonce(nonce) else value


EVEREST = System(
    name="everest",
    words="Everest Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    question=_question,
    order=_order,
)
