"""What stands in a robot's way on a page, and in which of its forms.

A guard is told, never evaded.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from lxml.html import HtmlElement

from probes.forms.form import Guard
from probes.forms.labels import clean, words
from probes.forms.walls import walls
from probes.forms.widgets import is_silent, kind_of, words_for

SUM = re.compile(
    r"\b\d{1,2}\s*(?:[+*x×]|[-−–](?=\s*\d+\s*=)"  # noqa: RUF001 - as pages write it
    r"|plus|minus|times|mal|und|fois|moins|m[aá]s|mais|più|per|keer|razy)"
    r"\s*\d{1,2}\s*(?:[=?:]|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""`3 + 4 =`, `3 plus 4?`; a minus needs its `=`, for opening hours have one too."""

MOST_GUARDS = 20
MOST_ASKED = 300
MOST_FIELDS = 500


def guards(root: HtmlElement, text: str) -> Sequence[Guard]:
    """Return the guards on a page, firewalls first, each once a form.

    `text` is the page's visible text.  Scripts that any page may load
    (reCAPTCHA v3, Cloudflare's silent detection) are no reason to call a page
    guarded: the first are given as invisible guards, the second not at all.
    """
    forms = {form: number for number, form in enumerate(root.iter("form"))}
    found = dict.fromkeys(walls(root, text))
    for guard in _widgets(root, forms):
        found.setdefault(guard)
    for guard in _sums(root, forms):
        found.setdefault(guard)
    return tuple(found)[:MOST_GUARDS]


def _widgets(root: HtmlElement, forms: Mapping[HtmlElement, int]) -> Iterator[Guard]:
    for element in root.iter("*"):
        if kind := kind_of(element):
            yield Guard(
                name=kind,
                words=words_for(kind, element),
                form=_home(element, forms),
                visible=not is_silent(kind, element),
            )


def _sums(root: HtmlElement, forms: Mapping[HtmlElement, int]) -> Iterator[Guard]:
    """Find the fields that want the answer to a sum."""
    for field in islice(root.iter("input"), MOST_FIELDS):
        form = next(field.iterancestors("form"), None)
        kind = (field.get("type") or "text").lower()
        if form is None or kind not in ("text", "number", "tel"):
            continue
        if match := SUM.search(_words_at(field, form)):
            asked = " ".join(match[0].split())
            yield Guard(
                name="question",
                words=f"a sum to solve ({asked})",
                form=forms[form],
                field=field.get("name") or "",
            )


def _words_at(field: HtmlElement, form: HtmlElement) -> str:
    """Return what a field is asked with: its label, placeholder and neighbours."""
    said = [field.get("placeholder") or "", field.get("aria-label") or ""]
    parent = field.getparent()
    if parent is not None and parent is not form:
        said += _said(parent)
    else:
        before = field.getprevious()
        said += [] if before is None else [*_said(before), before.tail or ""]
    if name := field.get("id"):
        for label in form.iter("label"):
            if label.get("for") == name:
                said += _said(label)
    return "\n".join(clean(piece) for piece in said)


def _said(element: HtmlElement) -> Sequence[str]:
    """Return the words of an element, if they are few enough to be a question."""
    said = words(element, MOST_ASKED + 1)
    return [said] if len(said) <= MOST_ASKED else []


def _home(element: HtmlElement, forms: Mapping[HtmlElement, int]) -> int | None:
    for ancestor in element.iterancestors("form"):
        return forms.get(ancestor)
    return None
