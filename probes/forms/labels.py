"""What people read beside a control."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from probes.forms.owners import CONTROLS

UNREAD = frozenset(
    ("script", "style", "template", "select", "textarea", "option", "datalist")
)
"""Elements whose text is no prose, or not what a control is called."""
INLINE = frozenset(
    ("a", "abbr", "b", "em", "font", "i", "label", "small", "span", "strong", "sup")
)
"""Elements that do not part a word from the next."""

MOST_LABEL = 300
MOST_NODES = 60
MOST_IDS = 5
NEAR_LEVELS = 4
NEAR_SIBLINGS = 5
A_ROW = 2
"""Cells from which on a row of a table holds more than one field."""


def clean(text: str, limit: int = MOST_LABEL) -> str:
    """Return text on one line, without control characters, at most `limit` long."""
    line = " ".join(text[: 4 * limit].split())
    if not line.isprintable():
        shown = (c if c.isprintable() else " " for c in line)
        line = " ".join("".join(shown).split())
    return line[:limit].strip()


def words(element: HtmlElement, limit: int = MOST_LABEL) -> str:
    """Return what a reader sees of `element`'s text, at most `limit` characters."""
    if not isinstance(element.tag, str):  # a comment
        return ""
    return clean("".join(_texts(element, limit)), limit)


def _texts(element: HtmlElement, limit: int) -> Iterator[str]:
    """Yield texts in order; stop when there is enough, or nothing for too long."""
    length = 0
    walk = iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in islice(walk, MOST_NODES + limit):
        space = "" if node.tag in INLINE else " "
        if event != "start":
            text = "" if node is element else space + (node.tail or "")
        elif node.tag in UNREAD:
            walk.skip_subtree()
            continue
        else:
            text = space + (node.text or "")
        length += len(text.strip())
        yield text[: 2 * limit]
        if length >= limit:
            return


class Labels:
    """The labels of one page's controls."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._for: dict[str, HtmlElement] = {}
        for label in root.iter("label"):
            self._for.setdefault(label.get("for") or "", label)

    @cached_property
    def _by_id(self) -> Mapping[str, HtmlElement]:
        first: dict[str, HtmlElement] = {}
        for element in self._root.iter():
            if "id" in element.attrib:
                first.setdefault(element.get("id"), element)
        return first

    def own(self, control: HtmlElement) -> str:
        """Return what labels the control by its markup, if anything does."""
        for text in self._own(control):
            if text:
                return text
        return ""

    def _own(self, control: HtmlElement) -> Iterator[str]:
        name = control.get("id")
        label = self._for.get(name) if name else None
        # Of several elements with one id, a label belongs to the first.
        if label is not None and self._by_id.get(name) is control:
            yield words(label)
        for label in islice(control.iterancestors("label"), 1):
            yield words(label)
        yield clean(control.get("aria-label") or "")
        yield self._referred(control)
        yield clean(control.get("title") or "")

    def _referred(self, element: HtmlElement) -> str:
        names = (element.get("aria-labelledby") or "")[:MOST_LABEL].split()
        found = (self._by_id.get(name) for name in names[:MOST_IDS])
        return clean(" ".join(words(label) for label in found if label is not None))

    def group(self, control: HtmlElement) -> str:
        """Return what a group of radios or checkboxes is called, by its markup."""
        for ancestor in islice(control.iterancestors(), 2 * NEAR_LEVELS):
            if ancestor.tag == "form":
                break
            if text := self._referred(ancestor) or clean(
                ancestor.get("aria-label") or ""
            ):
                return text
            if ancestor.tag == "fieldset":
                return next((words(legend) for legend in ancestor.iter("legend")), "")
        return ""


def before(control: HtmlElement) -> str:
    """Return the text just before a control: as far as the control before it."""
    node: HtmlElement | None = control
    for _ in range(NEAR_LEVELS):
        if node is None or node.tag in ("form", "body"):
            break
        text = _text_of_elder(node)
        if text is not None:
            return text
        node = node.getparent()
    return ""


def _text_of_elder(node: HtmlElement) -> str | None:
    """Return the text before `node` in its parent, or "" if a control is nearer.

    None if there is neither: then the search goes on further out.
    """
    if header := _column_header(node):
        return header
    for sibling in islice(node.itersiblings(preceding=True), NEAR_SIBLINGS):
        if text := clean(sibling.tail or ""):
            return text
        if _has_control(sibling):
            return ""
        if text := words(sibling):
            return text
    parent = node.getparent()
    return (parent is not None and clean(parent.text or "")) or None


def _column_header(cell: HtmlElement) -> str:
    """Return what stands in the cell above, where the row above is one of headers."""
    row = cell.getparent()
    if row is None or cell.tag not in ("td", "th") or len(row) < A_ROW:
        return ""
    above = row.getprevious()
    if above is None or len(above) != len(row) or _has_control(above):
        return ""
    return words(above[row.index(cell)])


def after(control: HtmlElement) -> str:
    """Return the text just after a control, where radios and checkboxes have it."""
    if text := clean(control.tail or ""):
        return text
    follower = control.getnext()
    if follower is None or _has_control(follower):
        return ""
    return words(follower)


def _has_control(element: HtmlElement) -> bool:
    return any(
        node.tag in CONTROLS and node.get("type") != "hidden"
        for node in islice(element.iter(), MOST_NODES)
    )
