"""Would a person see this control?  Told by attributes and by simple styles.

Honeypots are hidden from people and shown to robots.  Only what is inside the
form counts, since a whole form may wait in a pop-up; and what hides three
controls or a button is a step of the form that comes later, not a trap.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

MOST_CSS = 300_000
MOST_ALIKE = 10
MOST_ANCESTORS = 30
MOST_SELECTOR = 200
MOST_NODES = 300
A_STEP = 3

SMALL = r"(?:0|1)(?:\.\d+)?(?:px|em|rem|pt|%)?"
FAR = r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%|vw|vh)?"
HIDING = re.compile(
    rf"""(?:^|;)(?:
        display:none | visibility:(?:hidden|collapse)
      | opacity:0*\.?0*(?:%)?(?=;|!|$)
      | (?:max-)?(?:height|width):{SMALL}(?=;|!|$)
      | (?:left|right|top|bottom|margin-left|margin-top|text-indent):{FAR}
      | clip:rect\((?:0|1)(?:px)?[,0-9px]*\)
      | clip-path:inset\((?:50|100)%
      | transform:scale\(0
    )""",
    re.VERBOSE,
)
COMPOUND = re.compile(
    r"""([a-z][a-z0-9]*|\*)? ((?:[.\#][\w-]+)*) (?:\[name=["']?([^"'\]]+)["']?\])?""",
    re.VERBOSE | re.IGNORECASE,
)

HIDDEN_CLASSES = frozenset(
    (
        ".d-none",
        ".hidden",
        ".is-hidden",
        ".visually-hidden",
        ".visuallyhidden",
        ".sr-only",
        ".screen-reader-text",
        ".offscreen",
        ".off-screen",
    )
)
"""What the common style sheets, which we do not fetch, call the hidden."""

SHOWN_AT = re.compile(
    r"\b(?:d-)?(?:sm|md|lg|xl|2xl|xxl)[:-](?:block|flex|grid|inline|table|contents)"
)
"""The classes of Tailwind and Bootstrap that show something from a width on."""

Compound = tuple[str, frozenset[str], str]
"""What one element must be: its tag, its `.classes` and `#id`, its name."""
Rules = Mapping[str, Sequence[Sequence[Compound]]]
"""Selectors that hide, last compound first, by one word that this one must have."""


def hides(style: str) -> bool:
    """Tell whether declarations take an element out of people's sight."""
    return HIDING.search("".join(style[:2000].lower().split())) is not None


def hiding_rules(root: HtmlElement) -> Rules:
    """Return the rules of the page's own `<style>` elements that hide something."""
    rules: dict[str, list[Sequence[Compound]]] = {}
    budget = MOST_CSS
    for style in root.iter("style"):
        css = (style.text or "")[:budget]
        budget -= len(css)
        for selector in _hidden_selectors(css):
            if compounds := _compounds(selector):
                tag, marks, name = compounds[0]
                key = min(marks, default=f"[{name}]" if name else tag)
                alike = rules.setdefault(key, [])
                if len(alike) < MOST_ALIKE:
                    alike.append(compounds)
    return rules


def _hidden_selectors(css: str) -> Iterator[str]:
    """Read rules outside of `@media` and the like, which may not apply to us."""
    depth, start, selectors = 0, 0, ""
    for brace in re.finditer(r"[{}]", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        text = brace.string[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            depth += 1
            selectors = text if depth == 1 else ""
            continue
        if depth == 1 and "@" not in selectors and hides(text):
            yield from selectors[:2000].split(",")
        depth = max(0, depth - 1)


def _compounds(selector: str) -> Sequence[Compound]:
    """Return a selector's compounds, last first; none if it is not a simple one."""
    parts = selector.strip()[:MOST_SELECTOR].replace(">", " ").split()
    compounds = []
    for part in reversed(parts):
        match = COMPOUND.fullmatch(part)
        if match is None:
            return ()
        tag, marks, name = (group or "" for group in match.groups())
        words = frozenset(re.findall(r"[.#][\w-]+", marks))
        compounds.append((tag.lower().strip("*"), words, name))
    if not compounds or compounds[0] in (
        ("", frozenset(), ""),
        ("body", frozenset(), ""),
    ):
        return ()
    return compounds


class Sight:
    """What of one page's forms a person sees; remembers what it has found."""

    def __init__(self, root: HtmlElement) -> None:
        self._rules = hiding_rules(root)
        self._known: dict[HtmlElement, bool] = {}

    def sees(self, control: HtmlElement) -> bool:
        """Tell whether a person who looks at the control's form sees the control."""
        if control.get("tabindex") == "-1" and control.get("required") is None:
            return False  # nobody gets there by the keyboard
        if self._is_hidden(control):
            return False
        for ancestor in islice(control.iterancestors(), MOST_ANCESTORS):
            if ancestor.tag in ("form", "body"):
                break
            unseen = ancestor.get("aria-hidden") == "true" or self._is_hidden(ancestor)
            if unseen and not _is_step(ancestor):
                return False
        return True

    def _is_hidden(self, element: HtmlElement) -> bool:
        if element not in self._known:
            self._known[element] = (
                element.get("hidden") is not None
                or hides(element.get("style") or "")
                or _has_hiding_class(element)
                or self._has_hiding_rule(element)
            )
        return self._known[element]

    def _has_hiding_rule(self, element: HtmlElement) -> bool:
        keys = [*_marks(element), f"[{element.get('name')}]", str(element.tag)]
        return any(
            _matches(element, selector)
            for key in keys
            for selector in self._rules.get(key, ())
        )


def _has_hiding_class(element: HtmlElement) -> bool:
    """Tell whether a class hides it from all, and not on small screens alone."""
    classes = (element.get("class") or "")[:1000]
    return not HIDDEN_CLASSES.isdisjoint(_marks(element)) and not SHOWN_AT.search(
        classes
    )


def _marks(element: HtmlElement) -> frozenset[str]:
    return _marked((element.get("class") or "")[:1000], element.get("id") or "")


@lru_cache(maxsize=1024)
def _marked(classes: str, name: str) -> frozenset[str]:
    """Return classes and id as selectors write them."""
    ids = {f"#{name}"} if name else set()
    return frozenset({f".{word}" for word in classes.split()} | ids)


def _matches(element: HtmlElement, selector: Sequence[Compound]) -> bool:
    """Match the last compound with the element, the others with its ancestors."""
    if not _is(element, selector[0]):
        return False
    wanted = list(selector[1:])
    for ancestor in islice(element.iterancestors(), MOST_ANCESTORS):
        if wanted and _is(ancestor, wanted[0]):
            wanted.pop(0)
    return not wanted


def _is(element: HtmlElement, compound: Compound) -> bool:
    tag, marks, name = compound
    return (
        tag in ("", element.tag)
        and (not name or element.get("name") == name)
        and marks <= _marks(element)
    )


def _is_step(element: HtmlElement) -> bool:
    """Tell a later step of a form, which is hidden until its turn, from a trap."""
    controls = 0
    for node in islice(element.iter(), MOST_NODES):
        kind = (node.get("type") or "").lower()
        if node.tag == "button" or kind in ("submit", "button"):
            return True
        controls += node.tag in ("input", "textarea", "select") and kind != "hidden"
    return controls >= A_STEP
