"""What the daemon does over and over, and how often."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from probes.forms.forms import Forms
from watchdog.config import Config
from watchdog.dependence import Caution
from watchdog.drill import drill_if_due
from watchdog.ledger import Ledger
from watchdog.stages.agenda import Agenda
from watchdog.stages.alarms import start_telling
from watchdog.stages.diagnosing import start_diagnosing
from watchdog.stages.incidents import advance
from watchdog.stages.judge import judge
from watchdog.stages.lanes import Lanes
from watchdog.stages.real_loss import tell_losses
from watchdog.stages.recovery import recover_if_due
from watchdog.stages.reminding import remind
from watchdog.stages.retention import forget_old
from watchdog.stages.submit import Clock, start_due
from watchdog.stages.warnings import warn
from watchdog.supervision import Loop, Work
from watchdog.tracing import trace_if_due

SITES = 300
"""Written to at the same time: of ten thousand checks 33 may be due in each second,
and at a form that keeps the time, we linger for six."""

GLANCE = 1.0
"""Seconds between two glances at the clock.  Never long: a clock may be set and a
laptop may sleep, so what is due is reckoned anew from the time at each glance."""
VERDICTS = 2.0
INCIDENTS = 15.0
DIAGNOSES = 15.0
ALARMS = 5.0
DRILLS = 60.0
WARNINGS = 300.0
INQUIRIES = 60.0
RECOVERY = 60.0
FORGETTING = 300.0
COMPARING = 60.0
"""Seconds after which each of these is done though nobody has rung its bell."""

Duty = tuple[Loop, Work, float]
"""A piece of work, and the seconds to the next time."""


@dataclass(kw_only=True)
class Duties:
    """A loop for each stage.  Nothing that matters is kept here alone."""

    config: Config
    """By which all of them go from now on."""
    ledger: Ledger
    clock: Clock
    forms: Forms
    stopping: asyncio.Event
    judging: Loop = field(default_factory=partial(Loop, name="judge"))
    noting: Loop = field(default_factory=partial(Loop, name="incidents"))
    diagnosing: Loop = field(default_factory=partial(Loop, name="diagnoses"))
    missing: Loop = field(default_factory=partial(Loop, name="losses"))
    telling: Loop = field(default_factory=partial(Loop, name="alarms"))
    lanes: Lanes = field(default_factory=partial(Lanes, width=SITES))
    """The submissions that are under way."""
    tellings: Lanes = field(default_factory=Lanes)
    """The alarms that are under way."""
    agenda: Agenda = field(default_factory=Agenda)
    caution: Caution = field(default_factory=Caution)

    def all(self) -> Sequence[Duty]:
        """Return each of them, to be done for as long as the daemon runs."""
        forgetting, tracing = Loop(name="retention"), Loop(name="inquiries")
        comparing, recovery = Loop(name="independence"), Loop(name="recovery")
        return (
            (Loop(name="submit"), self._submit, GLANCE),
            (self.judging, self._judge, VERDICTS),
            (self.noting, self._note, INCIDENTS),
            (self.diagnosing, self._diagnose, DIAGNOSES),
            (self.missing, self._miss, INCIDENTS),
            (self.telling, self._tell, ALARMS),
            (Loop(name="warnings"), self._warn, WARNINGS),
            (recovery, partial(self._recover, recovery), RECOVERY),
            (forgetting, partial(self._forget, forgetting), FORGETTING),
            (comparing, partial(self._compare, comparing), COMPARING),
            (Loop(name="drill"), self._drill, DRILLS),
            (tracing, partial(self._trace, tracing), INQUIRIES),
        )

    def last(self) -> Sequence[tuple[Loop, Work]]:
        """Return what is done at the end: to wait for all that is under way."""
        return (
            (Loop(name="submit"), self.lanes.finish),
            (Loop(name="alarms"), self.tellings.finish),
        )

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
        if await judge(self.config, self.ledger, clock=self.clock):
            self.noting.bell.set()

    async def _note(self) -> None:
        if await advance(self.config, self.ledger, now=self.clock()):
            self.telling.bell.set()
            self.diagnosing.bell.set()

    async def _diagnose(self) -> None:
        if await start_diagnosing(
            self.config,
            self.ledger,
            self.lanes,
            clock=self.clock,
            forms=self.forms,
        ):
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

    async def _compare(self, loop: Loop) -> None:
        await self.caution.warn(self.config, loop)

    async def _forget(self, loop: Loop) -> None:
        def goes_on() -> bool:
            loop.got_on()
            return not self.stopping.is_set()

        before = self.clock() - self.config.watchdog.retention
        await forget_old(self.ledger, before, goes_on=goes_on)
