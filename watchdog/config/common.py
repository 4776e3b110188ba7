"""What all checks share."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from probes.origin import ResolvedPath
from probes.secrets import Secret
from probes.settings import Settings
from probes.values import Address, Switch, TimeZone, WebUrl
from watchdog.config.ledger import LedgerUrl, default_ledger
from watchdog.config.times import Duration, Interval, between, duration
from watchdog.rules import marker


def _taggable(address: str) -> str:
    """Refuse an address by which its trial could not be known again."""
    if not marker.is_taggable(address):
        raise ValueError(
            "is too long to be given a plus-tag: have at most"
            f" {marker.MOST_LOCAL} characters before its @"
        )
    return address


class Common(Settings):
    """What all checks share."""

    contact: Address
    """Named in every synthetic message, so that whoever reads one knows whom to ask."""
    visitor: Address = Field(default_factory=lambda known: known["contact"])
    """The sender of synthetic messages; must be real. Default: `contact`."""
    other_visitor: Annotated[Address, AfterValidator(_taggable)] | None = None
    """Another one, at a domain without a DMARC policy, for the trials of `diagnose`."""
    diagnose: Switch = False
    """Send up to four more messages when some are lost, each different in one thing,
    to prove why."""
    ledger: Annotated[
        Annotated[LedgerUrl, Tag("url")] | Annotated[Secret, Tag("secret")],
        Discriminator(lambda value: "url" if isinstance(value, str) else "secret"),
    ] = Field(default_factory=default_ledger)
    """Where everything is kept: sqlite:///FILE or postgresql://HOST/NAME; a secret
    where it holds a password. Default: a file in the user's state folder."""
    language: Literal["en", "de"] = "en"
    """In which synthetic messages, alarms and reports are written."""
    timezone: TimeZone | None = None
    """Of cron expressions. Default: this machine's."""
    retention: Annotated[Duration, between("1d", "3650d")] = duration("90d")
    """How long personal data is kept after a case is closed."""
    heartbeat: WebUrl | None = None
    """Fetched as long as all is well with us, so that our own death is noticed."""
    browser: ResolvedPath | None = None
    """The program of Chromium or Chrome, for forms that need a browser. Default: the
    first that is found."""
    drill: Annotated[Interval, between("1d", "366d")] | None = None
    """How often `run` proves by itself that alarms come: a duration, or a cron
    expression. Default: never."""

    async def ledger_url(self) -> str:
        """Return where the ledger is, or raise `Refused` if that is a lost secret."""
        if isinstance(self.ledger, Secret):
            return await self.ledger.reveal()
        return self.ledger
