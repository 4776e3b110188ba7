"""Joomla's contact form: the page takes it, and thanks only if the mail went out.

By the running originals of 5.3 and of 3 (3.15 UTD).
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from probes.forms.form import Answer, Form
from probes.forms.labels import clean
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS
from probes.forms.systems.system import AnswerPage, Proof, System

CONTAINER = "system-message-container"
ERRORS, THANKS = ("danger", "error"), ("success", "message")
SILENT = (
    "It came back without thanks, as Joomla does where a plugin sends the mail, or "
    "nobody does."
)


def _is_its(form: Form) -> bool:
    return any(field.name.startswith("jform[contact_") for field in form.fields)


def _see(shown: AnswerPage) -> Claim | None:
    """Read Joomla's messages; one of another kind than thanks is a no.

    A mail that was not sent is told in a mere notice by 3, in a warning by 5.
    Neither says thanks where a plugin has taken the mailing over.
    """
    container = shown.root.get_element_by_id(CONTAINER, None)
    if container is None:
        return None
    told = list(_messages(container))
    for answer, kinds in ((Answer.DECLINED, ERRORS), (Answer.ACCEPTED, THANKS)):
        for kind, said in told:
            if kind in kinds:
                return answer, said
    if told:
        return Answer.DECLINED, told[0][1]
    if clean(container.text_content()) or not shown.is_back:
        return None
    return Answer.UNCLEAR, SILENT


def _messages(container: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield each message with its kind, also those for browsers without scripts.

    The kind stands in the class `alert-…`, or is the type of a `joomla-alert`;
    templates of Joomla 3 give a warning none.
    """
    for element in container.iter("div", "joomla-alert"):
        names = (element.get("class") or "").split()
        if "alert" not in names and element.tag != "joomla-alert":
            continue
        kinds = [name.removeprefix("alert-") for name in names if name[:6] == "alert-"]
        bare = element.find_class("alert-message")
        said = clean((bare[0] if bare else element).text_content(), MOST_WORDS)
        if said:
            yield element.get("type") or (kinds[0] if kinds else ""), said


JOOMLA = System(
    name="joomla",
    words="Joomla",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    see=_see,
)
