"""One standing order: what to watch, how often, and what is expected of it."""

from collections.abc import Collection
from typing import Annotated, Self, cast

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from probes.settings import FormSettings, Settings, SmtpPathSettings
from probes.stores.log_settings import AccessLogSettings
from probes.stores.mail_settings import MailStoreSettings
from probes.stores.rest_settings import CompanionSettings
from probes.stores.settings import StoreSettings
from probes.values import Name, Switch, TimeZone, plain
from watchdog.config.times import Duration, Interval, between, duration
from watchdog.model import CheckName, MailboxName, Way

Count = Annotated[int, Field(strict=True, ge=1, le=100)]

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
