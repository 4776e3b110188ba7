"""What clues are looked for around: a bad submission, and whom to ask about it."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from probes.dns import Nameserver, needs_no_dns
from probes.errors import ProbeError
from probes.forms.forms import Forms
from probes.mail import recipient
from probes.sender import blocklists
from probes.settings import ImapSettings
from watchdog.config import Check, Config, Mailbox
from watchdog.model import Evidence, Verdict
from watchdog.stages.directory import Directory, is_public

log = structlog.get_logger()

SECONDS = 45.0
"""For one clue; all are looked for at once."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Whom we ask about mail, names and domains."""

    directory: Directory = field(default_factory=Directory)
    lists: Sequence[str] = blocklists.ZONES
    mail_port: int = recipient.PORT

    @property
    def nameservers(self) -> Sequence[Nameserver]:
        """Who is asked instead of the system's."""
        return self.directory.nameservers

    def knows(self, name: str) -> bool:
        """Return whether the DNS can be asked about `name` with any sense."""
        if not name or needs_no_dns(name):
            return False
        return bool(self.nameservers) or is_public(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The newest bad submission of a check, and what is known already."""

    config: Config
    check: Check
    verdict: Verdict
    before: Evidence | None
    """Of the verdict on the last message that came well."""
    outside: Outside
    forms: Forms

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox that the message should have come into."""
        return self.config.mailbox[self.check.mailbox]

    @property
    def recipient(self) -> str:
        """The mailbox's own address, where it is known."""
        return recipient_of(self.config, self.check)

    def arrived(self, name: str) -> str:
        """Return what the header of a message told, of this one or one before."""
        for evidence in (self.verdict.evidence, self.before or {}):
            value = evidence.get(name)
            if isinstance(value, str) and value:
                return value
        return ""


def recipient_of(config: Config, check: Check) -> str:
    """Return the address of a check's mailbox; an empty text if it is not known."""
    if straight := check.smtp or check.direct:
        return straight.to
    mailbox = config.mailbox[check.mailbox]
    user = mailbox.user if isinstance(mailbox, ImapSettings) else ""
    return user if "@" in user else ""


async def found(clue: str, search: Awaitable[Found], otherwise: Found) -> Found:
    """Return what a search has found, or `otherwise` where nobody could tell."""
    try:
        async with asyncio.timeout(SECONDS):
            return await search
    except (ProbeError, TimeoutError) as error:
        log.info("clue.unknown", clue=clue, error=str(error))
        return otherwise
