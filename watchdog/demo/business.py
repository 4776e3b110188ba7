"""A small business on this machine: website, mail host and SMS gateway in one loop."""

import re
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Self

import httpx2

from watchdog.demo.gateway import Gateway
from watchdog.demo.listener import HOST
from watchdog.demo.mailhost import MailHost
from watchdog.demo.site import Site

OFFICE = "office@riverside.example"
"""Where inquiries come in."""
OWNER = "owner@riverside.example"
"""Where the owner hears of trouble; his phone is `OWNER_PHONE`."""
OWNER_PHONE = "+15550002"
GATEWAY_PHONE = "+15550001"

OFFICE_PASSWORD = "a-password-for-the-demonstration"  # noqa: S105
GATEWAY_ACCOUNT = "ACdemonstration"
GATEWAY_TOKEN = "a-token-for-the-demonstration"  # noqa: S105

NONCE = re.compile(r'name="nonce" value="(\w+)"')

CONFIG = """\
[watchdog]
ledger   = "sqlite:///watchdog.db"
contact  = "{owner}"

[mailbox.office]
kind     = "imap"
host     = "{host}"
port     = {imap_port}
security = "none"                # this machine only
user     = "{office}"
password = {{ file = "office-password" }}

[[check]]
name     = "Riverside Studio contact form"
site     = "riverside"
every    = "1m"
retry    = "1m"
expected = "{expected}"
deadline = "{deadline}"
mailbox  = "office"
ladder   = "owner"
[check.form]
url      = "{url}"
[check.store]
kind     = "csv"
path     = "inquiries.csv"

[recovery]
from_name = "Riverside Studio"

[channel.owner-mail]
kind     = "email"
to       = ["{owner}"]
[[channel.owner-mail.server]]
host     = "{host}"
port     = {smtp_port}
security = "none"

[channel.owner-sms]
kind     = "sms"
api      = "{gateway}"
account  = "{account}"
token    = {{ file = "gateway-token" }}
sender   = "{gateway_phone}"
to       = ["{owner_phone}"]

[[ladder.owner]]
channel  = "owner-mail"
[[ladder.owner]]
channel  = "owner-sms"
"""


class Business:
    """Riverside Studio, open for business while it is entered.

    To be shown: `site.inquiries`, `site.mail_log`, `mail_host.folder(OFFICE)`
    and `gateway.messages`; to be broken: the switches of each part.
    """

    mail_host: MailHost
    site: Site
    gateway: Gateway

    def __init__(self) -> None:
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            users = {OFFICE: OFFICE_PASSWORD, OWNER: OFFICE_PASSWORD}
            self.mail_host = await opening.enter_async_context(MailHost(users))
            site = Site(OFFICE, smtp_port=self.mail_host.smtp_port)
            self.site = await opening.enter_async_context(site)
            gateway = Gateway(GATEWAY_ACCOUNT, GATEWAY_TOKEN)
            self.gateway = await opening.enter_async_context(gateway)
            self._open = opening.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    def break_mail(self) -> None:
        """Let the site's mailing fail, while it thanks its visitors as before."""
        self.site.mail_broken = True

    def mend_mail(self) -> None:
        """Let the site's mailing work again; what was lost stays lost."""
        self.site.mail_broken = False

    async def visitor_writes(self, name: str, email: str, message: str) -> None:
        """Put a real person's inquiry through the contact form, as a browser would.

        Raises `httpx2.HTTPStatusError` where the site says no.
        """
        async with httpx2.AsyncClient(
            trust_env=False, follow_redirects=True
        ) as visitor:
            page = await visitor.get(self.site.url)
            nonce = NONCE.findall(page.text)
            fields = {"name": name, "email": email, "message": message, "website": ""}
            answer = await visitor.post(
                self.site.url, data={"nonce": "".join(nonce), **fields}
            )
            answer.raise_for_status()

    async def send_a_draft(self) -> None:
        """Send the office's newest draft as a mail program does: it lies in Sent."""
        await self.mail_host.move_newest(OFFICE, "Drafts", "Sent")

    def write_config(
        self, folder: Path, *, expected: timedelta, deadline: timedelta
    ) -> Path:
        """Write a configuration for this business into `folder`; return its path.

        Its secrets lie beside it, readable by nobody else; so does the file in
        which the site keeps its inquiries from now on.  Whole seconds count.
        """
        self.site.keep_in(folder / "inquiries.csv")
        _write_secret(folder / "office-password", OFFICE_PASSWORD)
        _write_secret(folder / "gateway-token", GATEWAY_TOKEN)
        config = folder / "config.toml"
        text = CONFIG.format(
            host=HOST,
            imap_port=self.mail_host.imap_port,
            smtp_port=self.mail_host.smtp_port,
            office=OFFICE,
            owner=OWNER,
            expected=_seconds(expected),
            deadline=_seconds(deadline),
            url=self.site.url,
            gateway=self.gateway.url,
            account=GATEWAY_ACCOUNT,
            gateway_phone=GATEWAY_PHONE,
            owner_phone=OWNER_PHONE,
        )
        config.write_text(text, encoding="utf-8")
        return config


def _write_secret(path: Path, secret: str) -> None:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(secret, encoding="utf-8")


def _seconds(length: timedelta) -> str:
    return f"{length // timedelta(seconds=1)}s"
