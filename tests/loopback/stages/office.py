"""What a test of the stages does to a ledger, and what its owner hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from tests.world.facts import NOON, RIVERSIDE, submission, verdict
from watchdog.config import Config, load
from watchdog.demo.gateway import Gateway
from watchdog.demo.mailhost import MailHost
from watchdog.ledger import Ledger
from watchdog.model import CheckName, Incident, IncidentId, Leg, Outcome
from watchdog.stages.alarms import tell
from watchdog.stages.incidents import advance

OWNER = "owner@riverside.example"
GATEWAY_TOKEN = "a-token"
SECOND = CheckName("Second form")

OUTCOMES = {
    "g": (Outcome.DELIVERED, None),
    "b": (Outcome.MISSING, Leg.MAIL),
    "r": (Outcome.REFUSED, Leg.FORM),
    "w": (Outcome.LATE, Leg.MAIL),
    "?": (Outcome.BLIND, Leg.MAILBOX),
}
"""A letter for each verdict of a history that is written oldest first."""

CONFIG = """
[watchdog]
contact  = "it@agency.example"
timezone = "UTC"
[mailbox.office]
kind     = "imap"
host     = "imap.example"
user     = "office"
password = {{ file = "token" }}
[[check]]
name     = "Riverside Studio contact form"
mailbox  = "office"
ladder   = "owner"
form     = {{ url = "https://riverside.example/contact" }}
store    = {{ kind = "csv", path = "inquiries.csv" }}
[[check]]
name     = "Second form"
mailbox  = "office"
ladder   = "owner"
form     = {{ url = "https://second.example/contact" }}
[channel.owner-mail]
kind     = "email"
to       = ["{to}"]
server   = [{{ host = "127.0.0.1", port = {smtp_port}, security = "none" }}]
[channel.owner-sms]
kind     = "sms"
api      = "{gateway}"
account  = "ACtest"
token    = {{ file = "token" }}
sender   = "+15550001"
to       = ["+15550002"]
[[ladder.owner]]
channel  = "owner-mail"
[[ladder.owner]]
channel  = "owner-sms"
after    = "10m"
"""


def configured(
    folder: Path, mail_host: MailHost, gateway: Gateway, *, to: str = OWNER
) -> Config:
    """Return a configuration by which the owner hears at this host and gateway."""
    token, path = folder / "token", folder / "config.toml"
    token.touch(mode=0o600)
    token.write_text(GATEWAY_TOKEN)
    path.write_text(
        CONFIG.format(smtp_port=mail_host.smtp_port, gateway=gateway.url, to=to)
    )
    return load(path)


def text_of(mail: EmailMessage) -> str:
    """Return what a mail says, as text."""
    part = mail.get_body(("plain",))
    return "" if part is None else part.get_content()


@dataclass(kw_only=True)
class Office:
    """The watchdog's ledger and the owner's ears, at a time of the test's choice."""

    config: Config
    ledger: Ledger
    mail_host: MailHost
    gateway: Gateway
    now: datetime = NOON
    said: int = field(default=0)

    def clock(self) -> datetime:
        """Return the time."""
        return self.now

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    async def judged(self, letters: str, check: CheckName = RIVERSIDE) -> None:
        """Let verdicts be reached, one after the other."""
        for letter in letters:
            self.said += 1
            outcome, leg = OUTCOMES[letter]
            sent = submission(
                f"m{self.said}", check=check, beat=self.now, submitted_at=self.now
            )
            await self.ledger.claim_beat(sent)
            self.later(seconds=1)
            is_good = outcome is Outcome.DELIVERED
            await self.ledger.record_verdict(
                verdict(
                    sent.marker,
                    check=check,
                    outcome=outcome,
                    leg=leg,
                    judged_at=self.now,
                    latency=timedelta(seconds=1) if is_good else None,
                    arrived_at=self.now if is_good else None,
                    folder="INBOX" if is_good else None,
                )
            )

    async def passes(self) -> None:
        """Do what the daemon does, once."""
        await advance(self.config, self.ledger, now=self.now)
        await tell(self.config, self.ledger, clock=self.clock)

    async def incident(self) -> Incident:
        """Return the newest incident."""
        [newest] = await self.ledger.incidents(limit=1)
        return newest

    async def incident_id(self) -> IncidentId:
        """Return the newest incident's number."""
        number = (await self.incident()).id
        assert number is not None
        return number

    async def mails(self) -> Sequence[EmailMessage]:
        """Return what lies in the owner's inbox, oldest first."""
        return await self.mail_host.folder(OWNER)

    async def heard(self) -> Sequence[str]:
        """Return why each mail to the owner was written, by its first line."""
        starts = {
            "Still so:": "reminder",
            "Worse now:": "worse",
        }
        lines = [text_of(mail).splitlines()[0] for mail in await self.mails()]
        return [
            "resolved"
            if line.endswith("again.") or line.startswith("Over by now:")
            else next(
                (starts[start] for start in starts if line.startswith(start)), "opened"
            )
            for line in lines
        ]

    def texts(self) -> Sequence[str]:
        """Return the text messages on the owner's phone, oldest first."""
        return [sms.body for sms in self.gateway.messages]
