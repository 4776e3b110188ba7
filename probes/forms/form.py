"""The words for a page's forms: what is there, what it means, what we put in.

Pure values.  `page` reads them from HTML, `choice` picks the contact form,
`fill` writes a visitor's message into it, `answer` reads what comes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from probes.seen import Seen


class Meaning(StrEnum):
    """What a field wants to hear."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    SUBJECT = "subject"
    MESSAGE = "message"
    COMPANY = "company"
    ADDRESS = "address"
    CITY = "city"
    POSTCODE = "postcode"
    COUNTRY = "country"
    URL = "url"
    DATE = "date"
    NUMBER = "number"
    CONSENT = "consent"
    CHOICE = "choice"
    FILE = "file"
    HONEYPOT = "honeypot"
    CAPTCHA = "captcha"
    HIDDEN = "hidden"
    SUBMIT = "submit"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a select, or of a group of radios or checkboxes."""

    value: str
    label: str
    chosen: bool = False
    disabled: bool = False
    place: int = 0
    """As the field's: members of a group may stand apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One control, or one group of radios or checkboxes that share a name."""

    name: str
    kind: str
    """As HTML's input types: `text`, `email`, `radio`, `hidden`, `submit`, …, and
    `select`, `textarea`."""
    means: Meaning = Meaning.OTHER
    value: str = ""
    label: str = ""
    required: bool = False
    options: Sequence[Option] = ()
    multiple: bool = False
    pattern: str | None = None
    min: str | None = None
    max: str | None = None
    step: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    visible: bool = True
    """False where the page hides it by style: then a person never fills it."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What else told its meaning: id, placeholder, autocomplete, class; the text
    `near` before it and `around` it alone, and the classes of its `wrapper`."""
    place: int = 0
    """Where it stands among the page's controls: the order in which they are posted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as a browser would see it; `action` is absolute."""

    action: str
    method: str
    enctype: str
    charset: str
    fields: Sequence[Field]
    id: str = ""
    name: str = ""
    classes: Sequence[str] = ()
    text: str = ""
    """The words around and in it (bounded), by which its purpose is told."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Its `data-…` attributes, without that prefix: systems keep their tokens there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A CAPTCHA, firewall or spam guard seen on a page: never evaded."""

    name: str
    """`recaptcha`, `hcaptcha`, `turnstile`, `friendly-captcha`, `altcha`, `mcaptcha`,
    `akismet`, `question`, `waf`"""
    words: str
    """What it is called, as in "reCAPTCHA v3"."""
    form: int | None = None
    """In which form of the page it stands, counted from 0; None: in none of them."""
    field: str = ""
    """The name of the field that wants the answer, where there is one."""
    visible: bool = True
    """False where it judges in silence (reCAPTCHA v3): a visitor may well pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A form of a form service that a page shows, in a frame or by a script."""

    service: str
    """The name of its system: `google-forms`, `hubspot`, `jotform`, `typeform`"""
    url: str
    """Where the service shows the form, or tells it to its own script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched page: its forms in order, and what stands in a robot's way."""

    url: str
    title: str
    forms: Sequence[Form]
    guards: Sequence[Guard] = ()
    text: str = ""
    """Visible text, bounded."""
    scripts: Sequence[str] = ()
    """What stands in its script elements, bounded: systems tell their scripts there."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Its links by their relation (`rel`), absolute; the first of each."""
    embeds: Sequence[Embed] = ()
    """The forms of form services in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What somebody writes into a form."""

    name: str
    email: str
    phone: str
    subject: str
    message: str


Entry = tuple[str, str]
"""One name and value of the form data set, in the order in which a browser posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A form filled in: what would be posted, and what could not be filled."""

    form: Form
    entries: Sequence[Entry]
    files: Sequence[str] = ()
    """Names of file fields, whose entries are posted as files without name or bytes."""
    problems: Sequence[str] = ()
    """Sentences; where there are any, nothing is sent."""


class Answer(StrEnum):
    """What the form's answer claims.  Hearsay: only the mailbox proves."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    BLOCKED = "blocked"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the form answered after the message had left us."""

    answer: Answer
    words: str
    """Its own words, bounded, cleaned of control characters."""
    status: int | None
    """HTTP status, or None where the answer was lost."""
    url: str
    """Where we ended up after redirects."""
    system: str = "form"
    seen: Seen | None = None
    """What a browser saw meanwhile, if one was taken."""
    is_exempted: bool = False
    """Whether the message was signed, so that the site lets it past its guard."""
