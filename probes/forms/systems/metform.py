"""MetForm, for Elementor: its script draws the form, and a REST route takes it.

What it draws from is no data, but a script of its own kind: so it takes a browser.  By
the source of 4.1 (core/entries), and by a running one.
"""

from collections.abc import Mapping

from probes.forms.form import Answer, Form
from probes.forms.reported import Claim, plain
from probes.forms.systems.system import Proof, System


def _is_its(form: Form) -> bool:
    return "metform-form-content" in form.classes


def _read(report: Mapping[str, object]) -> Claim | None:
    """Read a refusal by its `error`; a success carries one, too, that means nothing."""
    errors = report.get("error")
    if str(report.get("status")) != "0" or not isinstance(errors, list):
        return None
    return Answer.DECLINED, plain(" ".join(map(str, errors)))


METFORM = System(
    name="metform",
    words="MetForm",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    read=_read,
)
