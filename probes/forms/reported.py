"""What the JSON answers of form systems claim, by the fields that decide in each."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from probes.forms.form import Answer
from probes.forms.labels import clean, words
from probes.forms.phrases import SPAM

MOST_WORDS = 300
MOST_NODES = 500

STATUSES: Mapping[str, Answer] = {
    # Contact Form 7, includes/rest-api.php; `mail_failed`: its own mail call failed.
    "mail_sent": Answer.ACCEPTED,
    "mail_failed": Answer.DECLINED,
    "validation_failed": Answer.DECLINED,
    "acceptance_missing": Answer.DECLINED,
    "aborted": Answer.DECLINED,
    "payment_required": Answer.DECLINED,
    "spam": Answer.BLOCKED,
    # Hand-made forms, and MetForm with 1 and 0.
    "success": Answer.ACCEPTED,
    "ok": Answer.ACCEPTED,
    "sent": Answer.ACCEPTED,
    "1": Answer.ACCEPTED,
    "error": Answer.DECLINED,
    "fail": Answer.DECLINED,
    "failed": Answer.DECLINED,
    "invalid": Answer.DECLINED,
    "0": Answer.DECLINED,
}

FLAGS = ("success", "ok", "is_valid")
"""WPForms, Elementor, Fluent, Forminator, Jetpack…; Formspree; Gravity Forms."""

SPOKEN = ("message", "success_message", "confirmation_message", "confirmation")
DECLINED_SPOKEN = ("message", "header", "errors", "error", "field_errors", "data")
MARKED_UP = ("html",)
FAULTS = ("invalid_fields", "field", "field_errors", "errors")
"""Where what is wrong with single fields stands."""
UNSEEN = ("wpforms-hidden", "screen-reader-text")
"""Classes of words that are there for those who cannot see."""


Claim = tuple[Answer, str]
"""What an answer claims, and its own words."""

Reading = Callable[[Mapping[str, object]], Claim | None]
"""How a known system's answer is read; None where it is as any other's."""


def read_report(text: str, read: Reading | None = None) -> Claim | None:
    """Return what a JSON answer claims; None if it is no JSON.

    `read` knows the answers of the system that made the form.
    """
    report = read_json(text)
    if report is None:
        return None
    if read and (claim := read(report)):
        return claim
    answer = _claim(report)
    spoken = SPOKEN if answer is Answer.ACCEPTED else DECLINED_SPOKEN
    said = _spoken(report, (*spoken, *MARKED_UP))
    if answer is Answer.DECLINED:
        said = _with_fault(report, said)
        answer = Answer.BLOCKED if SPAM.search(said) else answer
    return answer, said


def read_json(text: str) -> Mapping[str, object] | None:
    """Return the JSON object that was answered: empty for other JSON, None for none.

    What stands before the first brace is passed over: PHP prints its warnings
    there.
    """
    try:
        report = json.loads(text[max(0, text.find("{")) :])
    except (ValueError, RecursionError):
        return None
    return report if isinstance(report, dict) else {}


def _claim(report: Mapping[str, object]) -> Answer:
    """Read the deciding field: the status, then flags and errors.

    MetForm's success carries an `error` list, so `status` comes first.  WPForms
    answers its honeypot with a success that has nothing to say.
    """
    if (status := STATUSES.get(str(report.get("status")).lower())) is not None:
        return status
    for flag in FLAGS:
        match str(report.get(flag)).lower():
            case "true" | "1":
                silent = report.get("data") == {"confirmation": ""}
                return Answer.UNCLEAR if silent else Answer.ACCEPTED
            case "false" | "0":
                return Answer.DECLINED
    if report.get("errors") or report.get("error"):
        return Answer.DECLINED
    return Answer.UNCLEAR


def at(node: object, *path: str) -> object:
    """Return what stands at a path of names in JSON; None where nothing does."""
    for name in path:
        if not isinstance(node, dict):
            return None
        node = node.get(name)
    return node


def _with_fault(report: Mapping[str, object], said: str) -> str:
    """Return what was said, and the first fault that was found with a field."""
    for named in islice(_nodes(report), MOST_NODES):
        faults = named.items() if isinstance(named, dict) else ()
        for name, fault in faults:
            told = sentence(fault) if name in FAULTS else ""
            if told and told not in said:
                return f"{said} {told}".strip()
    return said


def sentence(fault: object) -> str:
    """Return the first words in a JSON value that are more than a name or a code."""
    for leaf in islice(_nodes(fault), MOST_NODES):
        if isinstance(leaf, str) and " " in (told := plain(leaf)):
            return told
    return ""


def _spoken(report: object, names: Sequence[str]) -> str:
    """Return the first words under one of `names`, the best name first."""
    nodes = list(islice(_nodes(report), MOST_NODES))
    for name in names:
        for node in nodes:
            if isinstance(node, dict) and name in node:
                for leaf in islice(_nodes(node[name]), MOST_NODES):
                    if isinstance(leaf, str) and (said := plain(leaf)):
                        return said
    return ""


def _nodes(root: object) -> Iterator[object]:
    """Yield a JSON value and all in it, level by level."""
    level = [root]
    while level:
        below: list[object] = []
        for node in level:
            yield node
            if isinstance(node, dict):
                below += node.values()
            elif isinstance(node, list):
                below += node
        level = below


def plain(text: str) -> str:
    """Return text without the markup in which most systems wrap their messages."""
    text = text[: 10 * MOST_WORDS]
    if "<" in text:
        try:
            root: HtmlElement = document_fromstring(f"<div>{text}</div>")
        except (etree.LxmlError, ValueError):
            return ""
        for name in UNSEEN:
            for unseen in root.find_class(name):
                unseen.drop_tree()
        return words(root, MOST_WORDS)
    return clean(text, MOST_WORDS)
