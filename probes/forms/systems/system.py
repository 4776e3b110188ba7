"""What there is to know of one form system; a module beside this one knows each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lxml.html import HtmlElement

from probes.forms.form import Filling, Form, Page
from probes.forms.reply import Reply
from probes.forms.reported import Claim, Reading

STEPS = "The form is written in several steps, of which each is sent for itself."
UNASKED = ("hidden", "submit", "image")


class Proof(StrEnum):
    """How far our knowledge of a system was put to the proof."""

    ORIGINAL = "running original"
    """Against the system itself, and against answers written after what it did."""
    DOCUMENTED = "documented answers"
    """Only against answers as its makers, or its source, describe them."""
    PAGE = "page only"
    """It is recognised; its form is sent as any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the page's script knows when a visitor presses the button."""

    page: Page
    filling: Filling
    loaded_at: datetime
    sent_at: datetime
    fresh: str = ""
    """What the site answered to the system's question, if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is sent: a filling with the address, encoding and entries of the script."""

    filling: Filling
    headers: Mapping[str, str] = field(default_factory=dict)
    json: str = ""
    """What a script sends in place of the entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """The page that answered a form."""

    root: HtmlElement
    url: str
    status: int
    form: Form
    """The form that was sent, and the page on which it stood."""
    page: Page

    @property
    def is_back(self) -> bool:
        """Whether it asks again for what the form asked."""
        asked = {f.name for f in self.form.fields if f.kind not in UNASKED}
        controls = self.root.iter("input", "textarea", "select")
        return any(control.get("name") in asked for control in controls)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One form system, recognised by its form."""

    name: str
    """In results and in JSON: `contact-form-7`."""
    words: str
    """As its makers call it."""
    proof: Proof
    is_its: Callable[[Form], bool]
    """Whether it made this form."""
    forms: Callable[[Page], Iterable[Form]] | None = None
    """The forms that its script draws from what the page tells it."""
    order: Callable[[Turn], Order] | None = None
    """How its script sends; None where the form is sent as HTML says."""
    question: Callable[[Turn], Order | None] | None = None
    """What its script asks before: for a nonce, where caches serve stale ones."""
    read: Reading | None = None
    """What its answer claims, where it says that as no other does."""
    see: Callable[[AnswerPage], Claim | None] | None = None
    """The same for an answer that is a page."""
    browser: Callable[[Page, Form], str] | None = None
    """Why this form takes a browser, in a sentence; empty where it takes none."""
    draw: Callable[[Reply, Page], Page] | None = None
    """Where its makers' own host shows the form, or tells it to a script: the page on
    which the form stands, from what that host answered, and from the page that embeds
    it.  Raises `ProbeError` where there is no such form, or none for us."""
    keeps_time: bool = False
    """Whether it may take a visitor in a hurry for a robot."""
