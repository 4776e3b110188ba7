"""Drupal: the page takes core's contact forms and Webform's, and says how it went.

By the running originals of core 10.6 with Webform 6.2, Honeypot 2.2 and CAPTCHA 2.0,
and of core 9.5; and by the source of Antibot, js/antibot.js.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, fromstring

from probes.forms.form import Answer, Form, Page
from probes.forms.labels import words
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS
from probes.forms.systems.system import STEPS, AnswerPage, Proof, System

MOST_PIECES = 20
PIECE = ".//script[@data-big-pipe-replacement-for-placeholder-with-id]"

THANKS = ("messages--status", "alert-success", "webform-confirmation")
ONWARD = ("webform-button--next", "webform-button--preview")
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
    for error, said in _messages(shown, "messages--error", "alert-danger"):
        guarded = _is_flood(error, shown.root) or HURRY.search(said)
        return (Answer.BLOCKED if guarded else Answer.DECLINED), said
    for _, said in _messages(shown, *THANKS):
        return Answer.ACCEPTED, said
    return None


def _piped(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the pieces that a script of the page is to put into it.

    Drupal's BigPipe sends the messages so, as JSON at the end of the page: core's
    modules/big_pipe/src/Render/BigPipe.php.
    """
    for script in islice(root.iterfind(PIECE), MOST_PIECES):
        try:
            commands = json.loads(script.text or "")
            told = [one["data"] for one in commands if one["command"] == "insert"]
            yield from (fromstring(f"<div>{piece}</div>") for piece in told)
        except (ValueError, TypeError, KeyError, RecursionError, etree.LxmlError):
            continue


def _messages(shown: AnswerPage, *classes: str) -> Iterator[tuple[HtmlElement, str]]:
    """Yield what is said in a place of one of `classes`, and was not said before."""
    for piece in (shown.root, *_piped(shown.root)):
        for element in piece.iter("div", "section", "li", "article"):
            named = (element.get("class") or "").split()
            said = _said(element) if any(one in named for one in classes) else ""
            if said and said not in shown.page.text:
                yield element, said


def _said(message: HtmlElement) -> str:
    """Return its words, without what kind of message it is."""
    content = message.find_class("messages__content")
    return words(content[0] if content else message, MOST_WORDS)


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
    proof=Proof.ORIGINAL,
    is_its=_is_its,
    see=_see,
    browser=_browser,
)
