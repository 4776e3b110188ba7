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
from watchdog.duties import Duties, Duty
from watchdog.emergency import Crier
from watchdog.entrance import waited_for
from watchdog.ledger import Ledger, LedgerError
from watchdog.model import Presence
from watchdog.pulse import OUTWARD, TO_LEDGER, Pulse, systemd_pause
from watchdog.signals import ended_by, heard
from watchdog.stages.submit import Clock
from watchdog.supervision import Loop, Supervisor
from watchdog.watchers import Watchers

log = structlog.get_logger()

PACE = 30.0
GRACE = 10.0
"""Seconds for which a stop waits for what is just being done."""

RELOADING = 30.0
"""Seconds after which we see if the configuration is to be read anew, unasked."""


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
    """The one that it begins with."""
    ledger: Ledger
    clock: Clock = wall_clock
    pace: float = PACE
    """Seconds after which folders that cannot push are looked at again."""
    supervisor: Supervisor = field(default_factory=Supervisor)
    reloading: Loop = field(default_factory=partial(Loop, name="configuration"))
    is_reload_wanted: bool = False
    is_interrupted: bool = False
    """Whether it was a person at a terminal who ended us."""
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)
    """All that is done over and over, and the last of it."""

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
            Forms(self.config.watchdog.browser) as forms,
            asyncio.TaskGroup() as group,
        ):
            self.duties = Duties(
                config=self.config,
                ledger=self.ledger,
                clock=self.clock,
                forms=forms,
                stopping=self.supervisor.stopping,
            )
            self.watchers = Watchers(
                group=group,
                ledger=self.ledger,
                clock=self.clock,
                supervisor=self.supervisor,
                pace=self.pace,
                on_look=self.duties.judging.bell.set,
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

    async def _start(self, group: asyncio.TaskGroup) -> None:
        """Begin all work; only then say that we have."""
        self.watchers.follow(self.config)
        self.tasks = [
            group.create_task(self.supervisor.repeat(loop, step, pause=pause))
            for loop, step, pause in (*self.duties.all(), *self._own_duties())
        ]
        # Each of them begins before this one goes on.
        await asyncio.sleep(0)
        log.info("daemon.started", checks=len(self.config.check))
        sdnotify.ready()

    def _own_duties(self) -> Sequence[Duty]:
        """Return what is done beside the stages: to read anew, and to show we live."""
        return (
            (self.reloading, self._reload_if_wanted, RELOADING),
            (Loop(name="ledger"), self.pulse.tell_ledger, TO_LEDGER),
            (Loop(name="systemd"), self.pulse.tell_systemd, systemd_pause()),
            (Loop(name="heartbeat"), self._tell_outside, OUTWARD),
        )

    async def _tell_outside(self) -> None:
        await self.pulse.tell_outside(self.duties.config)

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
        old, new = self.config.watchdog, config.watchdog
        changed = {
            "ledger": old.ledger != new.ledger,
            "browser": old.browser != new.browser,
        }
        self.pulse.refusal = " ".join(
            f"The {part} of the new configuration needs a restart."
            for part, is_other in changed.items()
            if is_other
        )
        self.duties.config = config
        self.watchers.follow(config)
        log.info("configuration.reloaded", checks=len(config.check))

    def _cut_short(self) -> None:
        for task in self.tasks:
            task.cancel()

    async def _end(self, group: asyncio.TaskGroup) -> None:
        """Let go of the mailboxes; give the stages their grace, unless hurried."""
        sdnotify.stopping()
        log.info("daemon.stopping")
        self.watchers.end()
        self.tasks += [
            group.create_task(self.supervisor.attempt(loop, work))
            for loop, work in self.duties.last()
        ]
        await asyncio.wait(self.tasks, timeout=GRACE)
        self._cut_short()
        try:
            await self.pulse.tell_ledger(stopped=True)
        except LedgerError as error:
            log.warning("daemon.unsaid", error=str(error))
