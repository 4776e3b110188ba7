"""From the bytes of a page to its forms, as a browser would see them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import urldefrag, urljoin

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from probes.errors import Unintelligible, translated
from probes.forms.button import sending_button
from probes.forms.controls import fields_of
from probes.forms.decode import decode, known_charset
from probes.forms.embeds import embeds
from probes.forms.form import Form, Page
from probes.forms.guards import guards
from probes.forms.labels import Labels, clean, words
from probes.forms.meaning import understood
from probes.forms.owners import mark_ends, owned_controls
from probes.forms.visibility import Sight

MOST_BYTES = 8_000_000
MOST_ELEMENTS = 60_000
MOST_TEXT = 20_000
MOST_FORM_TEXT = 2_000
MOST_WORDS = 50
MOST_DATA = 10_000
MOST_ADDRESS = 4_000
MOST_SCRIPTS = 500_000
MOST_LINKS = 500
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FORM_URLENCODED = "application/x-www-form-urlencoded"


def read_page(body: bytes, *, url: str, content_type: str) -> Page:
    """Return the page with its forms, in the order in which they stand.

    `url` is where it was found after redirects.  Raises `Unintelligible` for
    what is no page, or is nested, or is large beyond all measure; bytes that
    are merely wrong are read as well as a browser reads them.
    """
    if len(body) > MOST_BYTES:
        raise Unintelligible(
            f"The page is larger than {MOST_BYTES // 1_000_000} MB: too large to be "
            "read as a contact page."
        )
    html, charset = decode(body, content_type)
    if not html.strip():
        raise Unintelligible("The page is empty.")
    root = _parsed(html)
    body_element = root.find("body")
    text = words(root if body_element is None else body_element, MOST_TEXT)
    return Page(
        url=url,
        title=clean(root.findtext(".//title") or ""),
        forms=tuple(_forms(root, url, charset)),
        guards=tuple(guards(root, text)),
        text=text,
        scripts=tuple(_scripts(root)),
        links=dict(_links(root, url)),
        embeds=tuple(embeds(root, url)),
    )


def _parsed(html: str) -> HtmlElement:
    """Return the tree, within the parser's own limits of depth and size."""
    parser = HTMLParser(encoding="utf-8", huge_tree=False)
    with translated({etree.LxmlError: Unintelligible}, "The page cannot be read: "):
        root = document_fromstring(
            mark_ends(html).encode("utf-8", "replace"),
            parser=parser,
            ensure_head_body=True,
        )
    limits = (e for e in parser.error_log if e.type_name == "ERR_RESOURCE_LIMIT")
    too_many = root.xpath(f"count(//*) > {MOST_ELEMENTS}")
    if too_many or next(limits, None):
        raise Unintelligible(
            "The page is nested too deeply, or is too large, to be read as a contact "
            "page."
        )
    return root


def _forms(root: HtmlElement, url: str, charset: str) -> Iterator[Form]:
    base = _base(root, url)
    labels, sight, headings = Labels(root), Sight(root), _headings(root)
    for element, controls in owned_controls(root).items():
        shown = f"{headings.get(element, '')} {words(element, MOST_FORM_TEXT)}"
        form = Form(
            action="",
            method="",
            enctype="",
            charset=_charset(element.get("accept-charset") or "", charset),
            fields=understood(fields_of(controls, labels, sight)),
            id=element.get("id") or "",
            name=element.get("name") or "",
            classes=tuple((element.get("class") or "").split()[:MOST_WORDS]),
            text=clean(shown, MOST_FORM_TEXT),
            data=_data(element),
        )
        pressed = sending_button(form)
        button = dict(controls)[pressed.place] if pressed else None
        yield replace(
            form,
            action=_action(_told("action", element, button), base, url),
            method=_method(_told("method", element, button)),
            enctype=_enctype(_told("enctype", element, button)),
        )


def _told(what: str, form: HtmlElement, button: HtmlElement | None) -> str:
    """Return what the button says of the posting, or else the form.

    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-formaction
    """
    told = None if button is None else button.get(f"form{what}")
    return ((form.get(what) if told is None else told) or "").strip()


def _action(action: str, base: str, url: str) -> str:
    """Return where the form posts to; without an action that is its own page."""
    resolved = _resolved(base, action) if action else url
    return urldefrag(resolved).url


def _method(method: str) -> str:
    return "post" if method.lower() == "post" else "get"


def _enctype(enctype: str) -> str:
    known = ("multipart/form-data", "text/plain")
    return enctype.lower() if enctype.lower() in known else FORM_URLENCODED


def _charset(accepted: str, page: str) -> str:
    """Return in which charset the form posts: never UTF-16, says HTML."""
    for label in accepted.replace(",", " ").split()[:MOST_WORDS]:
        if charset := known_charset(label):
            page = charset
            break
    return "utf-8" if page.startswith("utf-16") else page


def _data(form: HtmlElement) -> Mapping[str, str]:
    items = islice(form.attrib.items(), MOST_WORDS)
    return {
        name.removeprefix("data-"): value[:MOST_DATA]
        for name, value in items
        if name.startswith("data-")
    }


def _scripts(root: HtmlElement) -> Iterator[str]:
    left = MOST_SCRIPTS
    for script in root.iter("script"):
        told = (script.text or "")[:left]
        left -= len(told)
        if told:
            yield told


def _links(root: HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """Yield relation and address, the first of each relation last: it counts."""
    base = _base(root, url)
    for link in reversed(list(islice(root.iter("link"), MOST_LINKS))):
        for relation in (link.get("rel") or "").split()[:MOST_WORDS]:
            yield relation, _resolved(base, link.get("href") or "")


def _base(root: HtmlElement, url: str) -> str:
    """Return what relative addresses are relative to.

    https://html.spec.whatwg.org/multipage/semantics.html#set-the-frozen-base-url
    """
    for element in root.iter("base"):
        if (address := element.get("href")) is not None:
            base = _resolved(url, address)
            return url if base.startswith(("data:", "javascript:")) else base
    return url


def _resolved(base: str, address: str) -> str:
    try:
        return urljoin(base, re.sub(r"[\t\r\n]", "", address[:MOST_ADDRESS]).strip())
    except ValueError:  # an address that is none, as `http://[`
        return base


def _headings(root: HtmlElement) -> Mapping[HtmlElement, str]:
    """Return the heading before each form."""
    heading, found = "", {}
    for element in root.iter("form", *HEADINGS):
        if element.tag == "form":
            found[element] = heading
        else:
            heading = words(element)
    return found
