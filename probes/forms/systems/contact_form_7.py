"""Contact Form 7: a REST route takes the form, and says in a word what it did.

By its source, includes/rest-api.php and includes/contact-form.php of 6.1.
"""

import re
from collections.abc import Mapping

from probes.forms.form import Answer, Form
from probes.forms.reported import Claim
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import rest_address, sent_by_script

ACCEPT = {"Accept": "application/json, */*;q=0.1"}
DEMO = "The form is set to demo mode: it thanks visitors, and mails nothing."
SPAM = "It took the test for spam, and mailed nothing."


def _is_its(form: Form) -> bool:
    return "wpcf7-form" in form.classes and _number(form) is not None


def _order(turn: Turn) -> Order:
    """Post to the form's feedback route, whole and as multipart, or it says 415."""
    number = _number(turn.filling.form)
    route = f"contact-form-7/v1/contact-forms/{number}/feedback"
    url = rest_address(turn.page, route)
    return Order(filling=sent_by_script(turn.filling, url), headers=ACCEPT)


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
    order=_order,
    read=_read,
)
