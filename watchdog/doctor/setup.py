"""What the doctor is given, and whose fault it is that something does not answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from probes.dns import Nameserver
from probes.errors import ProbeError, Unreachable
from watchdog.config import Check, Config, Mailbox
from watchdog.model import Health, MailboxName
from watchdog.rules.finding import Finding
from watchdog.stages.witness import anybody_answers

OUR_NETWORK = "Look after this machine's own network first: nobody else answers either."


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The part of a configuration that is examined, and how."""

    config: Config
    checks: Sequence[Check]
    now: datetime
    nameservers: Sequence[Nameserver] = ()
    """Asked instead of the system's, where there are any."""

    @property
    def mailboxes(self) -> Mapping[MailboxName, Mailbox]:
        """Return the mailboxes that the checks need, each once."""
        names = dict.fromkeys(name for check in self.checks for name in check.mailboxes)
        return {name: self.config.mailbox[name] for name in names}


async def failed(
    setup: Setup, subject: str, error: ProbeError, *, host: str, mend: str
) -> Finding:
    """Return `error` as a finding; `host` is not blamed for our own network."""
    ours = (
        isinstance(error, Unreachable)
        and not error.answered
        and not await anybody_answers(setup.config, but=host)
    )
    return Finding(
        subject=subject,
        health=Health.UNKNOWN if ours else Health.CRITICAL,
        sentence=error.message,
        mend=OUR_NETWORK if ours else mend,
    )
