"""Google Forms: a script of its page is told the questions; answers go by number.

Google documents neither; by the pages that it writes (2026).  Answers that are taken
are answered with the owner's words of thanks, others with the form again.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from probes.forms.errors import NoForm, NotFillable, OnlyInBrowser
from probes.forms.fetched import page_of
from probes.forms.form import Answer, Field, Form, Option, Page
from probes.forms.labels import clean, words
from probes.forms.meaning import understood
from probes.forms.reply import Reply
from probes.forms.reported import Claim
from probes.forms.shown import MOST_WORDS
from probes.forms.systems.system import AnswerPage, Proof, System

HOST, ACCOUNTS = "docs.google.com", "accounts.google.com"
SENDING, CLOSED = "/formResponse", "/closedform"
TOLD = re.compile(r"\bFB_PUBLIC_LOAD_DATA_\s*=\s*")
OK = 200
MOST_QUESTIONS, MOST_OPTIONS = 200, 100
FIRST_PLACE = 10_000
"""The questions go out after what is hidden in the page."""

KINDS = {0: "text", 1: "textarea", 2: "radio", 3: "select", 4: "checkbox", 5: "radio"}
"""Short answer, paragraph, multiple choice, dropdown, checkboxes, linear scale."""
CHOSEN = ("radio", "select", "checkbox")
SECTION = 8
ASKED_FOR_EMAIL = 3
"""Of the three ways to ask for an address: not, by an account, and in a field."""

SHUT = "The form is closed: Google Forms says that it takes no more answers."
ACCOUNT = "Google shows this form only to visitors who are signed in with an account."
UNTOLD = "The page of Google Forms does not tell its questions as it used to."
STEPS = "The form of Google Forms has several sections, of which each is sent in turn."
UNREAD = "The form of Google Forms insists on an answer of a kind that we cannot give."
RETURNED = "Google Forms showed the form again instead of its thanks."


def _is_its(form: Form) -> bool:
    parts = urlsplit(form.action)
    return parts.hostname == HOST and parts.path.endswith(SENDING)


def _draw(reply: Reply, _: Page) -> Page:
    """Draw the form as Google's script does, from what the page tells it."""
    where = urlsplit(reply.url)
    if where.hostname == ACCOUNTS:
        raise NotFillable(ACCOUNT)
    if where.path.endswith(CLOSED):
        raise NoForm(SHUT)
    page = page_of(reply)
    told = _found(page.scripts)
    if told is None:
        raise OnlyInBrowser(UNTOLD)
    title = _text(told, 1, 8)
    fields = [*_hidden(page), *_address(told), *_fields(_list(told, 1, 1))]
    form = Form(
        action=f"https://{HOST}{where.path.rpartition('/')[0]}{SENDING}",
        method="post",
        enctype="application/x-www-form-urlencoded",
        charset="utf-8",
        fields=understood(fields),
        text=f"{title} {_text(told, 1, 0)}",
    )
    return replace(page, forms=(form,))


def _found(scripts: Sequence[str]) -> object:
    """Return what the page tells its script; None where it tells nothing."""
    for script in scripts:
        if begins := TOLD.search(script):
            with suppress(ValueError, RecursionError):
                return json.JSONDecoder().raw_decode(script, begins.end())[0]
    return None


def _hidden(page: Page) -> Iterator[Field]:
    """Yield what the page sends along; the questions' own are filled by the script."""
    for form in filter(_is_its, page.forms):
        for field in form.fields:
            if field.kind == "hidden" and not re.fullmatch(r"entry\.\d+", field.name):
                yield field


def _address(told: object) -> Iterator[Field]:
    if _at(told, 1, 10, 6) == ASKED_FOR_EMAIL:
        yield Field(
            name="emailAddress",
            kind="email",
            label="Email",
            required=True,
            place=FIRST_PLACE,
        )


def _fields(questions: Sequence[object]) -> Iterator[Field]:
    """Yield a field for each question; raise `OnlyInBrowser` for what is no such."""
    for place, question in enumerate(questions[:MOST_QUESTIONS], start=1):
        kind, number = _at(question, 3), _at(question, 4, 0, 0)
        if kind == SECTION:
            raise OnlyInBrowser(STEPS)
        required = any(_at(row, 2) == 1 for row in _list(question, 4))
        if isinstance(kind, int) and kind in KINDS and isinstance(number, int):
            yield Field(
                name=f"entry.{number}",
                kind=KINDS[kind],
                label=_text(question, 1),
                required=required,
                options=_options(question) if KINDS[kind] in CHOSEN else (),
                place=FIRST_PLACE + place,
            )
        elif required:
            raise OnlyInBrowser(UNREAD)


def _options(question: object) -> Sequence[Option]:
    """Return the choices; one without words is "other", which wants some."""
    told = _list(question, 4, 0, 1)[:MOST_OPTIONS]
    said = filter(None, (_text(option, 0) for option in told))
    return tuple(Option(value=one, label=one) for one in said)


def _at(node: object, *path: int) -> object:
    for number in path:
        if not isinstance(node, list) or number >= len(node):
            return None
        node = node[number]
    return node


def _list(node: object, *path: int) -> Sequence[object]:
    found = _at(node, *path)
    return found if isinstance(found, list) else ()


def _text(node: object, *path: int) -> str:
    found = _at(node, *path)
    return clean(found, MOST_WORDS) if isinstance(found, str) else ""


def _see(shown: AnswerPage) -> Claim | None:
    """Read whether it tells the questions again: its thanks tell none."""
    where = urlsplit(shown.url)
    if where.path.endswith(CLOSED):
        return Answer.DECLINED, SHUT
    if where.hostname == ACCOUNTS:
        return Answer.BLOCKED, ACCOUNT
    told = _found([script.text or "" for script in shown.root.iter("script")])
    if shown.status != OK or told is None:
        return None
    if not _list(told, 1, 1):
        return Answer.ACCEPTED, words(shown.root, MOST_WORDS)
    alerts = shown.root.xpath("//*[@role='alert']")
    said = next(filter(None, (words(one, MOST_WORDS) for one in alerts)), RETURNED)
    return Answer.DECLINED, said


GOOGLE_FORMS = System(
    name="google-forms",
    words="Google Forms",
    proof=Proof.DOCUMENTED,
    is_its=_is_its,
    see=_see,
    draw=_draw,
)
