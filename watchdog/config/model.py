"""What the owner tells us: checks, channels, ladders.

Every key has its sentence here; the JSON Schema for editors is made of them.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self, cast

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    model_validator,
)

from probes.origin import ResolvedPath
from probes.secrets import Secret
from probes.settings import (
    ChannelSettings,
    EmailSettings,
    FormSettings,
    Settings,
    SmtpPathSettings,
)
from probes.stores.log_settings import AccessLogSettings
from probes.stores.mail_settings import MailStoreSettings
from probes.stores.rest_settings import CompanionSettings
from probes.stores.settings import StoreSettings
from probes.values import (
    Address,
    Name,
    Switch,
    Text,
    TimeZone,
    WebUrl,
    not_empty,
    plain,
)
from watchdog.config.ledger import LedgerUrl, default_ledger
from watchdog.config.mailboxes import Mailbox
from watchdog.config.times import (
    CronExpression,
    Duration,
    Interval,
    between,
    duration,
    machine_zone,
)
from watchdog.model import ChannelName, CheckName, MailboxName, Way
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

Count = Annotated[int, Field(strict=True, ge=1, le=100)]


class Common(Settings):
    """What all checks share."""

    contact: Address
    """Named in every synthetic message, so that whoever reads one knows whom to ask."""
    visitor: Address = Field(default_factory=lambda known: known["contact"])
    """The sender of synthetic messages; must be real. Default: `contact`."""
    other_visitor: Address | None = None
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


EXPECTED = duration("2m")
"""What most mail takes at most, and what we expect where nothing is said."""


def _of_its_form(
    store: StoreSettings | None, info: ValidationInfo
) -> StoreSettings | None:
    """Tell a log on which page the form is, and a companion of which site it is.

    A copy in the mailbox that is watched would be taken for the message itself.
    """
    form, own = info.data.get("form"), info.data.get("mailbox")
    if store is not None and info.data.get("smtp"):
        raise ValueError("belongs to a form: mail sent by [check.smtp] passes no site")
    if isinstance(store, MailStoreSettings) and store.mailbox == own:
        raise ValueError("must name another `mailbox` than the check's own")
    if isinstance(store, AccessLogSettings) and store.page is None and form:
        return store.model_copy(update={"page": form.url})
    if isinstance(store, CompanionSettings) and form:
        if store.key is None and form.exemption is None:
            raise ValueError("needs a `key`, or the form an `exemption`")
        return store.on(form)
    return store


class Check(Settings):
    """The standing order: watch this form, or this mail server, and this mailbox."""

    name: Annotated[CheckName, AfterValidator(plain), Field(max_length=200)]
    """How alarms and reports call it."""
    form: FormSettings | None = None
    """The form to write into."""
    smtp: SmtpPathSettings | None = None
    """Instead of a form: the mail server to hand the message to."""
    mailbox: MailboxName
    """The mailbox that its messages come into."""
    site: Name | None = None
    """Checks of one site belong together. Default: the host of the form's address,
    or of the mail server."""
    every: Annotated[Interval, between("1m", "31d")] = duration("1h")
    """How often: a duration, or a cron expression."""
    timezone: TimeZone | None = None
    """Of a cron expression in `every`. Default: the one of `[watchdog]`."""
    deadline: Annotated[Duration, between("1s", "1d")] = duration("15m")
    """A message that takes longer is missing."""
    expected: Annotated[Duration, between("1s", "1d")] = Field(
        default_factory=lambda known: min(EXPECTED, known.get("deadline", EXPECTED))
    )
    """A message that takes longer is late. Default: 2m, or a shorter `deadline`."""
    expect_reply: Switch = False
    """Whether the form sends its visitor a mail, too, which is then expected."""
    reply_mailbox: MailboxName | None = None
    """The mailbox that takes mail to `visitor`. Default: the check's own."""
    reply_within: Annotated[Duration, between("1s", "1d")] = Field(
        default_factory=lambda known: known.get("deadline", EXPECTED)
    )
    """A reply that takes longer is missing. Default: `deadline`."""
    ladder: str | None = None
    """Whom to tell of trouble. Default: nobody."""
    retry: Annotated[Duration, between("1m", "1d")] = duration("2m")
    """How soon the next submission follows a bad or a first good verdict."""
    open_after: Count = 2
    """Bad verdicts in a row that open an incident."""
    resolve_after: Count = 2
    """Good verdicts in a row that resolve it."""
    diagnose: Switch | None = None
    """Send trials to prove why messages are lost. Default: as in `[watchdog]`."""
    direct: SmtpPathSettings | None = None
    """The mail host that takes mail for the mailbox, for trials past the form. Default:
    found in the DNS, where the mailbox's `user` is an address."""
    store: Annotated[StoreSettings | None, AfterValidator(_of_its_form)] = None
    """The site's own record of inquiries, to find the missed ones."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.deadline < self.expected:
            raise ValueError("has a `deadline` shorter than `expected`")
        return self

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.form is None) == (self.smtp is None):
            raise ValueError("needs either [check.form] or [check.smtp]")
        return self

    @model_validator(mode="after")
    def _answered_by_a_form(self) -> Self:
        if self.expect_reply and self.smtp:
            raise ValueError("has `expect_reply`, but no form that would reply")
        if self.expect_reply and self.way is Way.WIDGET:
            raise ValueError('has `expect_reply`, but captcha = "widget" sends nothing')
        if self.reply_mailbox and not self.expect_reply:
            raise ValueError("has a `reply_mailbox`, but no `expect_reply = true`")
        return self

    @property
    def sends_by(self) -> FormSettings | SmtpPathSettings:
        """What its messages are sent by: `form` or `smtp`, whichever is there."""
        return self.form or cast("SmtpPathSettings", self.smtp)

    @property
    def way(self) -> Way:
        """How its messages go in, if it sends any."""
        if self.form is None:
            return Way.MAIL
        return Way.WIDGET if self.form.captcha == "widget" else Way.FORM

    @property
    def replies_come_to(self) -> MailboxName | None:
        """The mailbox in which replies to the visitor are expected, if any are."""
        return (self.reply_mailbox or self.mailbox) if self.expect_reply else None

    @property
    def mailboxes(self) -> Collection[MailboxName]:
        """All that are looked into for it: its own first."""
        return dict.fromkeys(filter(None, (self.mailbox, self.replies_come_to))).keys()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the form's page, or of the mail server."""
        return self.sends_by.address

    @property
    def of_site(self) -> str:
        """The site that it belongs to, as the owner calls it, or by its host."""
        return self.site or self.address[0]


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


def _with_its_mailbox(check: Check, known: Mapping[str, Mailbox]) -> Check:
    store = check.store
    if not isinstance(store, MailStoreSettings) or store.mailbox not in known:
        return check
    found = store.of(known[store.mailbox])
    return check.model_copy(update={"store": found})


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
