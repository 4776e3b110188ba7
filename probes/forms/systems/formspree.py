"""Formspree: asked for JSON it says whether it took the form; else it shows a CAPTCHA.

By https://help.formspree.io/hc/en-us/articles/360013470814 (AJAX), and by the source
of its free release, formspree/forms/views.py.
"""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from probes.forms.form import Answer, Form
from probes.forms.reported import Claim
from probes.forms.systems.system import Order, Proof, System, Turn

HOSTS = ("formspree.io", "www.formspree.io")
ACCEPT = {"Accept": "application/json"}
UNCONFIRMED = (
    "Formspree has mailed its owner a link by which the form is to be confirmed, and "
    "passes nothing on before that."
)


def _is_its(form: Form) -> bool:
    return urlsplit(form.action).hostname in HOSTS


def _order(turn: Turn) -> Order:
    """Send as a script of the page would, whose answer is no page of Formspree's.

    A form that the owner has not opened to scripts says so, and names its CAPTCHA.
    """
    form = replace(turn.filling.form, enctype="multipart/form-data")
    return Order(filling=replace(turn.filling, form=form), headers=ACCEPT)


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read what stands in `success`, as older forms answer it."""
    match report.get("success"):
        case "email sent":
            return Answer.ACCEPTED, "email sent"
        case "confirmation email sent":
            return Answer.DECLINED, UNCONFIRMED
    return None


FORMSPREE = System(
    name="formspree",
    words="Formspree",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    order=_order,
    read=_read,
)
