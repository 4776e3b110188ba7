"""What a diagnosis is drawn from: all that is known around one bad submission.

Whatever nobody could find out is None or empty, and proves nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watchdog.model import Evidence, Experiment, Outcome, Way

SERVER_ERROR = 500
"""The first HTTP status for a fault of the server (RFC 9110, section 15.6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of a trial, which differs from the check's own in one thing."""

    outcome: Outcome
    words: str = ""
    """What a mail host or form said to it."""
    is_framed: bool = False
    """Whether the check's own submissions failed before it and after it: only then
    is it the difference that made it come, and not the time."""
    is_from_visitor: bool | None = None
    """Whether the mail that came bears the visitor's address in From."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameClues:
    """What the DNS tells of the visitor's, the mailbox's and the site's domain."""

    visitor_policy: str = ""
    """The DMARC policy of the visitor's domain: `none`, `quarantine`, `reject`."""
    mail_hosts: Sequence[str] = ()
    """Who takes mail for the mailbox's domain, by MX."""
    mail_provider: str = ""
    """Whose mail hosts these are, where their names tell: `Google`, `Microsoft`…"""
    gone: Sequence[str] = ()
    """Records that were there when all was well, and are there no more: `MX
    shop.example`, `A shop.example`, `SPF shop.example`, `DKIM key1.shop.example`."""
    listed_in: Sequence[str] = ()
    """Block lists (DNSBL) with the address that the site's mail comes from."""
    sender_address: str = ""
    """The IP address that the site's mail comes from, as the mailbox's host saw it."""
    is_sender_in_spf: bool | None = None
    """Whether that address may send for the domain that the site's mail names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClues:
    """What the page shows when it is fetched twice, and then past all caches."""

    cached: str = ""
    """What says that a cache served it: `Age: 4000, X-Cache: HIT`; else empty."""
    is_token_stale: bool | None = None
    """Whether the page as served carries an older token than the fresh one."""
    guard_fault: str = ""
    """What a CAPTCHA's own widget complains of (wrong domain, script not loading)."""
    challenge: str = ""
    """What says that a firewall answers in the site's place: `cf-mitigated: …`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientClues:
    """What mail hosts say when they are asked to take mail for the mailbox (RCPT)."""

    taken: bool | None = None
    """Whether the mailbox's own host takes it."""
    words: str = ""
    """Its own words, where it does not."""
    is_taken_by_site: bool | None = None
    """Whether the web host itself takes it, though the DNS names other mail hosts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteClues:
    """What the site's store or companion noted of this very submission."""

    is_stored: bool | None = None
    """Whether the form's handler got so far as to keep it."""
    is_spam: bool | None = None
    """Whether it is held for spam."""
    is_mail_tried: bool | None = None
    """Whether the site tried to send the mail."""
    mail_failed: bool | None = None
    mail_error: str = ""
    """Why its mail failed, in the words of the site's mailer."""
    recipients: Sequence[str] = ()
    """To whom the site sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """All that is known around the newest bad submission of a check.

    `evidence` and `before` are those of verdicts.  Beside what `rules.verdict` keeps,
    rules look there for `spf`, `dkim`, `dmarc`, `from_visitor` (bool: the mail's From
    was the visitor's address), `spam_verdict`, `spam_score`, `slowest_hop` (the host
    that held it), `slowest_seconds`, `sent_by`, `console_errors`, `failed_requests`
    (lists of short strings), `browser` (bool).
    """

    outcome: Outcome
    way: Way = Way.FORM
    evidence: Evidence = field(default_factory=dict)
    latency: timedelta | None = None
    """How long the message took, if it came."""
    before: Evidence | None = None
    """Of the last message that came well; None if none ever did, or it is forgotten."""
    history: Sequence[tuple[datetime, bool]] = ()
    """When the newest submissions were sent, and whether they came; newest first."""
    visitor_domain: str = ""
    recipient: str = ""
    """The mailbox's own address, where it is known."""
    trials: Mapping[Experiment, Tried] = field(default_factory=dict)
    """Those that are over."""
    reply_came: bool | None = None
    """Whether the visitor's own copy came: the same mail, to another recipient."""
    names: NameClues = field(default_factory=NameClues)
    page: PageClues = field(default_factory=PageClues)
    asked: RecipientClues = field(default_factory=RecipientClues)
    site: SiteClues = field(default_factory=SiteClues)
    room_used: float | None = None
    """How full the mailbox is, of 1."""
    ended_certificate: str = ""
    """The host whose certificate has run out."""
    ended_domain: str = ""
    """The domain whose registration has run out."""

    def says(self, name: str) -> str:
        """Return a text of the evidence, or an empty one."""
        value = self.evidence.get(name)
        return value if isinstance(value, str) else ""

    def lists(self, name: str) -> Sequence[str]:
        """Return a list of the evidence, or an empty one."""
        value = self.evidence.get(name)
        return value if isinstance(value, list | tuple) else ()

    @property
    def status(self) -> int:
        """The HTTP status of the form's answer; 0 if there was none."""
        value = self.evidence.get("answer_status")
        return value if isinstance(value, int) else 0

    @property
    def is_server_error(self) -> bool:
        """Whether the form's answer was that the website itself had broken down."""
        return self.status >= SERVER_ERROR
