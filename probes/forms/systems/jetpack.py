"""Jetpack's forms: admin-ajax.php takes them; spam is thanked for as anything else.

By the source of 16.0 (jetpack-forms/src/contact-form), and by a running one.
"""

from urllib.parse import urlsplit

from probes.forms.form import Answer, Form
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.systems.system import AnswerPage, Order, Proof, System, Turn
from probes.forms.systems.wordpress import ajax_address, sent_by_script

MOST_WORDS = 300
ACCEPT = {"Accept": "application/json"}
SENT = "contact-form-sent="


def _is_its(form: Form) -> bool:
    return any(field.name == "contact-form-hash" for field in form.fields)


def _order(turn: Turn) -> Order:
    """Post as its script does; a site without that sends us back to the page."""
    url = f"{ajax_address(turn.page)}?action=grunion-contact-form"
    return Order(filling=sent_by_script(turn.filling, url), headers=ACCEPT)


def _see(shown: AnswerPage) -> Claim | None:
    """Read the address; the page has its owner's thanks, whatever they say."""
    if SENT not in urlsplit(shown.url).query:
        return None
    places = shown.root.find_class("contact-form-submission")
    said = words(places[0] if places else shown.root, MOST_WORDS)
    return Answer.ACCEPTED, said


JETPACK = System(
    name="jetpack",
    words="Jetpack Forms",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    order=_order,
    see=_see,
)
