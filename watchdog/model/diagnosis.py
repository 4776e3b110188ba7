"""What lies behind a trouble, how sure we are of it, and what tells us so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watchdog.model.outcome import CheckName, Evidence, Outcome
from watchdog.model.trouble import IncidentId


class Cause(StrEnum):
    """Why messages of forms do not reach people: what we know how to recognise."""

    SPAM_FOLDER = "spam_folder"
    """They come, but a filter puts them where nobody reads."""
    VISITOR_AS_SENDER = "visitor_as_sender"
    """The site writes in its visitors' names, which their domains forbid (DMARC)."""
    MAIL_LOGIN = "mail_login"
    """The site can no longer log in to the server that sends its mail."""
    WRONG_RECIPIENT = "wrong_recipient"
    """The form sends to an address that is not, or no longer, read or served."""
    UNTRUSTED_SENDER = "untrusted_sender"
    """The web host sends by itself, and mail hosts do not trust it; or it cannot."""
    SPAM_GUARD = "spam_guard"
    """The form's own guard takes people for robots."""
    STALE_PAGE = "stale_page"
    """A cache serves the page with a token that has run out."""
    BROKEN_SCRIPT = "broken_script"
    """The page's own script fails, so that nothing is sent."""
    LOCAL_ROUTING = "local_routing"
    """The web host keeps mail for the domain to itself, though others serve it."""
    SENDING_LIMIT = "sending_limit"
    """The service that sends the site's mail has a limit, and it is used up."""
    FIREWALL = "firewall"
    """A firewall, or a rule of the host, turns the form's message away."""
    BROKEN_HANDLER = "broken_handler"
    """The site thanks, but what should send the mail does not."""
    MAILBOX = "mailbox"
    """The mailbox is full, or a rule in it moves or refuses the mail."""
    SLOW_MAIL = "slow_mail"
    """Nothing is lost, but a host on the way holds the mail for long."""
    EXPIRED = "expired"
    """A domain, certificate or DNS record has run out or is gone."""


class Sureness(StrEnum):
    """How well a cause is shown."""

    PROVEN = "proven"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class Experiment(StrEnum):
    """In what one thing a trial differs from the check's own submissions."""

    DIRECT = "direct"
    """Mail straight to the mailbox's own mail host, past the form."""
    SENDER = "sender"
    """Another visitor's address, at a domain that lets others use its name."""
    FRESH_PAGE = "fresh_page"
    """The page past all caches."""
    BROWSER = "browser"
    """By a browser instead of plain HTTP."""
    PLAIN = "plain"
    """By plain HTTP instead of a browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One submission that differs in one thing, made to prove a cause."""

    incident: IncidentId
    experiment: Experiment
    check: CheckName
    """The one whose submissions it differs from."""
    name: CheckName
    """Under which its submission is kept: that of no check, so that none counts it."""
    claimed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What was seen, taken together: why messages are lost, and how sure we are."""

    cause: Cause | None
    """None where nothing points to one, or too much to several."""
    sureness: Sureness
    suspects: Sequence[Cause] = ()
    """Where it is unknown: what fits alike."""
    words: str
    """Why messages are lost: an English sentence with places for `values`."""
    values: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=dict)
    """What was seen that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What we held to be the cause of an incident at one time."""

    incident: IncidentId
    number: int = 1
    """One more each time that we look anew."""
    check: CheckName
    """Whose submissions were looked at."""
    outcome: Outcome
    """What had become of the newest of them."""
    trials: int = 0
    """How many were over by then."""
    conclusion: Conclusion
    diagnosed_at: datetime
