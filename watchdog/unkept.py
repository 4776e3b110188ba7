"""How many were probably missed through forms whose inquiries nobody keeps."""

from collections.abc import Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from probes.errors import ProbeError
from probes.mail.open import open_mailbox
from watchdog.config import Check, Config
from watchdog.config.times import machine_zone
from watchdog.ledger import Ledger
from watchdog.model import CheckName, MailboxName, Outcome
from watchdog.rules.estimate import MOST_WEEKS, WEEK, Estimate
from watchdog.rules.window import Message, Window, windows
from watchdog.stages.habit import probably_missed
from watchdog.stages.inquiries import Tell, Unread
from watchdog.stages.mails import gather_mails
from watchdog.stages.submit import Clock

DELIVERED = frozenset({Outcome.DELIVERED, Outcome.LATE})
LOST = frozenset(
    {Outcome.MISSING, Outcome.BOUNCED, Outcome.REFUSED, Outcome.UNREACHABLE}
)

MOST_TESTS = 20_000
MOST_TOLD = 10
"""So many windows of doubt of one check, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """How many messages one form probably lost in a window of doubt."""

    check: CheckName
    begin: datetime
    end: datetime | None
    """None where nothing has arrived since."""
    estimate: Estimate | None
    """None where too little is known of who wrote before."""


def tests_of(sent: Sequence[tuple[datetime, Outcome]]) -> Sequence[Message]:
    """Return our tests as messages that came or were lost; others prove neither."""
    return [
        Message(at=sent_at, came=outcome in DELIVERED, is_real=False)
        for sent_at, outcome in sent
        if outcome in DELIVERED or outcome in LOST
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unkept:
    """Estimates what was missed through forms without a store."""

    config: Config
    ledger: Ledger
    clock: Clock
    tell: Tell

    async def estimates(
        self, checks: Collection[Check], *, since: datetime | None, until: datetime
    ) -> tuple[Sequence[Estimated], Sequence[Unread]]:
        """Return an estimate for each window of doubt, and what could not be read.

        Mailboxes are read only where tests were lost in that time.
        """
        begin = since or self.clock() - self.config.watchdog.retention
        doubts = {
            check.name: found
            for check in checks
            if (found := await self._windows(check.name, begin, until))
        }
        doubted = [check for check in checks if check.name in doubts]
        unread = []
        for name in dict.fromkeys(check.mailbox for check in doubted):
            sharing = [check.name for check in doubted if check.mailbox == name]
            first = min(doubts[each][0].possible_from or begin for each in sharing)
            if trouble := await self._read(name, sharing, first - MOST_WEEKS * WEEK):
                unread.append(trouble)
        estimates = [
            await self._estimated(check, window)
            for check in doubted
            for window in doubts[check.name]
        ]
        return estimates, unread

    async def _windows(
        self, check: CheckName, begin: datetime, until: datetime
    ) -> Sequence[Window]:
        sent = await self.ledger.outcomes_of(
            check, since=begin, until=until, limit=MOST_TESTS
        )
        return windows(tests_of(sent))[-MOST_TOLD:]

    async def _read(
        self, name: MailboxName, checks: Sequence[CheckName], since: datetime
    ) -> Unread | None:
        def tell(folder: str) -> None:
            self.tell(f"mailbox {name}: reading {folder}")

        try:
            async with aclosing(open_mailbox(self.config.mailbox[name])) as mailbox:
                await gather_mails(
                    name,
                    mailbox,
                    self.ledger,
                    since=since,
                    everywhere=True,
                    clock=self.clock,
                    tell=tell,
                )
        except ProbeError as error:
            return Unread(checks=checks, is_store=False, sentence=error.message)
        return None

    async def _estimated(self, check: Check, window: Window) -> Estimated:
        begin = window.possible_from or window.proven_from or self.clock()
        found = await probably_missed(
            self.ledger,
            [check],
            begin=begin,
            end=window.possible_to or self.clock(),
            zone=ZoneInfo(self.config.watchdog.timezone or machine_zone()),
        )
        return Estimated(
            check=check.name, begin=begin, end=window.possible_to, estimate=found
        )
