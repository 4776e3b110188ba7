"""A watcher for each mailbox of the configuration, also when that changes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from probes.mail.open import open_mailbox
from watchdog.config import Config, Mailbox
from watchdog.ledger import Ledger
from watchdog.model import MailboxName
from watchdog.stages.submit import Clock
from watchdog.stages.watch import Watcher
from watchdog.supervision import Loop, Supervisor


@dataclass(kw_only=True)
class Watchers:
    """The mailboxes that are watched just now, each by a task of `group`."""

    group: asyncio.TaskGroup
    ledger: Ledger
    clock: Clock
    supervisor: Supervisor
    pace: float
    """Seconds after which folders that cannot push are looked at again."""
    on_look: Callable[[], None]
    """Called after each look, good or bad."""
    watched: dict[MailboxName, tuple[Mailbox, asyncio.Task[None]]] = field(
        default_factory=dict
    )

    def follow(self, config: Config) -> None:
        """Watch the mailboxes of checks: let go of others, begin with new ones."""
        wanted = {
            name: config.mailbox[name]
            for check in config.check
            for name in check.mailboxes
        }
        for name, (settings, task) in [*self.watched.items()]:
            if wanted.get(name) != settings:
                task.cancel()
                del self.watched[name]
        for name in wanted.keys() - self.watched.keys():
            loop = Loop(name=f"mailbox {name}")
            work = partial(self._watch, name, wanted[name], loop)
            task = self.group.create_task(self.supervisor.keep(loop, work))
            self.watched[name] = (wanted[name], task)

    def end(self) -> None:
        """Let go of all: whatever a look has seen is in the ledger already."""
        for _, task in self.watched.values():
            task.cancel()

    async def _watch(self, name: MailboxName, settings: Mailbox, loop: Loop) -> None:
        async def on_look() -> None:
            loop.got_on()
            self.on_look()

        watcher = Watcher(
            name=name,
            mailbox=open_mailbox(settings),
            ledger=self.ledger,
            clock=self.clock,
            after=settings.after,
            after_folder=settings.after_folder,
            pace=self.pace,
        )
        await watcher.run(on_look)
