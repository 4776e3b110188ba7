"""What does an HTML mail say to its reader?  Nothing is fetched, nothing run."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from probes.mail.charset import clean

UNSEEN = frozenset(
    {"script", "style", "title", "template", "head", "object", "iframe", "svg"}
)
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|nav|ol|p|pre|"
    "section|table|tbody|tfoot|thead|tr|ul"
)
CELLS = frozenset({"td", "th"})


def text_of(markup: str) -> str:
    """Return the readable text of `markup`: a line per block, a row per line.

    What a mail program marks as quoted (a `blockquote` that cites) gets the
    `>` that it would have in plain text.  Blanks are collapsed as a browser
    does.  Markup that no parser takes is stripped of its tags.
    """
    parser = etree.HTMLParser(
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=True,  # else libxml2 drops what lies deeper than 256 levels
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(clean(markup).encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    lines = "" if root is None else _lines(root)
    return lines or _stripped(markup)


def _lines(root: etree._Element) -> str:
    lines: list[str] = []
    line: list[str] = []
    depth = 0
    for piece, level in _pieces(root):
        if piece is None:
            _end(lines, line, depth)
            depth = level
        else:
            line.append(piece)
    _end(lines, line, depth)
    return "\n".join(lines).strip("\n")


def _end(lines: list[str], line: list[str], depth: int) -> None:
    """Put the collected pieces on a line; of empty lines, one is enough."""
    text = " ".join("".join(line).split())
    line.clear()
    if text:
        lines.append(f"> {text}" if depth else text)
    elif lines and lines[-1]:
        lines.append("")


def _pieces(root: etree._Element) -> Iterator[tuple[str | None, int]]:
    """Walk the tree, without recursion: pieces of text, None between blocks.

    The number is how many quotations deep the walk is after the piece.
    """
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if event == "start" and tag in UNSEEN:
            walk.skip_subtree()
            continue
        if _cites(element):
            depth += 1 if event == "start" else -1
        if BLOCKS.fullmatch(tag):
            yield None, depth
        elif tag in CELLS:
            yield " ", depth
        text = element.text if event == "start" else element.tail
        if text:
            yield text, depth


def _cites(element: etree._Element) -> bool:
    """Return whether this is the answered mail, and not a form's own style.

    Apple Mail and Thunderbird write `type="cite"`, Gmail `class="gmail_quote"`;
    plain ones, and WordPress's `wp-block-quote`, frame the visitor's words.
    """
    if element.tag != "blockquote":
        return False
    return element.get("type") == "cite" or "_quote" in (element.get("class") or "")


def _stripped(markup: str) -> str:
    """Return what is left without tags (libxml2 has its limits)."""
    bare = re.sub(r"(?is)<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>", " ", markup)
    lines = (" ".join(line.split()) for line in html.unescape(bare).splitlines())
    return clean("\n".join(line for line in lines if line))
