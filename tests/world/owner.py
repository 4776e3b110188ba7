"""The owner of a site: his own mail host and his phone, which no outage takes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from watchdog.demo.gateway import Gateway, Sms
from watchdog.demo.mailhost import MailHost

ADDRESS = "owner@riverside.example"
PHONE = "+15550002"
LADDER = """
[channel.owner-mail]
kind = "email"
to = ["{address}"]
[[channel.owner-mail.server]]
host = "127.0.0.1"
port = {smtp_port}
security = "none"

[channel.owner-sms]
kind = "sms"
api = "{gateway}"
account = "AC1"
token = {{ file = "secret" }}
sender = "+15550001"
to = ["{phone}"]

[[ladder.owner]]
channel = "owner-mail"
[[ladder.owner]]
channel = "owner-sms"
after = "10m"
"""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whom the alarms are for."""

    mail_host: MailHost
    gateway: Gateway

    async def mails(self) -> Sequence[EmailMessage]:
        """Return what has come to his address, oldest first."""
        return await self.mail_host.folder(ADDRESS)

    @property
    def messages(self) -> Sequence[Sms]:
        """What has come to his phone, oldest first."""
        return self.gateway.messages

    async def has(self, *, mails: int = 0, messages: int = 0) -> bool:
        """Tell whether just so much has come."""
        return (len(await self.mails()), len(self.messages)) == (mails, messages)

    def is_told_of(self, config: Path, *, token: str) -> None:
        """Let the checks in a configuration tell him: by mail, after 10 min by SMS."""
        (config.parent / "secret").write_text(token)
        ladder = LADDER.format(
            address=ADDRESS,
            smtp_port=self.mail_host.smtp_port,
            gateway=self.gateway.url,
            phone=PHONE,
        )
        text = config.read_text()
        checks = text.replace("[[check]]", '[[check]]\nladder = "owner"\nretry = "1m"')
        config.write_text(checks + ladder)


@asynccontextmanager
async def owner(*, token: str) -> AsyncIterator[Owner]:
    """Give an owner whom mail and SMS reach, in this event loop."""
    async with (
        MailHost({ADDRESS: token}) as mail_host,
        Gateway("AC1", token) as gateway,
    ):
        yield Owner(mail_host=mail_host, gateway=gateway)
