"""Find out what became of real inquiries: read stores and mailboxes, and match."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import structlog

from probes.errors import ProbeError
from probes.mail.open import open_mailbox
from probes.stores.open import open_store
from probes.stores.settings import StoreSettings
from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import CheckName, MailboxName
from watchdog.stages.entries import beginning, gather_entries
from watchdog.stages.mails import gather_mails
from watchdog.stages.matching import ALONG, match_from
from watchdog.stages.submit import Clock

log = structlog.get_logger()

Tell = Callable[[str], None]
"""Hears what is just being done, in a few words, for a progress display."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What could not be read: of these checks nobody can tell who was missed."""

    checks: Sequence[CheckName]
    is_store: bool
    """Whether it is a store; else it is the mailbox."""
    sentence: str


def with_store(checks: Collection[Check]) -> Mapping[MailboxName, Sequence[Check]]:
    """Return the checks that have a store, by the mailbox that they share."""
    groups: dict[MailboxName, list[Check]] = defaultdict(list)
    for check in checks:
        if check.store is not None:
            groups[check.mailbox].append(check)
    return groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracing:
    """One tracing of the inquiries whose messages come into one mailbox.

    All checks that share a mailbox are traced together, for each mail is the
    message of one inquiry only.
    """

    config: Config
    ledger: Ledger
    name: MailboxName
    """The mailbox's."""
    checks: Sequence[Check]
    """Those of the mailbox that have a store."""
    clock: Clock
    tell: Tell

    async def run(
        self, *, since: Callable[[StoreSettings], datetime], again_since: datetime
    ) -> Sequence[Unread]:
        """Read, match, and write down what is found; return what could not be read.

        `since` says from when on a store is read.  What is pending, missing or
        unverifiable is matched anew where it was submitted at or after
        `again_since`.  Where something could not be read, what is known is
        matched all the same, and nothing is missing that we could not have seen.
        """
        unread = [
            trouble
            for check in self.checks
            if check.store and (trouble := await self._read(check, check.store, since))
        ]
        names = [check.name for check in self.checks]
        first = await self.ledger.first_unsettled(names, since=again_since)
        blindness = ""
        try:
            await self._read_mailbox(first or self.clock(), everywhere=True)
        except ProbeError as error:
            blindness = error.message
            log.warning("mailbox.unread", mailbox=self.name, error=blindness)
            unread.append(Unread(checks=names, is_store=False, sentence=blindness))
        if first is not None:
            self.tell(f"mailbox {self.name}: matching")
            await match_from(
                first,
                self.checks,
                self.name,
                self.ledger,
                clock=self.clock,
                blindness=blindness,
            )
        return unread

    async def note_mails(self) -> None:
        """Note what has just come in, before somebody deletes it."""
        try:
            await self._read_mailbox(self.clock(), everywhere=False)
        except ProbeError as error:
            log.warning("mailbox.unread", mailbox=self.name, error=error.message)

    async def _read(
        self,
        check: Check,
        settings: StoreSettings,
        since: Callable[[StoreSettings], datetime],
    ) -> Unread | None:
        self.tell(f"{check.name}: reading the store")
        known = await self.ledger.store_bookmark_of(check.name)
        try:
            passed_over = await gather_entries(
                open_store(settings),
                self.ledger,
                bookmark=beginning(check.name, settings, known, since=since(settings)),
                now=self.clock(),
                visitor=self.config.watchdog.visitor,
            )
        except ProbeError as error:
            log.warning("store.unread", check=check.name, error=error.message)
            return Unread(checks=[check.name], is_store=True, sentence=error.message)
        if not passed_over:
            return None
        sentence = f"not all in it can be understood. {passed_over}"
        return Unread(checks=[check.name], is_store=True, sentence=sentence)

    async def _read_mailbox(self, first: datetime, *, everywhere: bool) -> None:
        def tell(folder: str) -> None:
            self.tell(f"mailbox {self.name}: reading {folder}")

        async with aclosing(open_mailbox(self.config.mailbox[self.name])) as mailbox:
            await gather_mails(
                self.name,
                mailbox,
                self.ledger,
                since=first - ALONG,
                everywhere=everywhere,
                clock=self.clock,
                tell=tell,
            )
