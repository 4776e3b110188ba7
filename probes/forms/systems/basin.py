"""Basin: asked for JSON it says whether it took the form, and if not, why.

By https://docs.usebasin.com/guides/form-features/ajax.
"""

from urllib.parse import urlsplit

from probes.forms.form import Form
from probes.forms.systems.system import Order, Proof, System, Turn

HOSTS = ("usebasin.com", "www.usebasin.com")
ACCEPT = {"Accept": "application/json"}


def _is_its(form: Form) -> bool:
    return urlsplit(form.action).hostname in HOSTS


def _order(turn: Turn) -> Order:
    return Order(filling=turn.filling, headers=ACCEPT)


BASIN = System(
    name="basin",
    words="Basin",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    order=_order,
)
