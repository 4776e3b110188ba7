"""Drupal: the page takes core's contact forms and Webform's, and says how it went.

By the sources of core (modules/contact, lib/Drupal/Core/Mail), of Webform
(src/WebformSubmissionForm.php), and of the guards Honeypot and Antibot.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from probes.forms.form import Answer, Form, Page
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.systems.system import AnswerPage, Proof, System

MOST_WORDS = 300

ONWARD = ("webform-button--next", "webform-button--preview")
STEPS = "The form is written in several steps, of which each is sent for itself."
ANTIBOT = (
    "The form is guarded by Antibot, which unlocks it when it sees somebody move in a "
    "browser."
)
HURRY = re.compile(r"\bwait \d+ seconds\b", re.IGNORECASE)
"""What the module Honeypot says to whoever was too fast for it."""


def _is_its(form: Form) -> bool:
    return {"form_build_id", "form_id"} <= {field.name for field in form.fields}


def _browser(_: Page, form: Form) -> str:
    if any(field.name == "antibot_key" for field in form.fields):
        return ANTIBOT
    classes = " ".join(field.hints.get("class", "") for field in form.fields)
    return STEPS if any(name in classes.split() for name in ONWARD) else ""


def _see(shown: AnswerPage) -> Claim | None:
    """Read the status messages: an error counts, whatever else is said beside it.

    Where its own mail call failed, core says so, and often that it was sent too.
    """
    if urlsplit(shown.url).path.rstrip("/").endswith("/antibot"):
        return Answer.BLOCKED, words(shown.root, MOST_WORDS)
    for error in _messages(shown.root, "messages--error", "alert-danger"):
        said = words(error, MOST_WORDS)
        guarded = _is_flood(error, shown.root) or HURRY.search(said)
        return (Answer.BLOCKED if guarded else Answer.DECLINED), said
    thanks = ("messages--status", "alert-success", "webform-confirmation")
    for region in _messages(shown.root, *thanks):
        return Answer.ACCEPTED, words(region, MOST_WORDS)
    return None


def _messages(root: HtmlElement, *classes: str) -> Iterator[HtmlElement]:
    """Yield what says something in a place of one of `classes`."""
    for element in root.iter("div", "section", "li", "article"):
        named = (element.get("class") or "").split()
        if any(name in named for name in classes) and words(element, MOST_WORDS):
            yield element


def _is_flood(error: HtmlElement, root: HtmlElement) -> bool:
    """Tell the limit of messages an hour, which every language says its own way.

    It names one number and blames no field.  Our tests alone have reached it: for
    other visitors the form may well be open.
    """
    numbers = [words(one) for one in error.iter("em")]
    blamed = any(one.get("aria-invalid") == "true" for one in root.iter("input"))
    return len(numbers) == 1 and numbers[0].isdecimal() and not blamed


DRUPAL = System(
    name="drupal",
    words="Drupal",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    see=_see,
    browser=_browser,
)
