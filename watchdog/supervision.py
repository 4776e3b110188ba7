"""Work that never ends, kept going whatever befalls it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from watchdog.errors import Unusable, leaves
from watchdog.ledger import LedgerError, LedgerLost
from watchdog.rules.backoff import pause_after

log = structlog.get_logger()

LONGEST_BACK_OFF = 60.0
"""Seconds between two tries of what keeps failing."""

REST = 0.2
"""Seconds between two passes of one piece of work, however often its bell is rung:
what comes together is done together."""

STANDSTILL = 600.0
"""Seconds in which work neither gets on nor fails: then it hangs."""

Work = Callable[[], Awaitable[None]]


def _now() -> float:
    """Return the event loop's time, which no clock step touches."""
    return asyncio.get_running_loop().time()


@dataclass(kw_only=True)
class Loop:
    """One piece of work, and how it gets on."""

    name: str
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    """Rung where there may be something to do before the pause is over."""
    failures: int = 0
    """How often it has failed since it last got on."""
    sentence: str = ""
    """Why it failed last; empty while it gets on."""
    ledger_error: LedgerError | None = None
    """What the ledger did to it, if that is why it failed."""
    moved_at: float = field(default_factory=_now)
    """When it last got on or failed, in the event loop's time."""

    def got_on(self) -> None:
        """Note that a piece of the work was truly done."""
        self.failures, self.sentence, self.ledger_error = 0, "", None
        self.moved_at = _now()

    def failed(self, error: Exception) -> None:
        """Note that the work broke off."""
        known = [str(leaf) for leaf in leaves(error) if isinstance(leaf, Unusable)]
        self.failures += 1
        self.sentence = " ".join(known) or f"A bug of ours: {type(error).__name__}."
        errors = [leaf for leaf in leaves(error) if isinstance(leaf, LedgerError)]
        self.ledger_error = next(iter(errors), None)
        self.moved_at = _now()

    @property
    def trouble(self) -> str:
        """What is wrong with it, in a sentence, or nothing."""
        if self.failures:
            return f"The work “{self.name}” keeps failing. {self.sentence}"
        return f"The work “{self.name}” hangs." if self.hangs else ""

    @property
    def hangs(self) -> bool:
        """Whether it neither gets on nor fails."""
        return _now() - self.moved_at > STANDSTILL


@dataclass(kw_only=True)
class Supervisor:
    """All work that is under way: restarted where it fails, ended when it is time."""

    loops: list[Loop] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    longest_pause: float = LONGEST_BACK_OFF
    lost: LedgerLost | None = None
    """Why nothing but a new start can help, so that all work ends."""

    @property
    def troubles(self) -> Sequence[str]:
        """What is wrong with us, a sentence each; empty while all is well."""
        return [loop.trouble for loop in self.loops if loop.trouble]

    @property
    def hangs(self) -> bool:
        """Whether any work stands still, so that only a new start may help."""
        return any(loop.hangs for loop in self.loops)

    @property
    def ledger_error(self) -> LedgerError | None:
        """Why the ledger cannot be used, or nothing."""
        errors = [loop.ledger_error for loop in self.loops if loop.ledger_error]
        return next(iter(errors), None)

    def stop(self) -> None:
        """Let each loop end after what it is just doing."""
        self.stopping.set()
        for loop in self.loops:
            loop.bell.set()

    async def keep(self, loop: Loop, work: Work) -> None:
        """Do `work`, and do it anew, ever later, when it fails."""
        self.loops.append(loop)
        try:
            while not self.stopping.is_set():
                if not await self.attempt(loop, work):
                    await self._back_off(loop.failures)
        finally:
            self.loops.remove(loop)

    async def attempt(self, loop: Loop, work: Work) -> bool:
        """Do `work` once; return False if it failed.

        Here ends every exception: one broken stage must not stop the others.
        """
        try:
            await work()
        except Exception as error:  # noqa: BLE001  the one supervisor
            loop.failed(error)
            _tell(loop, error)
            if isinstance(loop.ledger_error, LedgerLost):
                self.lost = loop.ledger_error
                self.stop()
            return False
        return True

    async def repeat(self, loop: Loop, step: Work, *, pause: float) -> None:
        """Do `step` over and over, after each `pause` or whenever the bell is rung."""

        async def work() -> None:
            loop.bell.clear()
            await step()
            loop.got_on()
            await self._pause(min(pause, REST))
            with suppress(TimeoutError):
                async with asyncio.timeout(0 if self.stopping.is_set() else pause):
                    await loop.bell.wait()

        await self.keep(loop, work)

    async def _back_off(self, failures: int) -> None:
        await self._pause(pause_after(failures, first=1.0, most=self.longest_pause))

    async def _pause(self, seconds: float) -> None:
        """Wait; not when it is time to end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.stopping.wait()


def _tell(loop: Loop, error: Exception) -> None:
    """Log a failure: what we know in its sentence, a bug with its traceback."""
    is_known = all(isinstance(leaf, Unusable) for leaf in leaves(error))
    log.error(
        "loop.failed",
        loop=loop.name,
        failures=loop.failures,
        error=loop.sentence,
        exc_info=None if is_known else error,
    )
