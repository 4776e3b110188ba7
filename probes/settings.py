"""How to reach one form, mailbox, store or channel: what a probe must be told.

Frozen and complete: whoever builds one has resolved paths and defaults.
"""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from probes.origin import ResolvedPath
from probes.secrets import Secret
from probes.trust import is_loopback
from probes.values import (
    Address,
    Port,
    Seconds,
    Switch,
    Text,
    WebUrl,
    not_empty,
)


class Settings(BaseModel):
    """Base of all settings: frozen, and no key is passed over in silence."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
        defer_build=True,  # each is built as a part of the whole, and not again alone
    )


WEB_PORTS = {"http": 80, "https": 443}


class FormSettings(Settings):
    """Where a form is, and how to fill it where finding out by itself is wrong."""

    url: WebUrl
    """The page on which visitors find the form."""
    how: Literal["auto", "http", "browser"] = "auto"
    """`auto` takes a browser only where the form is not seen, or not sent, without."""
    form: str | None = None
    """Its `id`, `name` or number on the page (from 1), where there are several."""
    fields: dict[str, str] = {}
    """Field name to the value it gets; `{message}`, `{name}`… stand for our own."""
    ca: ResolvedPath | None = None
    """Extra authority (PEM) that is trusted for this site, beside the system's."""
    exemption: Secret | None = None
    """Shared with the site, 32 characters or more: it signs each message, so that the
    site lets the test past the form's guard."""
    captcha: Literal["stop", "widget"] = "stop"
    """Where a CAPTCHA guards the form: `stop` there, or look in a browser whether the
    `widget` works, and send nothing."""

    @model_validator(mode="after")
    def _exempted_in_private(self) -> Self:
        parts = urlsplit(self.url)
        is_private = parts.scheme == "https" or is_loopback(parts.hostname or "")
        if self.exemption and not is_private:
            raise ValueError("sends its `exemption` encrypted only: write https://")
        return self

    @model_validator(mode="after")
    def _one_way_past_a_guard(self) -> Self:
        if self.captcha == "widget" and self.exemption:
            raise ValueError('takes either `exemption` or captcha = "widget"')
        if self.captcha == "widget" and self.how == "http":
            raise ValueError('takes a browser with captcha = "widget"')
        return self

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the page."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or WEB_PORTS[parts.scheme]


class ImapSettings(Settings):
    """An IMAP account."""

    kind: Literal["imap"] = "imap"
    host: Text
    """The mail host's name."""
    port: Port | None = None
    """Default: 993, or 143 without `tls`."""
    security: Literal["tls", "starttls", "none"] = "tls"
    """`none` is for loopback hosts only, unless `insecure_login` spells it out."""
    insecure_login: Switch = False
    """Log in over a line that anybody on the way can read."""
    user: Text
    """The account, often the email address."""
    password: Secret | None = None
    """Of the account; where the host offers app passwords, one of these."""
    token: Secret | None = None
    """OAuth 2 access token (usually `{ command = … }`), instead of a password."""
    auth: Literal["login", "xoauth2", "oauthbearer"] | None = None
    """Default: `login` with a password, `xoauth2` with a token."""
    ca: ResolvedPath | None = None
    """Extra authority (PEM) that is trusted for this host, beside the system's."""
    inbox: Text = "INBOX"
    """The folder in which the owner reads."""
    spam: str | None = None
    """The spam folder, where it is not found by itself."""
    idle: Switch = True
    """Let the server tell us of new mail, where it can."""
    poll: Seconds = 20.0
    """Seconds between two readings where the server cannot push (or must not)."""

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.password is None) == (self.token is None):
            raise ValueError("takes either `password` or `token`")
        return self


class MaildirSettings(Settings):
    """A Maildir++ tree on this machine."""

    kind: Literal["maildir"] = "maildir"
    path: ResolvedPath
    """The folder that holds cur, new and tmp."""
    spam: str | None = None
    """The spam folder, where it is not found by itself."""
    poll: Seconds = 1.0
    """Seconds between two readings."""


class MboxSettings(Settings):
    """A folder of NAME.mbox files on this machine, one a mail folder."""

    kind: Literal["mbox"] = "mbox"
    path: ResolvedPath
    """The folder that holds the files."""
    spam: str | None = None
    """The spam folder, where it is not found by itself."""
    poll: Seconds = 1.0
    """Seconds between two readings."""


MailboxSettings = Annotated[
    ImapSettings | MaildirSettings | MboxSettings, Field(discriminator="kind")
]


SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}


class SmtpServer(Settings):
    """A mail server that takes our mail."""

    host: Text
    """The mail server's name."""
    port: Port | None = None
    """Default: 465 with `tls`, 587 with `starttls`, 25 with `none`."""
    security: Literal["tls", "starttls", "none"] = "starttls"
    """`none` is for loopback hosts only, unless `insecure_login` spells it out."""
    insecure_login: Switch = False
    """Send over a line that anybody on the way can read."""
    user: str | None = None
    """The account, where the server wants one."""
    password: Secret | None = None
    """Of that account."""
    ca: ResolvedPath | None = None
    """Extra authority (PEM) that is trusted for this host, beside the system's."""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise ValueError("takes `user` and `password` together")
        return self

    @property
    def address(self) -> tuple[str, int]:
        """Its name, and the port that it is asked on."""
        return self.host, self.port or SMTP_PORTS[self.security]


class SmtpPathSettings(SmtpServer):
    """The way of a mail that goes through no form: the server that takes it."""

    to: Address
    """Whom the mail is for: an address whose mail comes into the check's mailbox."""
    sender: Address | None = None
    """Whom it comes from. Default: `visitor`."""


class EmailSettings(Settings):
    """Alarms by email."""

    kind: Literal["email"] = "email"
    to: Annotated[tuple[Address, ...], AfterValidator(not_empty)]
    """Everybody who is told."""
    sender: Address | None = None
    """The address in From; default: the watchdog's `contact`."""
    server: Annotated[tuple[SmtpServer, ...], AfterValidator(not_empty)] = (
        SmtpServer(host="localhost", security="none"),
    )
    """Tried in this order; default: this machine's own."""


class SmsSettings(Settings):
    """Alarms as text messages, over Twilio's API or one that speaks like it."""

    kind: Literal["sms"] = "sms"
    url: Secret | None = None
    """All in one: https://ACCOUNT:TOKEN@api.twilio.com/?from=+15550001&to=+15550002"""
    api: WebUrl = "https://api.twilio.com"
    """Another gateway that speaks like Twilio."""
    account: str | None = None
    """The account's SID."""
    token: Secret | None = None
    """The account's auth token."""
    sender: str | None = None
    """The number or name that the message comes from."""
    to: tuple[Text, ...] = ()
    """The numbers that are told, like +15550002."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        apart = (self.account, self.token, self.sender, self.to)
        if all(apart) if self.url is None else not any(apart):
            return self
        raise ValueError("takes either `url`, or account, token, sender and to")


class AppriseSettings(Settings):
    """Alarms by whatever else the notification library apprise offers."""

    kind: Literal["apprise"] = "apprise"
    url: Secret
    """The service's address in apprise's words, like ntfy://… or tgram://…"""


ChannelSettings = Annotated[
    EmailSettings | SmsSettings | AppriseSettings, Field(discriminator="kind")
]
