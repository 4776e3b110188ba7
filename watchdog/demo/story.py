"""What happens to the demo's business, scene by scene."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from watchdog.account import Account, Accountant, Span
from watchdog.config import Config, load
from watchdog.demo.business import OWNER, Business
from watchdog.demo.people import AT_FIRST, LOST, SPAMMED, Person
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import CaseStep, Missed, StepKind
from watchdog.once import Checked, Round, Tell
from watchdog.rules.recovery import Patience
from watchdog.stages import alarms, incidents
from watchdog.stages.letters import draft_letters
from watchdog.stages.recovery import MOST_CASES, patience_of, recover
from watchdog.stages.submit import Clock

EXPECTED = timedelta(seconds=2)
DEADLINE = timedelta(seconds=5)

BY = "the owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a scene has brought, as far as it brought anything of the kind."""

    checked: Checked | None = None
    """What a check found out."""
    account: Account | None = None
    """Who was missed."""
    desk: tuple[Sequence[Missed], Patience] | None = None
    """How the recovery desk stands, and how long its owner waits."""
    heard: Sequence[str] = ()
    """What the owner heard."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A turn of the story: what happens, and what is found out then."""

    happening: str
    play: Callable[[], Awaitable[Found]]


async def tell(
    business: Business,
    folder: Path,
    *,
    clock: Clock,
    progress: Callable[[], AbstractContextManager[Tell]],
) -> AsyncIterator[Scene]:
    """Let the business be well, be hurt in two ways, be mended, and win people back.

    All is found out by the same code that watches real sites, and so are the
    incident, the alarms, the list of the missed, and the letters to them.
    """
    path = business.write_config(folder, expected=EXPECTED, deadline=DEADLINE)
    config = load(path)
    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        told = _Telling(business, config, ledger, clock, progress)
        await told.visit(AT_FIRST)
        yield Scene("All is well at Riverside Studio, and people write.", told.check)
        business.mail_host.spam = True
        await told.visit(SPAMMED)
        yield Scene(
            "The mail host begins to take the website's mail for spam.", told.check
        )
        business.mail_host.spam = False
        business.break_mail()
        await told.visit(LOST)
        yield Scene(
            "The website's mail breaks. It still thanks everybody who writes.",
            told.check,
        )
        yield Scene(
            "Who was missed? The site's own record, beside the mailbox:", told.trace
        )
        business.mend_mail()
        yield Scene("The website's mail is mended.", told.check)
        yield Scene("A second look, before the all-clear.", told.check)
        yield Scene("A letter to each of them, in the office's drafts.", told.draft)
        yield Scene("The owner finishes one, and sends it.", told.send)


@dataclass(frozen=True, slots=True)
class _Telling:
    """The business and its watchdog, while the story goes on."""

    business: Business
    config: Config
    ledger: Ledger
    clock: Clock
    progress: Callable[[], AbstractContextManager[Tell]]

    async def visit(self, people: Sequence[Person]) -> None:
        """Let people write through the form."""
        for one in people:
            await self.business.visitor_writes(one.name, one.email, one.message)

    async def check(self) -> Found:
        """Check the form, trace the inquiries, and tell whom it concerns."""
        before = await self._heard()
        with self.progress() as hears:
            now = Round(
                config=self.config, ledger=self.ledger, clock=self.clock, tell=hears
            )
            (checked,) = await now.run(self.config.check)
        await incidents.advance(self.config, self.ledger, now=self.clock())
        await self._account()
        await alarms.tell(self.config, self.ledger, clock=self.clock)
        heard = [one for one in await self._heard() if one not in before]
        return Found(checked=checked, heard=heard)

    async def trace(self) -> Found:
        """List the missed."""
        return Found(account=await self._account())

    async def draft(self) -> Found:
        """Put a letter to each of the missed into the drafts."""
        cases = await self.ledger.cases_under_way(limit=MOST_CASES)
        steps = [
            CaseStep(
                case=one.case.id, done_at=self.clock(), kind=StepKind.DRAFTED, by=BY
            )
            for one in cases
            if one.case.id is not None
        ]
        letters = draft_letters(self.config, self.ledger, cases, steps, eml=None)
        async for _drafted in letters:
            pass
        return await self._desk()

    async def send(self) -> Found:
        """Let the owner send a draft; that somebody was written to shows by itself."""
        await self.business.send_a_draft()
        await recover(self.config, self.ledger, clock=self.clock)
        return await self._desk()

    async def _desk(self) -> Found:
        cases = await self.ledger.cases_under_way(limit=MOST_CASES)
        return Found(desk=(cases, patience_of(self.config)))

    async def _account(self) -> Account:
        accountant = Accountant(
            config=self.config,
            ledger=self.ledger,
            clock=self.clock,
            tell=lambda _words: None,
        )
        return await accountant.account(self.config.check, Span(since=None, until=None))

    async def _heard(self) -> Sequence[str]:
        """Return all that the owner has heard so far, a sentence each."""
        mails = await self.business.mail_host.folder(OWNER)
        return [
            *(f"Mail to the owner: {mail['Subject']}" for mail in mails),
            *(
                f"SMS to the owner: {sms.body}"
                for sms in self.business.gateway.messages
            ),
        ]
