"""The daemon's story: mail stops, the owner hears of it, mail goes on, he hears."""

import asyncio
import csv
import smtplib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.world.config import CONTACT, Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.owner import owner
from tests.world.pages import Fault as Page
from tests.world.pages import Site
from tests.world.policy import Fault
from tests.world.shop import message
from watchdog.config import Config, load
from watchdog.daemon import Daemon
from watchdog.ledger import Ledger, open_ledger
from watchdog.rules.schedule import next_beat

MINUTE = timedelta(minutes=1)
BOUND = 30
"""Seconds of true time for whatever must come."""


class Skipping:
    """The true time, but for what the test has skipped of it."""

    def __init__(self) -> None:
        self.skipped = timedelta()

    def __call__(self) -> datetime:
        """Return the time that the daemon shall see."""
        return datetime.now(UTC) + self.skipped

    def skip(self, length: timedelta) -> None:
        """Let it be so much later."""
        self.skipped += length


@dataclass(kw_only=True)
class Running:
    """A daemon at work, and the time that it sees."""

    config: Config
    ledger: Ledger
    clock: Skipping

    def skip_to_beat(self) -> None:
        """Let it be the moment at which the next message is due."""
        (check,) = self.config.check
        now = self.clock()
        beat = next_beat(check.name, self.config.every(check), now)
        self.clock.skip(beat - now)

    async def wait_for(self, wanted: list[str]) -> None:
        """Wait until the verdicts, oldest first, are these."""

        async def said() -> bool:
            return [*reversed(await self.outcomes())] == wanted

        await until(said, f"the verdicts {wanted}, not {await self.outcomes()}")

    async def miss(self, *, count: int) -> None:
        """Let the deadline of the next message end, and wait for the verdict."""

        async def is_awaited() -> bool:
            (check,) = self.config.check
            now = self.clock()
            _, _, due_at = await self.ledger.before_look(
                check.mailbox, since=now, after=now
            )
            return due_at is not None

        async def is_said() -> bool:
            return (await self.outcomes()).count("missing") == count

        await until(is_awaited, "a message")
        self.clock.skip(MINUTE)
        await until(is_said, f"{count} times missing")

    async def has_told_all(self) -> bool:
        """Tell whether no alarm is left to be told."""
        return not await self.ledger.due_alarms(
            self.clock(), lapse=timedelta(), limit=1
        )

    async def outcomes(self) -> list[str]:
        """Return what was said of each message, the newest first."""
        (check,) = self.config.check
        return [
            v.outcome.value for v in await self.ledger.verdicts(check.name, limit=9)
        ]


async def until(true: Callable[[], Awaitable[bool]], what: str) -> None:
    """Wait until it is true; `what` is not awaited in vain for ever."""
    try:
        async with asyncio.timeout(BOUND):
            while not await true():  # noqa: ASYNC110  servers and ledger ring no bell
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise TimeoutError(what) from None


@asynccontextmanager
async def daemon(path: Path) -> AsyncIterator[Running]:
    """Run the daemon in this event loop, until the block ends."""
    config, clock = load(path), Skipping()
    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        at_work = Daemon(path=path, config=config, ledger=ledger, clock=clock, pace=0.2)
        work = asyncio.create_task(at_work.run())
        try:
            yield Running(config=config, ledger=ledger, clock=clock)
        finally:
            at_work.stop()
            await work


async def test_the_owner_hears_of_the_outage_once_by_each_way_and_of_its_end(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    watched = Watched(url=site.url, mailbox=imap(inbox), deadline="1m")
    path = write_config(tmp_path, watched)
    async with owner(token="secret") as told:
        told.is_told_of(path, token="secret")
        async with daemon(path) as running:
            running.skip_to_beat()
            await running.wait_for(["delivered"])

            await asyncio.to_thread(inbox.fail, Fault.BLACK_HOLE)
            running.skip_to_beat()
            await running.miss(count=1)
            running.clock.skip(MINUTE)
            await running.miss(count=2)
            await until(lambda: told.has(mails=1), "a mail about the outage")
            assert not told.messages

            running.clock.skip(10 * MINUTE)
            await until(lambda: told.has(mails=1, messages=1), "an SMS about it")

            await asyncio.to_thread(inbox.mend)
            running.skip_to_beat()
            await running.wait_for(["delivered", "missing", "missing", "delivered"])
            running.clock.skip(MINUTE)
            await until(lambda: told.has(mails=2, messages=2), "news of the end")

        first, last = await told.mails()
    assert first["Message-ID"] in last["References"]
    assert "Contact form" in first["Subject"]
    assert site.received, "the form was written to"


async def test_an_outage_that_the_owner_acknowledges_reaches_no_phone(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    watched = Watched(url=site.url, mailbox=imap(inbox), deadline="1m")
    path = write_config(tmp_path, watched)
    site.fault = Page.PAGE_ERROR
    async with owner(token="secret") as told:
        told.is_told_of(path, token="secret")
        async with daemon(path) as running:
            running.skip_to_beat()
            await running.wait_for(["refused"])
            running.clock.skip(MINUTE)
            await until(lambda: told.has(mails=1), "a mail about the outage")
            (incident,) = await running.ledger.open_incidents()
            await running.ledger.acknowledge(
                incident.id, by="the owner", now=running.clock()
            )

            running.clock.skip(11 * MINUTE)
            await until(running.has_told_all, "an end of all telling")

    assert not told.messages


ADA = {
    "id": "8231",
    "name": "Ada Byron",
    "email": "ada@visitor.example",
    "message": "Do you have room for a wedding in May?",
}
BO = {
    "id": "8232",
    "name": "Bo Ek",
    "email": "bo@visitor.example",
    "message": "Please call me about the garden party that we spoke of.",
}


def keep_inquiries(path: Path, **submitted_at: datetime) -> None:
    """Let the website keep what Ada and Bo wrote, for us to read."""
    people = {"ada": ADA, "bo": BO}
    with (path.parent / "inquiries.csv").open("w", newline="") as file:
        columns = (*ADA, "submitted_at", "phone", "status")
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(
            people[who] | {"submitted_at": at.isoformat()}
            for who, at in submitted_at.items()
        )
    store = '[[check]]\nstore = { kind = "csv", path = "inquiries.csv" }'
    path.write_text(path.read_text().replace("[[check]]", store))


async def test_the_owner_hears_whose_inquiry_was_lost_while_all_tests_arrive(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    watched = Watched(url=site.url, mailbox=imap(inbox), deadline="1m")
    path = write_config(tmp_path, watched)
    now = datetime.now(UTC)
    keep_inquiries(path, ada=now - timedelta(hours=2), bo=now)
    with smtplib.SMTP("127.0.0.1", inbox.host.postfix.smtp_port) as server:
        server.sendmail(CONTACT, inbox.address, message(BO, now, to=inbox.address))
    await asyncio.to_thread(inbox.wait_for_mail)
    async with owner(token="secret") as told:
        told.is_told_of(path, token="secret")
        async with daemon(path) as running:
            running.skip_to_beat()
            await running.wait_for(["delivered"])
            await until(lambda: told.has(mails=1), "a mail about Ada")
            assert await running.outcomes() == ["delivered"]

        async with daemon(path) as running:
            running.clock.skip(timedelta(days=8))

            async def is_over() -> bool:
                return "[Resolved]" in str((await told.mails())[-1]["Subject"])

            await until(is_over, "the end, after a week without another")

        first, *_, last = await told.mails()
    assert "\n- Ada Byron, ada@visitor.example, " in first.as_string()
    assert "Bo Ek" not in first.as_string()
    assert last["In-Reply-To"] == first["Message-ID"]
    [file] = last.iter_attachments()
    assert ADA["message"] in file.get_content()
