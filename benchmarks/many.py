"""Many: 10,000 checks every five minutes by one daemon, for as long as a soak takes.

The daemon is the real one, `contact-watchdog run`, in a process of its own.  The
sites and the mail host share the machine with it; what they take is told apart.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from benchmarks.crowd import EVERY, Crowd, Sent, crowd
from benchmarks.measure import Measure, NotMeasured, tell
from benchmarks.world import World
from watchdog.model import Outcome

PROGRAM = Path(sys.executable).with_name("contact-watchdog")
CHECKS = 10_000
MINUTES = 10.0

LONGEST_START = 300.0
WARM_UP = 30.0
"""Seconds in which what was due while the daemon started is sent."""
SETTLING = 20.0
"""Seconds after the last beat that counts, for its message to be seen and judged."""
PAUSE = 5.0

KEPT = timedelta(seconds=5)
CORES = 1.0
MEGABYTES = 400.0
A_SECOND = CHECKS / EVERY.total_seconds()
"""Checks that are due in a second, where there are 10,000."""
GROWTH = 1.05
"""From the first minute to the last one."""
CONNECTIONS = 1.0
SLOWER = 2.0
"""Times as long as by a mailbox of few, where thousands share one."""


@dataclass(kw_only=True)
class Course:
    """What the daemon used, sample by sample."""

    began_at: datetime
    ended_at: datetime
    cores: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    connections: list[float] = field(default_factory=list)
    """To the mail host, for each mailbox."""
    mail_host: float = 0.0
    """Cores that Dovecot took."""
    sites: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it was."""
        return (self.ended_at - self.began_at).total_seconds()


async def measure(
    world: World, *, count: int = CHECKS, minutes: float = MINUTES
) -> Sequence[Measure]:
    """Let the daemon watch so many, and ask its ledger what it has done."""
    with crowd(world.folder / "many", count) as checks:
        checks.configure()
        await checks.remember()
        async with _daemon(checks) as daemon:
            await _start(checks, daemon)
            course = await _watch(checks, daemon, minutes * 60)
            await asyncio.sleep(SETTLING)
        due = checks.due(course.began_at, course.ended_at)
        sent = await checks.sent(course.began_at - EVERY)
    return [*_beats(due, sent), *_uses(course, count, len(due))]


@asynccontextmanager
async def _daemon(checks: Crowd) -> AsyncIterator[psutil.Process]:
    with (checks.folder / "daemon.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            *(PROGRAM, "--config", checks.config, "run"), stdout=log, stderr=log
        )
    try:
        yield psutil.Process(process.pid)
        process.terminate()
        if code := await asyncio.wait_for(process.wait(), timeout=60):
            raise NotMeasured(f"The daemon ended with {code}.")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _start(checks: Crowd, daemon: psutil.Process) -> None:
    async with asyncio.timeout(LONGEST_START):
        while (looked := await checks.looked()) < len(checks.boxes):
            tell(f"many: {looked} of {len(checks.boxes)} mailboxes read")
            if daemon.status() == psutil.STATUS_ZOMBIE:
                log = (checks.folder / "daemon.log").read_text()
                raise NotMeasured(f"The daemon ended: {log[-2000:]}")
            await asyncio.sleep(PAUSE)
    await asyncio.sleep(WARM_UP)


async def _watch(checks: Crowd, daemon: psutil.Process, seconds: float) -> Course:
    """Take samples of what the daemon uses until the time is up."""
    now = datetime.now(UTC)
    course = Course(began_at=now, ended_at=now)
    mail_host, sites = (psutil.Process(pid) for pid in checks.servers)
    before_mail_host, before_sites = _of_family(mail_host), _of_family(sites)
    used = _seconds(daemon)
    while (now - course.began_at).total_seconds() < seconds:
        tell(f"many: {(now - course.began_at).seconds} of {seconds:.0f} s")
        await asyncio.sleep(PAUSE)
        before, now = now, datetime.now(UTC)
        before_used, used = used, _seconds(daemon)
        course.cores.append((used - before_used) / (now - before).total_seconds())
        course.megabytes.append(daemon.memory_info().rss / 1e6)
        course.connections.append(_connections(checks, daemon))
    course.ended_at = now
    course.mail_host = (_of_family(mail_host) - before_mail_host) / course.seconds
    course.sites = (_of_family(sites) - before_sites) / course.seconds
    return course


def _of_family(process: psutil.Process) -> float:
    """Return the CPU time of a process and of all its children, also of the dead."""
    living = [process, *process.children(recursive=True)]
    dead = process.cpu_times()
    return sum(map(_seconds, living)) + dead.children_user + dead.children_system


def _seconds(daemon: psutil.Process) -> float:
    """Return the CPU time of all its threads so far."""
    times = daemon.cpu_times()
    return times.user + times.system


def _connections(checks: Crowd, daemon: psutil.Process) -> float:
    port = checks.dovecot.imaps_port
    ends = [one.raddr for one in daemon.net_connections("tcp4")]
    return sum(bool(end) and end.port == port for end in ends) / len(checks.boxes)


def _beats(
    due: set[tuple[str, datetime]], sent: Mapping[tuple[str, datetime], Sent]
) -> Sequence[Measure]:
    claimed = [sent[beat] for beat in due if beat in sent]
    late = sum(one.after > KEPT for one in claimed)
    unkept = len(due) - len(claimed) + late
    outcomes = Counter(one.outcome for one in claimed)
    others = len(claimed) - outcomes[Outcome.DELIVERED]
    tell("")
    told = {(one.value if one else "none yet"): n for one, n in outcomes.items()}
    print(f"Of {len(due):,} beats {len(claimed):,} were claimed; outcomes: {told}")
    return [
        Measure(
            claim=f"Beats not kept within {KEPT.seconds} s, of {len(due):,} due",
            unit="%",
            ours=[100 * unkept / len(due)],
            budget=0,
        ),
        Measure(
            claim="From a beat to its message",
            unit="s",
            ours=[one.after.total_seconds() for one in claimed],
            budget=KEPT.total_seconds(),
        ),
        Measure(
            claim="Submissions that were not found delivered",
            unit="%",
            ours=[100 * others / len(claimed)],
            budget=0,
        ),
        Measure(
            claim="From a message to its verdict, by the shared mailbox or its own",
            unit="s",
            ours=_waits(one for one in claimed if one.is_shared),
            beside=_waits(one for one in claimed if not one.is_shared),
            budget=SLOWER,
        ),
    ]


def _waits(sent: Iterable[Sent]) -> Sequence[float]:
    """Return the seconds to each verdict; a daemon that has none yet took too long."""
    late = SETTLING
    return [one.judged.total_seconds() if one.judged else late for one in sent]


def _uses(course: Course, count: int, beats: int) -> Sequence[Measure]:
    minute = max(1, min(round(60 / PAUSE), len(course.megabytes) // 3))
    cores = sum(course.cores) / len(course.cores)
    each = cores * course.seconds / beats
    print(
        f"Cores: {cores:.2f} the daemon, {course.mail_host:.2f} Dovecot, "
        f"{course.sites:.2f} the sites. A check: {each * 1000:.1f} ms of the daemon."
    )
    return [
        Measure(
            claim=f"CPU of the daemon with {count:,} checks every 5 min",
            unit="cores",
            ours=course.cores,
            budget=CORES,
        ),
        Measure(
            claim=f"CPU that {A_SECOND:.0f} such checks a second need",
            unit="cores",
            ours=[each * A_SECOND],
            budget=CORES,
        ),
        Measure(
            claim="Memory of the daemon (RSS)",
            unit="MB",
            ours=course.megabytes,
            budget=MEGABYTES,
        ),
        Measure(
            claim=f"Memory in the last of {course.seconds / 60:.0f} min, and the first",
            unit="MB",
            ours=course.megabytes[-minute:],
            beside=course.megabytes[:minute],
            budget=GROWTH,
        ),
        Measure(
            claim="IMAP connections for each mailbox",
            unit="",
            ours=course.connections,
            budget=CONNECTIONS,
        ),
    ]
