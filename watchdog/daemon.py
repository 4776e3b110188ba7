"""The daemon: the work that is done over and over, until somebody wants it to end."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from probes.forms.forms import Forms
from watchdog import sdnotify
from watchdog.config import Config, ConfigError, load
from watchdog.dependence import Caution
from watchdog.drill import drill_if_due
from watchdog.emergency import Crier
from watchdog.entrance import waited_for
from watchdog.ledger import Ledger, LedgerError
from watchdog.model import Presence
from watchdog.pulse import OUTWARD, TO_LEDGER, Pulse, systemd_pause
from watchdog.signals import ended_by, heard
from watchdog.stages.agenda import Agenda
from watchdog.stages.alarms import start_telling
from watchdog.stages.incidents import advance
from watchdog.stages.judge import judge
from watchdog.stages.lanes import Lanes
from watchdog.stages.real_loss import tell_losses
from watchdog.stages.recovery import recover_if_due
from watchdog.stages.reminding import remind
from watchdog.stages.retention import forget_old
from watchdog.stages.submit import Clock, start_due
from watchdog.stages.warnings import warn
from watchdog.supervision import Loop, Supervisor, Work
from watchdog.tracing import trace_if_due
from watchdog.watchers import Watchers

log = structlog.get_logger()

PACE = 30.0
SITES = 300
"""Written to at the same time: of ten thousand checks 33 may be due in each second,
and at a form that keeps the time, we linger for six."""
GRACE = 10.0
"""Seconds for which a stop waits for what is just being done."""

GLANCE = 1.0
"""Seconds between two glances at the clock.  Never long: a clock may be set and a
laptop may sleep, so what is due is reckoned anew from the time at each glance."""
VERDICTS = 2.0
INCIDENTS = 15.0
ALARMS = 5.0
DRILLS = 60.0
WARNINGS = 300.0
INQUIRIES = 60.0
RECOVERY = 60.0
FORGETTING = 300.0
COMPARING = 60.0
RELOADING = 30.0
"""Seconds after which each of these is done though nobody has rung its bell."""


def wall_clock() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


async def watch(path: Path, config: Config, *, clock: Clock = wall_clock) -> bool:
    """Run the daemon until its end; return whether a person at a terminal ended it.

    Raise `LedgerError` if it cannot even begin, or has lost the ledger for good; its
    people hear of that all the same.
    """
    is_interrupted = False
    with ended_by(signal.SIGTERM):
        async with waited_for(path, config, clock=clock) as ledger:
            daemon = Daemon(path=path, config=config, ledger=ledger, clock=clock)
            await daemon.run()
            is_interrupted = daemon.is_interrupted
    return is_interrupted


@dataclass(kw_only=True)
class Daemon:
    """All that is under way.  Nothing that matters is kept here alone.

    Whoever kills us, at any line, loses nothing: the next start goes on from
    the ledger.
    """

    path: Path
    """Where the configuration is read again."""
    config: Config
    ledger: Ledger
    clock: Clock = wall_clock
    pace: float = PACE
    """Seconds after which folders that cannot push are looked at again."""
    supervisor: Supervisor = field(default_factory=Supervisor)
    judging: Loop = field(default_factory=partial(Loop, name="judge"))
    noting: Loop = field(default_factory=partial(Loop, name="incidents"))
    missing: Loop = field(default_factory=partial(Loop, name="losses"))
    telling: Loop = field(default_factory=partial(Loop, name="alarms"))
    reloading: Loop = field(default_factory=partial(Loop, name="configuration"))
    is_reload_wanted: bool = False
    is_interrupted: bool = False
    """Whether it was a person at a terminal who ended us."""
    lanes: Lanes = field(default_factory=partial(Lanes, width=SITES))
    """The submissions that are under way."""
    tellings: Lanes = field(default_factory=Lanes)
    """The alarms that are under way."""
    agenda: Agenda = field(default_factory=Agenda)
    caution: Caution = field(default_factory=Caution)
    stages: list[asyncio.Task[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        now = self.clock()
        name = f"{socket.gethostname()}:{os.getpid()}"
        self.pulse = Pulse(
            ledger=self.ledger,
            supervisor=self.supervisor,
            clock=self.clock,
            presence=Presence(daemon=name, started_at=now, seen_at=now),
            crier=Crier.of(self.path),
        )

    async def run(self) -> None:
        """Work until a signal, or `stop`, ends it; raise `LedgerLost` if that does."""
        async with (
            Forms(self.config.watchdog.browser) as self.forms,
            asyncio.TaskGroup() as group,
        ):
            self.watchers = Watchers(
                group=group,
                ledger=self.ledger,
                clock=self.clock,
                supervisor=self.supervisor,
                pace=self.pace,
                on_look=self.judging.bell.set,
            )
            with heard(self._handlers()):
                await self._start(group)
                await self.supervisor.stopping.wait()
                await self._end(group)
        log.info("daemon.stopped")
        if self.supervisor.lost:
            raise self.supervisor.lost

    def stop(self) -> None:
        """End after what is just being done; asked a second time, end at once."""
        if self.supervisor.stopping.is_set():
            self._cut_short()
        self.supervisor.stop()

    def reload(self) -> None:
        """Read the configuration again, soon."""
        self.is_reload_wanted = True
        self.reloading.bell.set()

    def _handlers(self) -> Mapping[signal.Signals, Callable[[], None]]:
        return {
            signal.SIGTERM: self.stop,
            signal.SIGINT: self._interrupt,
            signal.SIGHUP: self.reload,
        }

    def _interrupt(self) -> None:
        self.is_interrupted = True
        self.stop()

    def _stages(self) -> Sequence[tuple[Loop, Work, float]]:
        forgetting, tracing = Loop(name="retention"), Loop(name="inquiries")
        comparing, recovery = Loop(name="independence"), Loop(name="recovery")
        return (
            (Loop(name="submit"), self._submit, GLANCE),
            (self.judging, self._judge, VERDICTS),
            (self.noting, self._note, INCIDENTS),
            (self.missing, self._miss, INCIDENTS),
            (self.telling, self._tell, ALARMS),
            (Loop(name="warnings"), self._warn, WARNINGS),
            (recovery, partial(self._recover, recovery), RECOVERY),
            (forgetting, partial(self._forget, forgetting), FORGETTING),
            (comparing, lambda: self.caution.warn(self.config, comparing), COMPARING),
            (Loop(name="drill"), self._drill, DRILLS),
            (tracing, partial(self._trace, tracing), INQUIRIES),
            (self.reloading, self._reload_if_wanted, RELOADING),
            (Loop(name="ledger"), self.pulse.tell_ledger, TO_LEDGER),
            (Loop(name="systemd"), self.pulse.tell_systemd, systemd_pause()),
            (Loop(name="heartbeat"), self._tell_outside, OUTWARD),
        )

    async def _start(self, group: asyncio.TaskGroup) -> None:
        """Begin all work; only then say that we have."""
        self.watchers.follow(self.config)
        self.stages = [
            group.create_task(self.supervisor.repeat(loop, step, pause=pause))
            for loop, step, pause in self._stages()
        ]
        # Each of them begins before this one goes on.
        await asyncio.sleep(0)
        log.info("daemon.started", checks=len(self.config.check))
        sdnotify.ready()

    async def _submit(self) -> None:
        await start_due(
            self.config,
            self.ledger,
            self.lanes,
            self.agenda,
            clock=self.clock,
            forms=self.forms,
        )

    async def _judge(self) -> None:
        if await judge(self.ledger, clock=self.clock):
            self.noting.bell.set()

    async def _note(self) -> None:
        if await advance(self.config, self.ledger, now=self.clock()):
            self.telling.bell.set()

    async def _miss(self) -> None:
        if await tell_losses(self.config, self.ledger, now=self.clock()):
            self.telling.bell.set()

    async def _tell(self) -> None:
        await start_telling(self.config, self.ledger, self.tellings, clock=self.clock)

    async def _warn(self) -> None:
        await warn(self.config, self.ledger, clock=self.clock)
        self.telling.bell.set()

    async def _recover(self, loop: Loop) -> None:
        config, ledger = self.config, self.ledger
        await recover_if_due(config, ledger, clock=self.clock, got_on=loop.got_on)
        if await remind(self.config, self.ledger, now=self.clock()):
            self.telling.bell.set()

    async def _drill(self) -> None:
        await drill_if_due(self.config, self.ledger, clock=self.clock)

    async def _trace(self, loop: Loop) -> None:
        if await trace_if_due(
            self.config, self.ledger, clock=self.clock, got_on=loop.got_on
        ):
            self.missing.bell.set()

    async def _tell_outside(self) -> None:
        await self.pulse.tell_outside(self.config)

    async def _forget(self, loop: Loop) -> None:
        def goes_on() -> bool:
            loop.got_on()
            return not self.supervisor.stopping.is_set()

        before = self.clock() - self.config.watchdog.retention
        await forget_old(self.ledger, before, goes_on=goes_on)

    async def _reload_if_wanted(self) -> None:
        if not self.is_reload_wanted:
            return
        self.is_reload_wanted = False
        sdnotify.reloading()
        try:
            config = await asyncio.to_thread(load, self.path)
        except ConfigError as error:
            self.pulse.refusal = f"The new configuration is not in force: {error}"
            log.error("configuration.refused", error=str(error))  # noqa: TRY400  no bug
        else:
            self._obey(config)
        sdnotify.ready()
        await self.pulse.tell_systemd()

    def _obey(self, config: Config) -> None:
        self.pulse.refusal = ""
        if config.watchdog.ledger != self.config.watchdog.ledger:
            self.pulse.refusal = "The ledger of the new configuration needs a restart."
        self.config = config
        self.watchers.follow(config)
        log.info("configuration.reloaded", checks=len(config.check))

    def _cut_short(self) -> None:
        for stage in self.stages:
            stage.cancel()

    async def _end(self, group: asyncio.TaskGroup) -> None:
        """Let go of the mailboxes; give the stages their grace, unless hurried."""
        sdnotify.stopping()
        log.info("daemon.stopping")
        self.watchers.end()
        for name, lanes in (("submit", self.lanes), ("alarms", self.tellings)):
            last = self.supervisor.attempt(Loop(name=name), lanes.finish)
            self.stages.append(group.create_task(last))
        await asyncio.wait(self.stages, timeout=GRACE)
        self._cut_short()
        try:
            await self.pulse.tell_ledger(stopped=True)
        except LedgerError as error:
            log.warning("daemon.unsaid", error=str(error))
