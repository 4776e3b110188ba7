"""Django's forms, and Wagtail's: sent as HTML says; one that comes back is refused.

By the running originals of Django 5.2 and Wagtail 8.0, and their sources: a form that
is taken is answered with another page, at its own address or a next one, and one
that is not with the form and what is wrong with it (django.views.generic.edit,
wagtail.contrib.forms.models).
"""

from probes.forms.form import Answer, Form
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS, read_shown
from probes.forms.systems.system import AnswerPage, Proof, System

OK, FORBIDDEN = 200, 403
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
FORGERY = (
    "It was taken for a forgery: the page's token or cookie did not come with it, as "
    "where a cache keeps the page for all visitors."
)


def _is_its(form: Form) -> bool:
    return any(field.name == TOKEN for field in form.fields)


def _see(shown: AnswerPage) -> Claim | None:
    """Read whether the form came back; another page in its place took it."""
    said = words(shown.root, MOST_WORDS)
    if shown.status == FORBIDDEN and "CSRF" in said:
        return Answer.DECLINED, FORGERY
    if shown.status != OK:
        return None
    for element in shown.root.find_class("errorlist"):
        if error := words(element, MOST_WORDS):
            return Answer.DECLINED, error
    if shown.is_back:
        return None
    news = read_shown(shown.root, form=shown.form, page=shown.page)
    if news.error or news.complaint:
        return None
    heading = next((words(one, MOST_WORDS) for one in shown.root.iter("h1")), "")
    return Answer.ACCEPTED, news.thanks or heading or said


DJANGO = System(
    name="django",
    words="Django or Wagtail",
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    see=_see,
)
