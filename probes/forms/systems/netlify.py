"""Netlify Forms: any page of the site takes the form, by the name that is sent along.

By https://docs.netlify.com/manage/forms/setup/: a form that it took is answered with
a page of thanks, or the owner's own; one whose name it does not know, with 404.
"""

from probes.forms.form import Answer, Form
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS, read_shown
from probes.forms.systems.system import AnswerPage, Proof, System

OK, NOT_FOUND = 200, 404
UNKNOWN = (
    "Netlify knows no form of this name: it finds forms when the site is published, "
    "and only those that stand in its pages."
)


def _is_its(form: Form) -> bool:
    named = any(field.name == "form-name" for field in form.fields)
    return named or "netlify" in form.data


def _see(shown: AnswerPage) -> Claim | None:
    """Read a page in the place of the form as thanks, whatever it says."""
    if shown.status == NOT_FOUND:
        return Answer.DECLINED, UNKNOWN
    if shown.status != OK or shown.is_back:
        return None
    news = read_shown(shown.root, form=shown.form, page=shown.page)
    if news.error or news.complaint:
        return None
    said = news.thanks or words(shown.root, MOST_WORDS)
    return Answer.ACCEPTED, said


NETLIFY = System(
    name="netlify",
    words="Netlify Forms",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    see=_see,
)
