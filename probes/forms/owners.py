"""Which controls does a form post?  HTML's rules of form owners and disabling."""

import re
from collections.abc import Mapping, Sequence

from lxml.etree import Comment
from lxml.html import HtmlElement

from probes.errors import Unintelligible

CONTROLS = ("input", "select", "textarea", "button")
INERT = ("template", "noscript", "datalist")
"""What is in these is no control for a browser that runs scripts."""

MOST_CONTROLS = 1_000

END_MARK = "?/form"
"""A comment, as the parser reads `<?/form>`: where the page said `</form>`."""


def mark_ends(html: str) -> str:
    """Put a mark after each `</form>`, which the parser would else forget.

    A browser ends a form at its own end tag alone, whatever `</div>` or `</td>`
    closed before; so the controls of `<table><form>` and of broken themes still
    belong to it.  `<?…>` is a bogus comment: inert in comments and in scripts.
    https://html.spec.whatwg.org/multipage/parsing.html#form-element-pointer
    """
    return re.sub(
        r"(</form\b[^>]{0,100}>)", rf"\1<{END_MARK}>", html, flags=re.IGNORECASE
    )


def unmarked(text: str) -> str:
    """Return text of the page without our marks, where they fell into a value."""
    return text.replace(f"<{END_MARK}>", "")


Owned = Mapping[HtmlElement, Sequence[tuple[int, HtmlElement]]]
"""The controls of each form in the order of the page, each with its place."""


def owned_controls(root: HtmlElement) -> Owned:
    """Return every form of the page with the controls that it posts.

    `root` was parsed from a text with `mark_ends`.  Raises `Unintelligible` for
    pages with fields beyond all measure.
    """
    owned: dict[HtmlElement, list[tuple[int, HtmlElement]]] = {
        form: [] for form in root.iter("form")
    }
    by_id = {form.get("id"): form for form in reversed(owned) if form.get("id")}
    open_form: HtmlElement | None = None
    controls = 0
    for place, element in enumerate(root.iter("form", Comment, *CONTROLS)):
        if element.tag is Comment and element.text == END_MARK:
            open_form = None
        elif element.tag == "form" and open_form is None and not _inert(element):
            open_form = element
        elif element.tag in CONTROLS:
            controls += 1
            if controls > MOST_CONTROLS:
                raise Unintelligible(
                    f"The page has more than {MOST_CONTROLS} fields: too many to be "
                    "read as a contact page."
                )
            owner = (
                by_id.get(element.get("form"))
                if "form" in element.attrib
                else open_form
            )
            if owner is not None and not _inert(element) and not _disabled(element):
                owned[owner].append((place, element))
    return owned


def _inert(element: HtmlElement) -> bool:
    return next(element.iterancestors(*INERT), None) is not None


def _disabled(control: HtmlElement) -> bool:
    """Tell whether it, or a fieldset around it, is disabled.

    What is in a disabled fieldset's first legend stays enabled.
    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#concept-fe-disabled
    """
    if control.get("disabled") is not None:
        return True
    for fieldset in control.iterancestors("fieldset"):
        if fieldset.get("disabled") is not None:
            legend = next(fieldset.iterchildren("legend"), None)
            if all(around is not legend for around in control.iterancestors("legend")):
                return True
    return False
