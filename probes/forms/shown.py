"""What an HTML answer shows that the page with the form did not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from probes.forms.form import Form, Meaning, Page
from probes.forms.labels import INLINE, UNREAD, clean, words
from probes.forms.phrases import ERRORS, THANKS
from probes.forms.visibility import hides

MOST_WORDS = 300
MOST_LINES = 2_000
MOST_REGIONS = 200

THANKS_CLASS = re.compile(
    r"(?:^|[-_])(?:success(?:ful)?|sent|confirmation|thanks|thank[-_]?you)(?:$|[-_])"
    r"|^frm_message$|^messages--status$"
)
ERROR_CLASS = re.compile(
    r"(?:^|[-_])(?:errors?|errorlist|invalid|not-valid|danger|fail(?:ed|ure)?|warning)"
    r"(?:$|[-_])"
)
NO_REGION = frozenset(("html", "body", "main", "form", "input", "textarea", "select"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The news of an answer, each in its own words, empty where there are none."""

    thanks: str = ""
    error: str = ""
    """In a place for errors."""
    complaint: str = ""
    """Like an error, but anywhere."""
    returned: bool = False
    """The form came back with what we had written, or with fields marked as wrong."""


def read_shown(root: HtmlElement, *, form: Form, page: Page) -> Shown:
    """Return what is new in the answer `root` against `page`.

    Many pages hold their thanks and errors ready and hidden (Jetpack's is in
    every page): what the page said before we sent anything is no answer.
    """
    before = _squashed(page.text)
    thanks: list[str] = []
    errors: list[str] = []
    complaints: list[str] = []
    for region in islice(_regions(root), MOST_REGIONS):
        said = words(region, MOST_WORDS)
        if not said or _squashed(said) in before:
            continue
        if _complains(region, said):
            errors.append(said)
        elif _thanks(region, said):
            thanks.append(said)
    for line in islice(_lines(root), MOST_LINES):
        sorry, glad = ERRORS.search(line), THANKS.search(line)
        if bool(sorry) is bool(glad) or _squashed(line) in before:
            continue
        (complaints if sorry else thanks).append(line)
    return Shown(
        thanks=next(iter(thanks), ""),
        error=next(iter(errors), ""),
        complaint=next(iter(complaints), ""),
        returned=_returned(root, form),
    )


def _regions(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the places for news: by role, and by what their class says."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in NO_REGION:
            continue
        marked = element.get("role") in ("alert", "status") or _is(
            element, THANKS_CLASS, ERROR_CLASS
        )
        if marked and not _hidden(element):
            yield element


def _complains(region: HtmlElement, said: str) -> bool:
    if ERRORS.search(said):
        return True
    return _is(region, ERROR_CLASS) and not THANKS.search(said)


def _thanks(region: HtmlElement, said: str) -> bool:
    return _is(region, THANKS_CLASS) or THANKS.search(said) is not None


def _is(element: HtmlElement, *kinds: re.Pattern[str]) -> bool:
    names = (element.get("class") or "")[:MOST_WORDS]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).lower()
    return any(kind.search(name) for name in spaced.split() for kind in kinds)


def _hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or hides(element.get("style") or "")


def _lines(root: HtmlElement) -> Iterator[str]:
    """Yield the visible text, a line for each piece between block elements."""
    pieces: list[str] = []
    body = root.find("body")
    stack: list[HtmlElement | str] = [root if body is None else body]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        stack.append(" ".join((node.tail or "").splitlines()))
        if not isinstance(node.tag, str) or node.tag in UNREAD or _hidden(node):
            continue
        edge = "" if node.tag in INLINE else "\n"
        stack += [edge, *node.iterchildren(reversed=True)]
        stack.append(edge + " ".join((node.text or "").splitlines()))
    for line in "".join(pieces).split("\n"):
        if said := clean(line):
            yield said


def _squashed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _returned(root: HtmlElement, form: Form) -> bool:
    names = {field.name for field in form.fields}
    written = {
        field.name
        for field in form.fields
        if field.kind == "textarea"
        and not field.value.strip()
        and field.means is not Meaning.HONEYPOT
    }
    for control in root.iter("input", "textarea", "select"):
        name = control.get("name")
        if control.get("aria-invalid") == "true" and name in names:
            return True
        if (
            control.tag == "textarea"
            and name in written
            and (control.text or "").strip()
        ):
            return True
    return False
