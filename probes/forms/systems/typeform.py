"""Typeform: one question after the other, drawn and sent by its script alone.

By https://www.typeform.com/developers/embed/.
"""

from probes.forms.form import Form
from probes.forms.systems.system import Proof, System

PAGES = "https://form.typeform.com/"


def _is_its(form: Form) -> bool:
    return form.action.startswith(PAGES)


TYPEFORM = System(
    name="typeform",
    words="Typeform",
    proof=Proof.PAGE,
    is_its=_is_its,
)
