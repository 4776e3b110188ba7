"""What the owner tells us: checks, channels, ladders.

Every key has its sentence here; the JSON Schema for editors is made of them.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from probes.origin import ResolvedPath
from probes.settings import ChannelSettings, EmailSettings, Settings
from probes.stores.mail_settings import MailStoreSettings
from probes.values import Address, Name, Text, not_empty
from watchdog.config.check import Check
from watchdog.config.common import Common
from watchdog.config.mailboxes import Mailbox
from watchdog.config.times import (
    CronExpression,
    Duration,
    between,
    duration,
    machine_zone,
)
from watchdog.model import ChannelName, MailboxName
from watchdog.rules import marker, schedule

Reason = Literal[
    "opened",
    "reminder",
    "worse",
    "diagnosed",
    "resolved",
    "blind",
    "warning",
    "waiting",
    "drill",
]
"""Why an alarm is raised."""


class Step(Settings):
    """A step of a ladder: one channel, and when it hears."""

    channel: ChannelName
    """The channel that hears."""
    after: Annotated[Duration, between("0s", "30d")] = duration("0s")
    """How long after the incident began, if nobody has acknowledged it."""
    reasons: tuple[Reason, ...] = ()
    """Only alarms for these reasons. Default: all."""


class Recovery(Settings):
    """How the people whose messages were missed are won back."""

    from_name: Name | None = None
    """Your name: letters come from it and are signed with it."""
    sender: Address | None = None
    """The address that letters come from. Default: the mailbox's `user` where that is
    an address, else `contact`."""
    letter: ResolvedPath | None = None
    """A file with your own words for the first letter. Default: ours."""
    follow_up_letter: ResolvedPath | None = None
    """Likewise for the second letter, to those who have not answered the first."""
    follow_up_after: Annotated[Duration, between("1d", "90d")] = duration("4d")
    """How long after the first letter the second one is proposed."""
    close_after: Annotated[Duration, between("1d", "365d")] = duration("30d")
    """How long after the last letter, yours or theirs, a case is closed by itself."""
    remind_every: Annotated[Duration, between("1h", "31d")] = duration("1d")
    """How often the first step of each ladder hears who still waits."""
    keywords: tuple[Text, ...] = ()
    """Words that make an inquiry worth more: those who wrote them come first."""
    fields: tuple[Text, ...] = ()
    """Fields of your forms that, filled in, make an inquiry worth more."""


def _with_their_mailboxes(
    checks: tuple[Check, ...], info: ValidationInfo
) -> tuple[Check, ...]:
    """Tell stores in mailboxes what the names of these stand for."""
    known: Mapping[str, Mailbox] = info.data.get("mailbox", {})
    return tuple(_with_its_mailbox(check, known) for check in checks)


def _with_its_mailbox(check: Check, known: Mapping[str, Mailbox]) -> Check:
    store = check.store
    if not isinstance(store, MailStoreSettings) or store.mailbox not in known:
        return check
    found = store.of(known[store.mailbox])
    return check.model_copy(update={"store": found})


def _taggable(checks: tuple[Check, ...], info: ValidationInfo) -> tuple[Check, ...]:
    """Refuse a visitor's address by which a reply could not be known again."""
    common: Common | None = info.data.get("watchdog")
    wanting = [check.name for check in checks if check.expect_reply]
    if common and wanting and not marker.is_taggable(common.visitor):
        raise ValueError(
            f"“{wanting[0]}” has `expect_reply`, but `visitor` is too long to be given"
            f" a plus-tag: have at most {marker.MOST_LOCAL} characters before its @"
        )
    return checks


class Config(Settings):
    """The whole configuration."""

    watchdog: Common
    """What all checks share."""
    mailbox: dict[MailboxName, Mailbox]
    """The accounts into which the forms' messages come, by name."""
    check: Annotated[
        tuple[Check, ...],
        AfterValidator(not_empty),
        AfterValidator(_with_their_mailboxes),
        AfterValidator(_taggable),
    ]
    """The standing orders."""
    channel: dict[ChannelName, ChannelSettings] = Field(default_factory=dict)
    """The ways to reach a person, by name."""
    ladder: dict[str, tuple[Step, ...]] = Field(default_factory=dict)
    """The order in which channels hear of trouble, by name."""
    recovery: Recovery = Field(default_factory=Recovery)
    """How the people whose messages were missed are won back."""

    def every(self, check: Check) -> schedule.Every:
        """Return how often `check` is due, in its time zone."""
        return self._grid(check.every, check.timezone)

    @property
    def drills(self) -> schedule.Every | None:
        """How often the channels are to be drilled; None for never."""
        return self._grid(self.watchdog.drill) if self.watchdog.drill else None

    def diagnoses(self, check: Check) -> bool:
        """Return whether trials may be sent where messages of `check` are lost."""
        own = check.diagnose
        return self.watchdog.diagnose if own is None else own

    def steps(self, check: Check) -> tuple[Step, ...]:
        """Return whom to tell of trouble with `check`, in order."""
        return self.ladder[check.ladder] if check.ladder else ()

    def settings_of(self, channel: ChannelName) -> ChannelSettings | None:
        """Return how to reach a channel; None if the configuration names it no more."""
        settings = self.channel.get(channel)
        if isinstance(settings, EmailSettings) and settings.sender is None:
            return settings.model_copy(update={"sender": self.watchdog.contact})
        return settings

    def _grid(
        self, every: timedelta | CronExpression, timezone: str | None = None
    ) -> schedule.Every:
        if isinstance(every, timedelta):
            return schedule.Interval(every)
        zone = timezone or self.watchdog.timezone or machine_zone()
        return schedule.Cron(every, zone)
