"""Gravity Forms: the page takes the form, with a word that only its script adds.

By the source of 2.10: form_display.php, includes/honeypot.
"""

import re

from probes.forms.form import Answer, Form, Page
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.systems.system import STEPS, AnswerPage, Order, Proof, System, Turn
from probes.forms.systems.wordpress import sent_by_script

MOST_WORDS = 300
VERSION = re.compile(r"""["']?version_hash["']?\s*:\s*["']([0-9a-f]{16,64})["']""")
"""In the configuration of its scripts; a form with a trap takes whoever does not
know it for a robot: he is thanked, the message is kept as spam, nothing is mailed."""

TARGET = "gform_target_page_number_"


def _is_its(form: Form) -> bool:
    return form.id.startswith("gform_") and any(
        field.name == "gform_submit" for field in form.fields
    )


def _browser(_: Page, form: Form) -> str:
    """Tell a form of several pages by the one that it would lead to: 0 is its end."""
    pages = (f.value for f in form.fields if f.name.startswith(TARGET))
    return STEPS if any(page not in ("", "0") for page in pages) else ""


def _order(turn: Turn) -> Order:
    told = (VERSION.search(script) for script in turn.page.scripts)
    found = next(filter(None, told), None)
    more = [("version_hash", found[1])] if found else []
    sent = sent_by_script(turn.filling, turn.filling.form.action, *more)
    return Order(filling=sent)


def _see(shown: AnswerPage) -> Claim | None:
    """Read what it says of the whole form, and of the first field that it refuses."""
    whole = shown.root.find_class("gform_submission_error")
    if not whole:
        return None
    field = shown.root.find_class("gfield_validation_message")
    said = (words(one, MOST_WORDS) for one in (*whole[:1], *field[:1]))
    return Answer.DECLINED, " ".join(said)


GRAVITY = System(
    name="gravity",
    words="Gravity Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
    see=_see,
    browser=_browser,
    keeps_time=True,
)
