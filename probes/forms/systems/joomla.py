"""Joomla's contact form: the page takes it, and thanks only if the mail went out.

By the source of 5: components/com_contact/src/Controller/ContactController.php,
layouts/joomla/system/message.php.
"""

from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from probes.forms.form import Answer, Form
from probes.forms.labels import clean
from probes.forms.reported import Claim
from probes.forms.systems.system import AnswerPage, Proof, System

MOST_WORDS = 300
CONTAINER = "system-message-container"
ERRORS = ("alert-danger", "alert-error", "alert-warning", "danger", "warning", "error")
THANKS = ("alert-message", "alert-success", "message", "success")
SILENT = (
    "It came back without its thanks, as Joomla does where it could not send its mail."
)


def _is_its(form: Form) -> bool:
    return any(field.name.startswith("jform[contact_") for field in form.fields)


def _see(shown: AnswerPage) -> Claim | None:
    """Read Joomla's messages; none at all, where it has a place for them, is a no."""
    container = shown.root.get_element_by_id(CONTAINER, None)
    if container is None:
        return None
    for answer, kinds in ((Answer.DECLINED, ERRORS), (Answer.ACCEPTED, THANKS)):
        if said := next(_messages(container, kinds), ""):
            return answer, said
    if clean(container.text_content()) or not shown.is_back:
        return None
    return Answer.DECLINED, SILENT


def _messages(container: HtmlElement, kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield the messages of these kinds, also those for browsers without scripts."""
    for element in container.iter("div", "joomla-alert"):
        named = chain((element.get("class") or "").split(), (element.get("type"),))
        said = clean(element.text_content(), MOST_WORDS)
        if said and any(name in kinds for name in named):
            yield said


JOOMLA = System(
    name="joomla",
    words="Joomla",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    see=_see,
)
