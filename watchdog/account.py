"""Who was missed: what `missed` shows, traced anew and read from the ledger."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from probes.stores.file_settings import CsvSettings, JsonLinesSettings
from probes.stores.settings import StoreSettings
from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import (
    CAME,
    UNSEEN,
    CaseState,
    CheckName,
    Health,
    InquiryStatus,
    MailboxName,
    Traced,
    Way,
)
from watchdog.rules.window import Message, Window, together, window
from watchdog.rules.worth import worth
from watchdog.stages.inquiries import Tell, Tracing, Unread, with_store
from watchdog.stages.matching import ALONG, EARLIEST, LATEST, all_traced
from watchdog.stages.submit import Clock
from watchdog.unkept import MOST_TESTS, Estimated, Unkept, tests_of

NOT_IN_INBOX = (
    InquiryStatus.MISSING,
    InquiryStatus.JUNKED,
    InquiryStatus.MISFILED,
)
ENDED = frozenset({CaseState.CLOSED, CaseState.DISMISSED})

AROUND = timedelta(days=7)
"""So long before and after what was missed our tests may tell more of the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The inquiries that somebody wants to see, by when they were submitted."""

    since: datetime | None
    """None where nothing was said: then as far back as is wise."""
    until: datetime | None

    @property
    def begin(self) -> datetime:
        """From when on inquiries are shown."""
        return self.since or EARLIEST

    @property
    def end(self) -> datetime:
        """Before when they were submitted."""
        return self.until or LATEST

    def has(self, traced: Traced) -> bool:
        """Return whether an inquiry is shown."""
        return self.begin <= traced.inquiry.submitted_at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of the inquiries of some checks."""

    traced: Sequence[Traced]
    """All of them, the most valuable first."""
    window: Window
    unread: Sequence[Unread]
    without_store: Sequence[CheckName]
    now: datetime
    estimates: Sequence[Estimated] = ()
    """Of those without a store: how many were probably missed, and when."""

    @property
    def counts(self) -> Mapping[InquiryStatus, int]:
        """How many inquiries have each status; none is left out."""
        found = [one.status for one in self.traced]
        return {status: found.count(status) for status in InquiryStatus}

    @property
    def logged(self) -> Mapping[CheckName, Sequence[Traced]]:
        """What logs tell of that did not reach the inbox: a count, and no names."""
        found: dict[CheckName, list[Traced]] = {}
        for one in sorted(self.traced, key=lambda one: one.inquiry.submitted_at):
            if one.inquiry.is_contentless and one.status in UNSEEN:
                found.setdefault(one.inquiry.check, []).append(one)
        return found

    @property
    def missed(self) -> Sequence[Traced]:
        """Those whose message did not reach the inbox: the missing before others."""
        return [
            one
            for status in NOT_IN_INBOX
            for one in self.traced
            if one.status is status
        ]

    @property
    def waiting(self) -> Sequence[Traced]:
        """Those who are missing and not done with."""
        return [
            one
            for one in self.traced
            if one.status is InquiryStatus.MISSING and not is_done(one)
        ]

    @property
    def health(self) -> Health:
        """Critical where somebody is missed; unknown where we could not see."""
        if self.waiting:
            return Health.CRITICAL
        counts = self.counts
        if (
            self.unread
            or counts[InquiryStatus.UNVERIFIABLE]
            or (self.without_store and not self.traced)
        ):
            return Health.UNKNOWN
        bad = (InquiryStatus.JUNKED, InquiryStatus.MISFILED, InquiryStatus.LATE)
        return Health.WARNING if any(counts[one] for one in bad) else Health.OK


def is_done(traced: Traced) -> bool:
    """Return whether the owner has no more to do about a missed inquiry."""
    return traced.case is not None and traced.case.state in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountant:
    """Traces anew, and then tells what is known."""

    config: Config
    ledger: Ledger
    clock: Clock
    tell: Tell

    async def account(self, checks: Sequence[Check], span: Span) -> Account:
        """Read stores and mailboxes, match, and return what is known then.

        Of checks without a form nothing is: inquiries come through forms.
        """
        checks = [check for check in checks if check.way is not Way.MAIL]
        names = [check.name for check in checks]
        unread = await self._trace({check.mailbox for check in checks}, span)
        unkept = Unkept(
            config=self.config,
            ledger=self.ledger,
            clock=self.clock,
            tell=self.tell,
        )
        estimates, unseen = await unkept.estimates(
            [check for check in checks if check.store is None],
            since=span.since,
            until=span.end,
        )
        around = await all_traced(
            self.ledger, names, since=span.begin - AROUND, until=span.end + AROUND
        )
        traced = [one for one in around if span.has(one)]
        keywords, fields = self.config.recovery.keywords, self.config.recovery.fields
        return Account(
            traced=sorted(
                traced,
                key=lambda one: worth(one.inquiry, keywords, fields),
                reverse=True,
            ),
            window=together([await self._window(name, around, span) for name in names]),
            unread=[
                *(one for one in unread if set(one.checks) & set(names)),
                *unseen,
            ],
            without_store=[check.name for check in checks if check.store is None],
            now=self.clock(),
            estimates=estimates,
        )

    async def _trace(
        self, mailboxes: Collection[MailboxName], span: Span
    ) -> Sequence[Unread]:
        # Whoever shares a mailbox is traced along: no mail is the message of two.
        groups = with_store(self.config.check)
        tracings = [
            Tracing(
                config=self.config,
                ledger=self.ledger,
                name=name,
                checks=checks,
                clock=self.clock,
                tell=self.tell,
            )
            for name, checks in groups.items()
            if name in mailboxes
        ]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._run(one, span)) for one in tracings]
        return [unread for task in tasks for unread in task.result()]

    async def _run(self, tracing: Tracing, span: Span) -> Sequence[Unread]:
        again_since = span.since
        if again_since is None:
            # What is older than all mail that we know of is not asked for again.
            bookmarks = await self.ledger.mail_bookmarks(tracing.name)
            known = [one.since + ALONG for one in bookmarks.values()]
            again_since = max(known, default=EARLIEST)
        return await tracing.run(
            since=lambda settings: self._since(settings, span), again_since=again_since
        )

    def _since(self, settings: StoreSettings, span: Span) -> datetime:
        """Return from when on a store is read.

        A file was handed to us, so all of it is meant.  A database is the site's
        own, and may hold years: of it, what we would keep ourselves.
        """
        if span.since is not None:
            return span.since
        if isinstance(settings, CsvSettings | JsonLinesSettings):
            return EARLIEST
        return self.clock() - self.config.watchdog.retention

    async def _window(
        self, name: CheckName, around: Sequence[Traced], span: Span
    ) -> Window:
        """Return when a check's messages were lost, by people's and by our own."""
        real = [
            Message(
                at=one.inquiry.submitted_at,
                came=one.status in CAME,
                is_real=span.has(one),
            )
            for one in around
            if one.inquiry.check == name
            if one.status in CAME or one.status is InquiryStatus.MISSING
        ]
        lost = [message.at for message in real if message.is_real and not message.came]
        sent = await self.ledger.outcomes_of(
            name,
            since=min(lost, default=self.clock()) - AROUND,
            until=max(lost, default=self.clock()) + AROUND,
            limit=MOST_TESTS,
        )
        return window([*real, *tests_of(sent)])
