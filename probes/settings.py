"""How to reach one form, mailbox, or secret: what a probe must be told.

Frozen and complete: whoever builds one has resolved paths and defaults.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from probes.secrets import Secret


class Settings(BaseModel):
    """Base of all settings: frozen, and no key is passed over in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FormSettings(Settings):
    """Where a form is, and how to fill it where finding out by itself is wrong."""

    url: str
    how: Literal["auto", "http"] = "auto"
    form: str | None = None
    """The form's `id` or `name` (or its number on the page, from 1), where there are several."""
    fields: dict[str, str] = {}
    """Field name to the value it must get; `{message}`, `{name}`, `{email}`… stand for our own."""
    ca: Path | None = None
    """Extra authority (PEM) that is trusted for this site, beside the system's."""


class ImapSettings(Settings):
    """An IMAP account."""

    kind: Literal["imap"] = "imap"
    host: str
    port: int | None = None
    security: Literal["tls", "starttls", "none"] = "tls"
    """`none` is taken for loopback hosts only, unless `insecure_login` spells it out."""
    insecure_login: bool = False
    user: str
    password: Secret | None = None
    token: Secret | None = None
    """OAuth 2 access token (usually `{ command = … }`), instead of a password."""
    auth: Literal["login", "xoauth2", "oauthbearer"] | None = None
    """Default: `login` with a password, `xoauth2` with a token."""
    ca: Path | None = None
    inbox: str = "INBOX"
    spam: str | None = None
    """The spam folder, where it is not found by itself."""
    idle: bool = True
    poll: Annotated[float, Field(ge=0.05)] = 20.0
    """Seconds between two readings where the server cannot push (or must not)."""


class MaildirSettings(Settings):
    """A Maildir++ tree on this machine."""

    kind: Literal["maildir"] = "maildir"
    path: Path
    spam: str | None = None
    poll: Annotated[float, Field(ge=0.05)] = 1.0


class MboxSettings(Settings):
    """A folder of NAME.mbox files on this machine, one a mail folder."""

    kind: Literal["mbox"] = "mbox"
    path: Path
    spam: str | None = None
    poll: Annotated[float, Field(ge=0.05)] = 1.0


MailboxSettings = Annotated[
    ImapSettings | MaildirSettings | MboxSettings, Field(discriminator="kind")
]
