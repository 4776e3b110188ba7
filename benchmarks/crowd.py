"""Thousands of checks on one machine: their sites, their mailboxes, and a ledger.

The ledger is as a daemon leaves it that was running until now: with an empty one,
the daemon begins by sending the newest beat of every check at once.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from sqlalchemy import Connection, select

from benchmarks.measure import NotMeasured
from benchmarks.world import PASSWORD_VARIABLE, address_of
from tests.world import facts
from tests.world.dovecot import Dovecot
from tests.world.mail_host import DOMAIN
from watchdog.ledger import judgement, mailboxes, open_ledger, submissions, tables
from watchdog.model import CheckName, MailboxName, Marker, Outcome
from watchdog.rules.schedule import Interval, due_beat, next_beat

EVERY = timedelta(minutes=5)
MAILBOXES = 100
"""With half of the checks between them; the other half share one more.

Not many more: Dovecot pushes only while the kernel gives each connection an inotify
instance, and one user has 128 (fs.inotify.max_user_instances); the rest it polls for.
"""

SHARED = "shared"
FIRST_SITE = ip_address("127.1.0.0")

ROOM = """\
service imap-login {
  service_count = 0
  client_limit = 2000
  process_min_avail = 2
}
service imap {
  process_limit = 2000
}
"""
"""Dovecot's high-performance logins: else each connection has two processes."""

HEAD = """\
[watchdog]
contact = "it@{domain}"
ledger = "sqlite:///many.db"
"""
BOX = """
[mailbox.{box}]
kind = "imap"
host = "127.0.0.1"
port = {port}
user = "{address}"
password = {{ env = "{password}" }}
ca = "{ca}"
"""
CHECK = """
[[check]]
name = "{name}"
every = "5m"
mailbox = "{box}"
form.url = "http://{host}:{port}/{box}/"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one beat."""

    after: timedelta
    """From the beat to its message."""
    is_shared: bool
    """Whether it went to the mailbox of the many."""
    outcome: Outcome | None
    judged: timedelta | None
    """From the message to its verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """So many checks, and the servers that they need."""

    folder: Path
    count: int
    dovecot: Dovecot
    sites_pid: int
    site_port: int

    @property
    def config(self) -> Path:
        """The configuration of them all."""
        return self.folder / "many.toml"

    @property
    def servers(self) -> tuple[int, int]:
        """The processes of the mail host and of the sites."""
        return self.dovecot.process.pid, self.sites_pid

    @property
    def boxes(self) -> Sequence[str]:
        """The mailboxes, the shared one first."""
        own = min(MAILBOXES, self.count // 2)
        return [SHARED, *(f"box-{number}" for number in range(own))]

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.folder / 'many.db'}"

    def _checks(self) -> Iterator[tuple[CheckName, str]]:
        """Yield each check with its mailbox."""
        shared, *own = self.boxes
        for number in range(self.count):
            box = shared if number % 2 else own[number // 2 % len(own)]
            yield CheckName(f"Site {number}: contact form"), box

    def configure(self) -> None:
        """Write the configuration."""
        dovecot = self.dovecot
        with self.config.open("w") as config:
            config.write(HEAD.format(domain=DOMAIN))
            for box in self.boxes:
                config.write(
                    BOX.format(
                        box=box,
                        port=dovecot.imaps_port,
                        address=address_of(box),
                        password=PASSWORD_VARIABLE,
                        ca=dovecot.ca,
                    )
                )
            for number, (name, box) in enumerate(self._checks()):
                host, port = FIRST_SITE + number, self.site_port
                config.write(CHECK.format(name=name, box=box, host=host, port=port))

    async def remember(self) -> None:
        """Let the ledger hold the newest beat of each check, all judged."""
        now = datetime.now(UTC)

        def remember(connection: Connection) -> None:
            for number, (name, box) in enumerate(self._checks()):
                beat = due_beat(name, Interval(EVERY), now)
                mark = Marker(f"before-{number}")
                times = {"beat": beat, "submitted_at": beat, "due_at": beat}
                submission = facts.submission(
                    mark, check=name, mailbox=MailboxName(box), **times
                )
                verdict = facts.verdict(
                    mark,
                    check=name,
                    outcome=Outcome.DELIVERED,
                    judged_at=beat,
                    arrived_at=beat,
                )
                submissions.claim_beat(connection, submission)
                arrival = facts.arrival(mark, mailbox=MailboxName(box))
                mailboxes.record_news(connection, arrival.mailbox, [], [arrival])
                judgement.record_verdict(connection, verdict)

        async with open_ledger(self._url) as ledger:
            await ledger.write(remember)

    async def looked(self) -> int:
        """Return how many of the mailboxes were read."""
        look = select(tables.look.c.mailbox).distinct()
        async with open_ledger(self._url) as ledger:
            return len(await ledger.read(lambda one: one.execute(look).all()))

    def due(self, since: datetime, until: datetime) -> set[tuple[str, datetime]]:
        """Return all beats from `since` on and before `until`."""
        every, due = Interval(EVERY), set[tuple[str, datetime]]()
        for name, _ in self._checks():
            beat = next_beat(name, every, since)
            while beat < until:
                due.add((name, beat))
                beat += EVERY
        return due

    async def sent(self, since: datetime) -> dict[tuple[str, datetime], Sent]:
        """Return what became of the beats from `since` on that were claimed."""
        ours, verdict = tables.submission.c, tables.verdict
        query = (
            select(
                *(ours.check, ours.beat, ours.mailbox, ours.submitted_at),
                *(verdict.c.outcome, verdict.c.judged_at),
            )
            .outerjoin_from(tables.submission, verdict, verdict.c.marker == ours.marker)
            .where(ours.submitted_at >= since)
        )
        async with open_ledger(self._url) as ledger:
            rows = await ledger.read(lambda one: one.execute(query).all())
        return {
            (check, beat): Sent(
                after=at - beat,
                is_shared=box == SHARED,
                outcome=outcome,
                judged=judged_at and judged_at - at,
            )
            for check, beat, box, at, outcome, judged_at in rows
        }


@contextmanager
def crowd(folder: Path, count: int) -> Iterator[Crowd]:
    """Run the servers of so many checks until the end of the block."""
    folder.mkdir()
    (folder / "more.conf").write_text(ROOM)
    dovecot = Dovecot.start(folder)
    try:
        with _sites(dovecot.lmtp_port) as (sites_pid, site_port):
            yield Crowd(
                folder=folder,
                count=count,
                dovecot=dovecot,
                sites_pid=sites_pid,
                site_port=site_port,
            )
    finally:
        dovecot.stop()


@contextmanager
def _sites(lmtp_port: int) -> Iterator[tuple[int, int]]:
    command = [sys.executable, "-m", "benchmarks.sites", str(lmtp_port)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None  # asked for above
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise NotMeasured("The sites did not start.")
        try:
            yield process.pid, int(line)
        finally:
            process.stdin.close()
