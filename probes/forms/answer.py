"""What a form's answer claims: hearsay, since only the mailbox proves anything."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import urldefrag, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from probes.forms.decode import decode
from probes.forms.form import Answer, Form, Page, Receipt
from probes.forms.guards import guards
from probes.forms.labels import clean, words
from probes.forms.phrases import ERROR_ADDRESS, ERRORS, SPAM, THANKS, THANKS_ADDRESS
from probes.forms.reply import Reply
from probes.forms.reported import Claim, read_report
from probes.forms.shown import MOST_WORDS, read_shown
from probes.forms.systems.known import system_of
from probes.forms.systems.system import AnswerPage
from probes.forms.systems.wordpress import UNHEARD, unheard
from probes.forms.walls import announced

SILENT = "It answered without a word about the message."

CONTACT_FORM_7: Mapping[str, Answer] = {
    "sent": Answer.ACCEPTED,
    "failed": Answer.DECLINED,
    "invalid": Answer.DECLINED,
    "unaccepted": Answer.DECLINED,
    "aborted": Answer.DECLINED,
    "spam": Answer.BLOCKED,
}
"""The class of its form after a submission, includes/contact-form.php."""

REDIRECT, REQUEST_ERROR, FORBIDDEN = 300, 400, 403
TOO_MANY, SERVER_ERROR = 429, 500
MOST_TEXT = 10_000
MOST_ELEMENTS = 20_000


def read_answer(
    reply: Reply, *, form: Form, page: Page, is_signed: bool = False
) -> Receipt:
    """Return what was answered to `form` of `page`; never raises.

    `is_signed` where a guard of the page should have let the message past.

    In doubt the answer is `UNCLEAR`: nobody is told of a failure that the mailbox
    does not confirm.
    """
    claimed, said = _claim(reply, form, page)
    answer = _under_status(reply.status, claimed)
    if is_signed and _is_shut_out(reply.status, claimed, page):
        answer = Answer.BLOCKED
    if answer is Answer.DECLINED and SPAM.search(said):
        answer = Answer.BLOCKED
    said = clean(said, MOST_WORDS) or SILENT
    receipt = Receipt(answer=answer, words=said, status=reply.status, url=reply.url)
    system = system_of(form)
    return replace(receipt, system=system.name) if system else receipt


def is_report(content_type: str, text: str) -> bool:
    """Tell what a script reads from what a visitor does: PHP often says `text/html`."""
    said = text.strip()
    return "json" in content_type.lower() or said[:1] == "{" or said in UNHEARD


def reported(text: str, form: Form, url: str) -> Claim | None:
    """Return what a script is told at `url` that answers `form`; None if nothing."""
    if why := unheard(url, text):
        return Answer.DECLINED, why
    system = system_of(form)
    return read_report(text, system.read if system else None)


def _under_status(status: int, claimed: Answer) -> Answer:
    """Return what a claim is worth under an HTTP status.

    A server that broke may have sent the message before (Wagtail has stored it
    by then), and a redirect that we could not follow says nothing.  Who asks more
    often than he may is kept out, and nobody else (RFC 6585, section 4).
    """
    if claimed is Answer.BLOCKED or status == TOO_MANY:
        return Answer.BLOCKED
    if status >= SERVER_ERROR:
        return Answer.UNCLEAR
    if status >= REQUEST_ERROR:
        return Answer.DECLINED
    return Answer.UNCLEAR if status >= REDIRECT else claimed


def _is_shut_out(status: int, claimed: Answer, page: Page) -> bool:
    """Tell whether a guard did not know the signature: our recipes answer 403 then.

    That says nothing of visitors, who solve what it asks; what a form says does.
    """
    return status == FORBIDDEN and claimed is Answer.UNCLEAR and bool(page.guards)


def _claim(reply: Reply, form: Form, page: Page) -> Claim:
    """Read the body, whatever its content type says."""
    if challenge := announced(reply.headers):
        words = f"A challenge by the {challenge.words} came as the answer."
        return Answer.BLOCKED, words
    if b"\x00" in reply.body[:1000]:
        return Answer.UNCLEAR, ""
    text, _ = decode(reply.body, reply.content_type)
    if is_report(reply.content_type, text):
        report = reported(text, form, reply.url)
        if report is not None:
            return report
    root = _tree(text)
    if root is None:
        return _by_address(reply.url, form, page), ""
    if wall := _wall(root, page):
        return Answer.BLOCKED, wall
    return (
        _by_system(root, reply, form, page)
        or _by_form_class(root)
        or _by_news(root, reply.url, form, page)
    )


def _wall(root: HtmlElement, page: Page) -> str:
    """Return what was put in the answer's place: a firewall's, or a CAPTCHA's page."""
    shown = words(root, MOST_TEXT)
    known = {"question", *(guard.name for guard in page.guards)}
    for guard in guards(root, shown):
        asks = guard.visible and guard.name not in known
        if guard.name == "waf" or (asks and not THANKS.search(shown)):
            return f"{guard.words}: {shown}"
    return ""


def _by_system(root: HtmlElement, reply: Reply, form: Form, page: Page) -> Claim | None:
    """Read a page as it is known of the system that made the form."""
    system = system_of(form)
    if system is None or system.see is None:
        return None
    return system.see(
        AnswerPage(root=root, url=reply.url, status=reply.status, form=form, page=page)
    )


def _tree(text: str) -> HtmlElement | None:
    """Return the answer as a tree, or None where it is none, or beyond all measure."""
    parser = HTMLParser(encoding="utf-8")
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:  # no element in it
        return None
    beyond = next(islice(root.iter(), MOST_ELEMENTS, None), None)
    return root if beyond is None else None


def _by_form_class(root: HtmlElement) -> Claim | None:
    """Read Contact Form 7's answer, which is the page again with another class."""
    for element in root.iter("form"):
        classes = (element.get("class") or "").split()
        for name in classes if "wpcf7-form" in classes else ():
            if (answer := CONTACT_FORM_7.get(name)) is not None:
                said = element.find_class("wpcf7-response-output")
                return answer, words(said[0], MOST_WORDS) if said else ""
    return None


def _by_news(root: HtmlElement, url: str, form: Form, page: Page) -> Claim:
    """Weigh what is new: an error in its place, thanks, the form come back.

    Error words outside of a place for errors count only where nothing else
    speaks, and only on the page that was asked: others talk of other things.
    """
    shown = read_shown(root, form=form, page=page)
    address = _by_address(url, form, page)
    thanked = bool(shown.thanks) or address is Answer.ACCEPTED
    said = shown.error or shown.thanks or shown.complaint or _heading(root)
    if shown.error or address is Answer.DECLINED or shown.returned:
        doubtful = thanked and not ERRORS.search(shown.error)
        return (Answer.UNCLEAR if doubtful else Answer.DECLINED), said
    if thanked:
        return Answer.ACCEPTED, said
    if shown.complaint and not _moved(url, form, page):
        return Answer.DECLINED, said
    return Answer.UNCLEAR, said


def _by_address(url: str, form: Form, page: Page) -> Answer:
    """Read the address to which the answer sent us: `/contact/thank-you/`, `?error`."""
    if not _moved(url, form, page):
        return Answer.UNCLEAR
    address, known = _path(url), _path(page.url)
    if ERROR_ADDRESS.search(address) and not ERROR_ADDRESS.search(known):
        return Answer.DECLINED
    if THANKS_ADDRESS.search(address) and not THANKS_ADDRESS.search(known):
        return Answer.ACCEPTED
    return Answer.UNCLEAR


def _moved(url: str, form: Form, page: Page) -> bool:
    """Tell whether the answer came from another address than we asked.

    The query does not count for a form that is sent by GET: it is our message.
    """
    asked = (page.url, form.action)
    if form.method == "get":
        return _bare(url) not in {_bare(address) for address in asked}
    return urldefrag(url).url not in {urldefrag(address).url for address in asked}


def _path(url: str) -> str:
    """Return an address without its host, which may be `thank-you-cards.example`."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}#{parts.fragment}"


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def _heading(root: HtmlElement) -> str:
    """Return what a page without news is called."""
    for element in root.iter("h1", "title"):
        if said := words(element, MOST_WORDS):
            return said
    return ""
