"""WPForms, Lite and Pro: admin-ajax.php takes the form; a failed mail is never told.

By the source of Lite 2.0: includes/class-process.php, src/Frontend/Frontend.php.
"""

from collections.abc import Mapping

from probes.forms.form import Answer, Form
from probes.forms.reported import Claim
from probes.forms.systems.system import Order, Proof, System, Turn
from probes.forms.systems.wordpress import XHR, ajax_address, sent_by_script

TRAPPED = "It thanked without a word: it takes us for a robot, and keeps nothing."


def _is_its(form: Form) -> bool:
    return "wpforms-form" in form.classes


def _order(turn: Turn) -> Order:
    """Send as its script does; a form without AJAX is posted to its page.

    The script adds the token of the day, and when the form was shown and sent:
    one that is filled in faster than a person can is turned away.
    """
    form = turn.filling.form
    token = ("wpforms[token]", form.data.get("token", ""))
    if "wpforms-ajax-form" not in form.classes:
        whole = sent_by_script(turn.filling, form.action, token)
        return Order(filling=whole)
    return Order(
        filling=sent_by_script(
            turn.filling,
            ajax_address(turn.page),
            token,
            ("action", "wpforms_submit"),
            ("start_timestamp", str(int(turn.loaded_at.timestamp()))),
            ("end_timestamp", str(int(turn.sent_at.timestamp()))),
        ),
        headers=XHR,
    )


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read a success with a confirmation that has no word: its trap's answer."""
    is_silent = report.get("data") == {"confirmation": ""}
    return (Answer.BLOCKED, TRAPPED) if report.get("success") and is_silent else None


WPFORMS = System(
    name="wpforms",
    words="WPForms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
    read=_read,
    keeps_time=True,
)
