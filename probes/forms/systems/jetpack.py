"""Jetpack's forms: the page takes them, and leads to an address that says so.

By the source of 16.0: jetpack-forms/src/contact-form.  A message that it takes for
spam is thanked for too, and not mailed.
"""

from urllib.parse import urlsplit

from probes.forms.form import Answer, Form
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.systems.system import AnswerPage, Proof, System

MOST_WORDS = 300
SENT = "contact-form-sent="


def _is_its(form: Form) -> bool:
    return any(field.name == "contact-form-hash" for field in form.fields)


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
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    see=_see,
)
