"""What became of a submission, and the names by which facts refer to each other."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NewType

CheckName = NewType("CheckName", str)
MailboxName = NewType("MailboxName", str)
ChannelName = NewType("ChannelName", str)
Marker = NewType("Marker", str)

Evidence = Mapping[str, str | int | float | bool | Sequence[str] | None]
"""What a probe kept to show why: small, flat, fit for JSON and for a person."""


class Health(StrEnum):
    """How well a check is, in the Nagios convention."""

    OK = "ok"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"

    @property
    def exit_code(self) -> int:
        """The exit code of a command that found this health."""
        return {"ok": 0, "warning": 1, "critical": 2, "unknown": 3}[self.value]


class Outcome(StrEnum):
    """What became of one submission."""

    DELIVERED = "delivered"
    LATE = "late"
    JUNKED = "junked"
    MISFILED = "misfiled"
    MISSING = "missing"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    BLIND = "blind"

    @property
    def health(self) -> Health:
        """What this outcome means for the check's health."""
        return HEALTH[self]


HEALTH: Mapping[Outcome, Health] = {
    Outcome.DELIVERED: Health.OK,
    Outcome.LATE: Health.WARNING,
    Outcome.JUNKED: Health.WARNING,
    Outcome.MISFILED: Health.WARNING,
    Outcome.MISSING: Health.CRITICAL,
    Outcome.BOUNCED: Health.CRITICAL,
    Outcome.REFUSED: Health.CRITICAL,
    Outcome.UNREACHABLE: Health.CRITICAL,
    Outcome.BLOCKED: Health.UNKNOWN,
    Outcome.BLIND: Health.UNKNOWN,
}

WORST_FIRST: Sequence[Health] = (
    Health.CRITICAL,
    Health.UNKNOWN,
    Health.WARNING,
    Health.OK,
)
"""Of several checks the worst counts: critical before unknown before warning."""


class Way(StrEnum):
    """How a submission goes in."""

    FORM = "form"
    MAIL = "mail"
    """By SMTP, past every form."""
    WIDGET = "widget"
    """Not at all: a form is looked at as far as its CAPTCHA, and nothing is sent."""


class Leg(StrEnum):
    """The legs of a message's way; a message is lost on the first one without proof."""

    SITE = "site"
    PAGE = "page"
    FORM = "form"
    WIDGET = "widget"
    """The CAPTCHA in the form, which a visitor must pass."""
    ANSWER = "answer"
    SERVER = "server"
    """The mail server that is handed a message which passes no form."""
    MAIL = "mail"
    INBOX = "inbox"
    MAILBOX = "mailbox"
    """Not a leg of the message but of our sight: we could not look."""


class Place(StrEnum):
    """In what kind of folder an arrival was seen."""

    INBOX = "inbox"
    SPAM = "spam"
    OTHER = "other"
