"""A check whose messages fail, looked into by our own stages; its clock leaps ahead.

Deadlines pass by the clock's leaps, once all mail has met its fate: so nobody waits
for one, and no slow machine makes a message late.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from probes.forms.exchange import BOUNDS
from probes.forms.forms import Forms
from probes.mail.open import open_mailbox
from tests.world.config import CONTACT, imap
from tests.world.mail_host import Inbox, MailHost
from tests.world.process import LOOPBACK, wait_until
from watchdog.config import Check, Config, load
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import Cause, Experiment, Marker, Sureness, Verdict
from watchdog.stages.clues.scene import Outside
from watchdog.stages.collect import look
from watchdog.stages.diagnosing import start_diagnosing
from watchdog.stages.incidents import advance
from watchdog.stages.judge import judge
from watchdog.stages.lanes import Lanes
from watchdog.stages.submit import submit

DEADLINE = timedelta(hours=1)
MOST_ROUNDS = 8
HTTP = 'form.how = "http"'
REPLIES = ("expect_reply = true", 'reply_mailbox = "visitors"')

Found = tuple[Cause | None, Sureness]

STRICT, LENIENT = "strict.test", "lenient.test"
"""Domains of visitors: one forbids others to write in its name (DMARC)."""

CONFIGURATION = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "{contact}"
visitor = "{visitor}"
other_visitor = "it@{lenient}"
diagnose = true
[mailbox.office]
{mailbox}
{mailboxes}
[[check]]
name = "Contact form"
mailbox = "office"
deadline = "1h"
expected = "{expected}"
open_after = 1
form.url = "{url}"
direct.host = "127.0.0.1"
direct.port = {port}
direct.security = "none"
direct.to = "{to}"
direct.sender = "{contact}"
{more}
"""


def configured(
    folder: Path,
    url: str,
    inbox: Inbox,
    *more: str,
    expected: str = "1h",
    visitor: Inbox | None = None,
) -> Path:
    """Write the configuration of one check; `more` are other lines of its table.

    A `visitor` with an inbox expects a confirmation there.
    """
    (folder / "secret").touch(mode=0o600)
    (folder / "secret").write_text("secret")
    path = folder / "config.toml"
    lines = [*(more or [HTTP]), *(REPLIES if visitor else ())]
    path.write_text(
        CONFIGURATION.format(
            contact=CONTACT,
            visitor=visitor.address if visitor else f"it@{STRICT}",
            lenient=LENIENT,
            mailbox=imap(inbox),
            mailboxes=f"[mailbox.visitors]\n{imap(visitor)}" if visitor else "",
            expected=expected,
            url=url,
            port=inbox.host.postfix.host_port,
            to=inbox.address,
            more="\n".join(lines),
        )
    )
    return path


@dataclass
class Inquest:
    """One check, its ledger, and whom its diagnosis asks."""

    config: Config
    ledger: Ledger
    host: MailHost
    outside: Outside
    forms: Forms
    ahead: timedelta = field(default_factory=timedelta)

    @property
    def check(self) -> Check:
        """The only check."""
        (check,) = self.config.check
        return check

    def clock(self) -> datetime:
        """Return what time it is by our clock."""
        return datetime.now(UTC) + self.ahead

    async def send(self) -> Verdict:
        """Send one message, and return what became of it by its deadline."""
        marker = await self.submit()
        await self.pass_deadline()
        return await self.verdict(marker)

    async def send_slowly(self, inbox: Inbox) -> Verdict:
        """Send one message that takes its time, and wait for it."""
        marker = await self.submit()
        await asyncio.to_thread(
            wait_until, lambda: bool(inbox.mail()), "a slow mail", within=60
        )
        await self.look()
        return await self.verdict(marker)

    async def submit(self) -> Marker:
        """Send one message."""
        submission = await submit(
            self.config,
            self.check,
            self.ledger,
            beat=self.clock(),
            clock=self.clock,
            forms=self.forms,
        )
        assert submission
        return submission.marker

    async def verdict(self, marker: Marker) -> Verdict:
        """Return what became of a message."""
        verdict = await self.ledger.verdict_on(marker)
        assert verdict
        return verdict

    async def pass_deadline(self) -> None:
        """Let the deadlines of all that was sent pass, and judge it."""
        await asyncio.to_thread(self.host.postfix.settle)
        self.ahead += DEADLINE + timedelta(minutes=1)
        await self.look()

    async def look(self) -> None:
        """Look into every folder, and judge."""
        for name, settings in self.config.mailbox.items():
            async with aclosing(open_mailbox(settings)) as mailbox:
                await look(
                    name, mailbox, self.ledger, everywhere=True, clock=self.clock
                )
        await judge(self.config, self.ledger, clock=self.clock)
        await advance(self.config, self.ledger, now=self.clock())

    async def cause(self) -> Found | None:
        """Send until no trial is left that would tell more; return what we hold then.

        None where there is no incident, or nothing to say of it.
        """
        for _ in range(MOST_ROUNDS):
            await self.send()
            before = await self.experiments()
            found = await self.look_into()
            if found is None or found[1] is Sureness.PROVEN:
                return found
            if before == await self.experiments():
                return found
            await self.pass_deadline()
        raise AssertionError(found)

    async def look_into(self) -> Found | None:
        """Diagnose, make a trial if one is wanted, and return what we hold then."""
        lanes = Lanes()
        await start_diagnosing(
            self.config,
            self.ledger,
            lanes,
            clock=self.clock,
            forms=self.forms,
            outside=self.outside,
        )
        await lanes.finish()
        open_ = [one.id for one in await self.ledger.open_incidents() if one.id]
        newest = next(iter((await self.ledger.diagnoses(open_)).values()), None)
        return (newest.conclusion.cause, newest.conclusion.sureness) if newest else None

    async def experiments(self) -> set[Experiment]:
        """Return the trials that were made so far."""
        return {
            trial.experiment
            for incident in await self.ledger.open_incidents()
            if incident.id
            for trial in await self.ledger.trials(incident.id)
        }


@asynccontextmanager
async def inquest(
    path: Path, host: MailHost, outside: Outside
) -> AsyncIterator[Inquest]:
    """Open the ledger of a configuration, and a visitor who fills forms in at once."""
    config = load(path)
    bounds = replace(BOUNDS, linger=0.0)
    async with (
        open_ledger(await config.watchdog.ledger_url()) as ledger,
        Forms(config.watchdog.browser, bounds=bounds) as forms,
    ):
        yield Inquest(config, ledger, host, outside, forms)


@asynccontextmanager
async def forwarded(host: str, port: int, to: int) -> AsyncIterator[None]:
    """Let a loopback address take connections in a server's place."""

    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        sink.close()

    async def serve(
        caller: asyncio.StreamReader, to_caller: asyncio.StreamWriter
    ) -> None:
        server, to_server = await asyncio.open_connection(LOOPBACK, to)
        await asyncio.gather(carry(caller, to_server), carry(server, to_caller))

    async with await asyncio.start_server(serve, host, port):
        yield
