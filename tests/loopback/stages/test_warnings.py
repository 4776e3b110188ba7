"""Early warnings, from real servers to the owner's inbox: once, and not nightly."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme

from tests.loopback.forms.website import Site, answer, opened
from tests.loopback.stages.office import OWNER, text_of
from tests.world.facts import RIVERSIDE, submission, verdict
from tests.world.kept import finding, inquiry, store_bookmark
from tests.world.nameserver import Nameserver, nameserver
from tests.world.scripted_imap import ScriptedImap
from watchdog.config import Config, load
from watchdog.demo.mailhost import MailHost
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import Outcome, Reason
from watchdog.stages.alarms import tell
from watchdog.stages.directory import Directory
from watchdog.stages.incidents import advance
from watchdog.stages.warnings import warn

DAY = timedelta(days=1)
NOW = datetime.now(UTC)

CONFIG = """
[watchdog]
contact  = "it@agency.example"
[mailbox.office]
kind     = "imap"
host     = "127.0.0.1"
port     = {imap_port}
security = "none"
user     = "office@Riverside.Cafe"
password = {{ file = "password" }}
[[check]]
name     = "Riverside Studio contact form"
site     = "riverside"
mailbox  = "office"
ladder   = "owner"
form.url = "{site}/contact"
form.ca  = "ca.pem"
store    = {{ kind = "csv", path = "inquiries.csv" }}
[channel.owner-mail]
kind     = "email"
to       = ["{owner}"]
server   = [{{ host = "127.0.0.1", port = {smtp_port}, security = "none" }}]
[channel.owner-sms]
kind     = "sms"
account  = "ACtest"
token    = {{ file = "password" }}
sender   = "+15550001"
to       = ["+15550002"]
[[ladder.owner]]
channel  = "owner-mail"
[[ladder.owner]]
channel  = "owner-sms"
after    = "10m"
"""


@dataclass(kw_only=True)
class Business:
    """A site, a registry and a mail host; and a daemon's ledger and time."""

    ledger: Ledger
    folder: Path
    site: Site
    imap: ScriptedImap
    mail_host: MailHost
    names: Nameserver
    authority: trustme.CA
    tls: ssl.SSLContext
    now: datetime = NOW
    config: Config = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        port = urlsplit(self.site.url).port
        self.authority.cert_pem.write_to_path(str(self.folder / "ca.pem"))
        (self.folder / "password").touch(mode=0o600)
        (self.folder / "password").write_text("secret")
        path = self.folder / "config.toml"
        path.write_text(
            CONFIG.format(
                site=f"https://localhost:{port}",
                imap_port=self.imap.port,
                smtp_port=self.mail_host.smtp_port,
                owner=OWNER,
            )
        )
        self.config = load(path)
        services = [[["cafe"], [f"{self.site.url}/rdap/"]]]
        self.site.says["/dns.json"] = answer(json.dumps({"services": services}))

    def has(self, *, certificate: float, domain: float, full: int) -> None:
        """Set how many days are left, and how full the mailbox is in percent."""
        self.authority.issue_cert(
            "localhost",
            "127.0.0.1",
            not_before=NOW - 80 * DAY,
            not_after=NOW + certificate * DAY,
        ).configure_cert(self.tls)
        end = (NOW + domain * DAY).isoformat()
        event = {"eventAction": "expiration", "eventDate": end}
        self.site.says["/rdap/domain/riverside.cafe"] = answer(
            json.dumps({"events": [event]})
        )
        self.imap.answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 QUOTA\r\nTAG OK\r\n"
        self.imap.answers["GETQUOTAROOT"] = (
            f'* QUOTA "" (STORAGE {full} 100)\r\nTAG OK\r\n'
        )

    async def passes(self, ledger: Ledger | None = None, **span: float) -> None:
        """Let time pass, and then do what the daemon does."""
        self.now += timedelta(**span)
        directory = Directory(
            url=f"{self.site.url}/dns.json",
            ca=self.folder / "ca.pem",
            nameservers=[self.names.address],
        )
        used = ledger or self.ledger
        await warn(self.config, used, clock=self.clock, directory=directory)
        await advance(self.config, used, now=self.now)
        await tell(self.config, used, clock=self.clock)

    async def delivers(self, count: int, **changes: Any) -> None:
        """Let messages arrive well."""
        for _ in range(count):
            self.sent += 1
            self.now += timedelta(minutes=1)
            marker = f"m{self.sent}"
            sent = submission(marker, beat=self.now, submitted_at=self.now)
            await self.ledger.claim_beat(sent)
            fact = {
                "outcome": Outcome.DELIVERED,
                "leg": None,
                "latency": timedelta(seconds=5),
                "arrived_at": self.now,
                "judged_at": self.now,
                "evidence": {"spf": "pass", "dkim": "pass"},
            }
            await self.ledger.record_verdict(verdict(marker, **fact | changes))

    def clock(self) -> datetime:
        """Return the time that we have set."""
        return self.now

    @property
    def asked(self) -> Sequence[str]:
        """All that was asked of registry and mail host."""
        quotas = [each for each in self.imap.heard if each.startswith("GETQUOTA")]
        return [*(heard.path for heard in self.site.heard), *quotas]

    async def mails(self) -> Sequence[str]:
        """Return the subjects of what lies in the owner's inbox."""
        mails = await self.mail_host.folder(OWNER)
        return [str(mail["Subject"]).strip() for mail in mails]

    async def warned(self) -> set[str]:
        """Return what the open warnings are about."""
        return {one.shared for one in await self.ledger.open_incidents()}


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
async def business(ledger: Ledger, tmp_path: Path) -> AsyncIterator[Business]:
    authority = trustme.CA()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
    async with AsyncExitStack() as stack:
        business = Business(
            ledger=ledger,
            folder=tmp_path,
            site=await stack.enter_async_context(opened(tls)),
            imap=await stack.enter_async_context(ScriptedImap().running()),
            mail_host=await stack.enter_async_context(MailHost({OWNER: "unused"})),
            names=await stack.enter_async_context(nameserver()),
            authority=authority,
            tls=tls,
        )
        business.has(certificate=60, domain=300, full=10)
        yield business


async def test_while_all_is_well_nobody_is_warned(business: Business) -> None:
    await business.passes()

    assert await business.warned() == set()
    assert await business.mails() == []
    assert len(business.asked) == 3


async def test_who_took_mail_for_the_mailbox_is_known_when_nobody_does_any_more(
    business: Business,
) -> None:
    business.names.records["riverside.cafe", "MX"] = ["10 mx.riverside.cafe."]
    await business.passes()
    del business.names.records["riverside.cafe", "MX"]
    await business.passes(days=1)

    known = (await business.ledger.measures())["mail hosts:riverside.cafe"]
    assert known.asked_at == business.now
    assert known.evidence == {"mail_hosts": ["mx.riverside.cafe"]}


async def test_what_runs_out_is_told_once_and_once_when_it_is_mended(
    business: Business,
) -> None:
    business.has(certificate=10.5, domain=20.5, full=95)
    for _ in range(3):
        await business.passes(days=1)

    begun = await business.mails()
    business.has(certificate=90, domain=380, full=40)
    for _ in range(2):
        await business.passes(days=1)
    mails = await business.mail_host.folder(OWNER)

    host = urlsplit(business.config.check[0].form.url).netloc
    ends = NOW + 10.5 * DAY
    domain_ends = NOW + 20.5 * DAY
    registration = (
        "The registration of riverside.cafe ends on"
        f" {domain_ends:%Y-%m-%d}, in 19 days."
    )
    assert sorted(begun) == [
        f"The certificate of {host} ends on {ends:%Y-%m-%d}, in 9 days.",
        "The mailbox office is 95 % full.",
        registration,
    ]
    over = f"What we warned of at “{RIVERSIDE}” is over."
    assert [text_of(mail).splitlines()[0] for mail in mails[3:]] == [over] * 3
    assert {str(mail["Subject"]).strip() for mail in mails[3:]} == {
        f"[Resolved] {subject}" for subject in begun
    }
    assert {mail["In-Reply-To"] for mail in mails[3:]} == {
        mail["Message-ID"] for mail in mails[:3]
    }
    assert await business.warned() == set()


async def test_warnings_go_to_the_first_step_alone(business: Business) -> None:
    business.has(certificate=60, domain=300, full=95)
    await business.passes()
    [incident] = await business.ledger.open_incidents()
    assert incident.id is not None

    await business.passes(days=2)

    alarms = await business.ledger.alarms_of(incident.id)
    assert [(one.channel, one.reason) for one in alarms] == [
        ("owner-mail", Reason.WARNING)
    ]


async def test_a_restart_asks_nobody_again_and_tells_nothing_twice(
    business: Business, url: str
) -> None:
    business.has(certificate=10, domain=20, full=95)
    await business.passes()
    asked = business.asked

    for _ in range(3):
        async with open_ledger(url) as anew:
            await business.passes(anew, hours=7)

    assert business.asked == asked
    assert len(await business.mails()) == 3


async def test_two_daemons_ask_once_and_tell_once(business: Business, url: str) -> None:
    business.has(certificate=10, domain=20, full=95)

    async with open_ledger(url) as other:
        await asyncio.gather(business.passes(), business.passes(other))
        await business.passes(hours=2)

    assert len(business.asked) == 3
    assert len(await business.mails()) == 3


async def test_what_cannot_be_measured_is_as_it_was(business: Business) -> None:
    business.has(certificate=60, domain=20, full=95)
    await business.passes()
    business.site.says["/dns.json"] = answer("Gone", status=500)
    business.imap.answers["LOGIN"] = "TAG NO [AUTHENTICATIONFAILED] no\r\n"

    await business.passes(days=1)

    assert await business.warned() == {"domain:riverside.cafe", "quota:office"}
    assert len(await business.mails()) == 2


async def test_what_is_no_longer_watched_is_over(business: Business) -> None:
    business.has(certificate=60, domain=300, full=95)
    await business.passes()
    path = business.folder / "config.toml"
    path.write_text(
        path.read_text()
        .replace("mailbox.office", "mailbox.other")
        .replace('mailbox  = "office"', 'mailbox  = "other"')
    )
    business.config = load(path)
    business.has(certificate=60, domain=300, full=10)

    await business.passes(hours=2)

    assert await business.warned() == set()


async def test_no_registry_is_asked_for_a_name_that_is_nobodys(
    business: Business,
) -> None:
    path = business.folder / "config.toml"
    path.write_text(path.read_text().replace("Riverside.Cafe", "riverside.test"))
    business.config = load(path)

    await business.passes()

    assert business.asked == ['GETQUOTAROOT "INBOX"']


async def test_messages_that_grow_slow_are_told_before_they_are_late(
    business: Business,
) -> None:
    await business.delivers(45)
    await business.passes()
    assert await business.mails() == []

    for _ in range(3):
        await business.delivers(30, latency=timedelta(seconds=90))
        await business.passes(days=1)
    told = await business.mails()
    await business.delivers(10)
    await business.passes(hours=1)

    assert told == [
        "Messages from riverside take longer and longer: 1 min 30 s now, 5 s before."
    ]
    assert len(await business.mails()) == 2
    assert await business.warned() == set()


async def test_messages_that_lose_their_signature_are_told(business: Business) -> None:
    await business.delivers(6)
    await business.passes()

    await business.delivers(3, evidence={"spf": "pass", "dkim": "fail"})
    await business.passes(hours=1)

    assert await business.warned() == {"authentication:riverside"}
    [mail] = await business.mails()
    assert "no longer pass DKIM" in mail


async def test_mail_that_is_junked_now_and_then_is_told(business: Business) -> None:
    for _ in range(2):
        await business.delivers(1, outcome=Outcome.JUNKED)
        await business.delivers(3)
    await business.passes()

    assert await business.warned() == {"junk:riverside"}


async def test_real_inquiries_in_the_spam_folder_are_told_once(
    business: Business,
) -> None:
    written = inquiry(submitted_at=NOW)
    await business.ledger.record_entries([written], store_bookmark())
    kept = await business.ledger.traced([RIVERSIDE], since=NOW - DAY, until=NOW + DAY)
    await business.ledger.record_findings([(kept[0], finding("junked"))], now=NOW)

    for _ in range(9):
        await business.passes(days=1)

    [begun, ended] = await business.mails()
    assert begun == (
        "Real inquiries from riverside land in the spam folder: 1 of the 1 that came"
        " in a week."
    )
    assert ended == f"[Resolved] {begun}"
