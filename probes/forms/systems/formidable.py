"""Formidable Forms: the page takes the form, or admin-ajax.php where that is on.

By the source of Lite 6.34: classes/controllers and classes/models.
"""

from collections.abc import Mapping

from probes.forms.form import Answer, Form
from probes.forms.reported import Claim, plain
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, sent_by_script

EMPTY = "It answered with nothing at all, as it does where it does not take the form."


def _is_its(form: Form) -> bool:
    return "frm-show-form" in form.classes


def _order(turn: Turn) -> Order:
    """Send with the token of its spam guard, which refuses whoever runs no scripts."""
    form = turn.filling.form
    more = [("antispam_token", form.data["token"])] if "token" in form.data else []
    if "frm_ajax_submit" not in form.classes:
        return Order(filling=sent_by_script(turn.filling, form.action, *more))
    more.append(("action", "frm_entries_create"))
    sent = sent_by_script(turn.filling, ajax_address(turn.page), *more)
    return Order(filling=sent, headers=XHR)


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read `content`, where there are no errors: no flag tells of success."""
    if report.get("errors", True) or "content" not in report:
        return None
    said = plain(str(report["content"]))
    return (Answer.ACCEPTED, said) if said else (Answer.DECLINED, EMPTY)


FORMIDABLE = System(
    name="formidable",
    words="Formidable Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
    read=_read,
)
