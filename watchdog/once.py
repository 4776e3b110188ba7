"""One check of each named form, now, to the end: the stages without a daemon."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from probes.forms.forms import Forms
from probes.mail.open import open_mailbox
from watchdog.config import Check, Config
from watchdog.errors import Unusable
from watchdog.ledger import Ledger
from watchdog.model import CheckName, MailboxName, Submission, Verdict, Way
from watchdog.rules.replies import is_pending
from watchdog.rules.verdict import PATIENCE
from watchdog.stages.judge import judge
from watchdog.stages.replies import with_its_reply
from watchdog.stages.submit import Clock, site_of, submit
from watchdog.stages.watch import Watcher

PACE = 2.0
"""Seconds between looks at the spam folder while somebody waits at a terminal."""

Checked = tuple[Submission, Verdict | None]
"""Without a verdict where nobody waited for it."""

SENDING: Mapping[Way, str] = {
    Way.FORM: "filling in the form",
    Way.MAIL: "handing over the mail",
    Way.WIDGET: "looking at the form's guard",
}

Tell = Callable[[CheckName, str], None]
"""Hears what is going on with a check, and its outcome, for a progress display."""


class BeatTaken(Unusable):
    """Somebody else has claimed this very microsecond."""


@dataclass(kw_only=True)
class Round:
    """The checks that run together: their mailboxes, and who waits for what."""

    config: Config
    ledger: Ledger
    clock: Clock
    tell: Tell
    patience: timedelta = PATIENCE
    """How long after its deadline we try to look for a message."""
    looked: asyncio.Condition = field(default_factory=asyncio.Condition)
    host_locks: Mapping[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    watchers: dict[MailboxName, Watcher] = field(default_factory=dict)
    forms: Forms = field(init=False)

    async def run(self, checks: Sequence[Check]) -> Sequence[Checked]:
        """Return the verdict on each of `checks`; takes as long as the slowest."""
        async with self._forms(), asyncio.TaskGroup() as group:
            watching = [
                group.create_task(self._watcher(name).run(self._pass))
                for name in {name for check in checks for name in check.mailboxes}
            ]
            running = [group.create_task(self._check(check)) for check in checks]
            checked = [await task for task in running]
            for task in watching:
                task.cancel()
        return checked

    async def send(self, checks: Sequence[Check]) -> Sequence[Checked]:
        """Send without waiting; most verdicts are reached by a later look."""
        async with self._forms():
            sent = [await self._submit(check) for check in checks]
        await judge(self.config, self.ledger, clock=self.clock)
        return [(one, await self.ledger.verdict_on(one.marker)) for one in sent]

    @asynccontextmanager
    async def _forms(self) -> AsyncIterator[None]:
        async with Forms(self.config.watchdog.browser) as self.forms:
            yield

    def _watcher(self, name: MailboxName) -> Watcher:
        settings = self.config.mailbox[name]
        watcher = Watcher(
            name=name,
            mailbox=open_mailbox(settings),
            ledger=self.ledger,
            clock=self.clock,
            after=settings.after,
            after_folder=settings.after_folder,
            pace=PACE,
        )
        self.watchers[name] = watcher
        return watcher

    async def _check(self, check: Check) -> Checked:
        self.tell(check.name, "opening the mailbox")
        for name in check.mailboxes:
            await self.watchers[name].has_looked.wait()
        submission = await self._submit(check)
        self.tell(check.name, "waiting for the message")
        await self._pass()
        async with self.looked:
            while not (verdict := await self.ledger.verdict_on(submission.marker)):
                await self.looked.wait()
        verdict = await self._with_reply(check, verdict)
        self.tell(check.name, verdict.outcome)
        return submission, verdict

    async def _with_reply(self, check: Check, verdict: Verdict) -> Verdict:
        """Wait until it is known what became of the visitor's reply, if there is one.

        That it does not come shows in the end; who waits for it hears of it.
        """
        if check.replies_come_to is None:
            return verdict
        self.tell(check.name, "waiting for the reply to the visitor")
        async with self.looked:
            while is_pending(told := await self._told(verdict)):
                await self.looked.wait()
        return told

    async def _told(self, verdict: Verdict) -> Verdict:
        now, patience = self.clock(), self.patience
        return await with_its_reply(self.ledger, verdict, now=now, patience=patience)

    async def _submit(self, check: Check) -> Submission:
        """Send one message; one at a time to each site, so that nobody is flooded."""
        async with self.host_locks[site_of(check)]:
            self.tell(check.name, SENDING[check.way])
            submission = await submit(
                self.config,
                check,
                self.ledger,
                beat=self.clock(),
                clock=self.clock,
                forms=self.forms,
            )
        if submission is None:
            raise BeatTaken(
                f"Another check of “{check.name}” began at the very same moment."
            )
        return submission

    async def _pass(self) -> None:
        await judge(self.config, self.ledger, clock=self.clock, patience=self.patience)
        async with self.looked:
            self.looked.notify_all()
