"""What there is to know of one form system; a module beside this one knows each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from probes.forms.form import Filling, Form, Page
from probes.forms.reported import Reading


class Proof(StrEnum):
    """How far our knowledge of a system was put to the proof."""

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
    order: Callable[[Turn], Order] | None = None
    """How its script sends; None where the form is sent as HTML says."""
    question: Callable[[Turn], Order] | None = None
    """What its script asks before: for a nonce, where caches serve stale ones."""
    read: Reading | None = None
    """What its answer claims, where it says that as no other does."""
    keeps_time: bool = False
    """Whether it may take a visitor in a hurry for a robot."""
