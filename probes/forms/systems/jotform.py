"""Jotform: its own page holds the whole form, which a script of a line marks.

By the pages that it writes for its forms, and https://www.jotform.com/help/.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from probes.forms.fetched import page_of
from probes.forms.form import Answer, Form, Page
from probes.forms.labels import words
from probes.forms.reply import Reply
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS
from probes.forms.systems.system import AnswerPage, Order, Proof, System, Turn

HOSTS = (
    "submit.jotform.com",
    "submit.jotformeu.com",
    "eu-submit.jotform.com",
    "hipaa-submit.jotform.com",
)
MARK = "simple_spc"
THANKS = ("thankyou-wrapper", "thankyou-main-text")


def _is_its(form: Form) -> bool:
    return urlsplit(form.action).hostname in HOSTS


def _draw(reply: Reply, _: Page) -> Page:
    return page_of(reply)


def _order(turn: Turn) -> Order:
    """Send with the form's number twice in its mark, as the script writes it there."""
    entries = [
        (name, f"{value}-{value}" if name == MARK and "-" not in value else value)
        for name, value in turn.filling.entries
    ]
    return Order(filling=replace(turn.filling, entries=entries))


def _see(shown: AnswerPage) -> Claim | None:
    """Read the page that thanks, in whatever words the owner has chosen."""
    for name in THANKS:
        for element in shown.root.find_class(name):
            return Answer.ACCEPTED, words(element, MOST_WORDS)
    return None


JOTFORM = System(
    name="jotform",
    words="Jotform",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    order=_order,
    see=_see,
    draw=_draw,
)
