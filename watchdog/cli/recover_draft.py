"""`recover draft`: a letter to each, ready to be finished and sent by you."""

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.errors import say
from watchdog.cli.incidents import LARGEST, login
from watchdog.cli.options import ConfigOption

if TYPE_CHECKING:
    from watchdog.config import Config
    from watchdog.ledger import Ledger
    from watchdog.model import Missed, StepKind

MANY = 5
"""Letters from which on we ask first, where a person sits at the terminal."""

LEFT_OUT = 1

Numbers = Annotated[
    list[int] | None,
    typer.Argument(metavar="N", max=LARGEST, help="The cases' numbers."),
]
AllOpen = Annotated[
    bool, typer.Option("--all-open", help="Everybody whose turn it is.")
]
Eml = Annotated[
    Path | None,
    typer.Option("--eml", metavar="FOLDER", help="Write files instead of drafts."),
]
FollowUp = Annotated[
    bool, typer.Option("--follow-up", help="A second letter, to who did not answer.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Print the letters, and no more.")]
Again = Annotated[
    bool, typer.Option("--again", help="Also to those who have a letter already.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, however many.")]


def draft(
    numbers: Numbers = None,
    config: ConfigOption = None,
    *,
    all_open: AllOpen = False,
    eml: Eml = None,
    follow_up: FollowUp = False,
    dry_run: Dry = False,
    again: Again = False,
    yes: Yes = False,
) -> int:
    """Put a letter to each into your drafts. You finish and send it.

    Nothing is ever sent by us. Exit code: 0 the letters lie there, 1 somebody is
    left out, 3 the mailbox cannot be reached.
    """
    from watchdog import log
    from watchdog.config import find, load
    from watchdog.model import StepKind

    log.configure("error")
    if all_open == bool(numbers):
        raise typer.BadParameter("say either the numbers of cases, or --all-open")
    errand = Errand(
        config=load(find(config, os.environ)),
        kind=StepKind.FOLLOWED_UP if follow_up else StepKind.DRAFTED,
        eml=eml,
        is_dry=dry_run,
        is_sure=yes,
    )
    return asyncio.run(errand.run(numbers or [], again=again))


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One call of the command."""

    config: "Config"
    kind: "StepKind"
    eml: Path | None
    is_dry: bool
    is_sure: bool

    async def run(self, numbers: Sequence[int], *, again: bool) -> int:
        """Look who has a letter already, say who is left out, and draft the rest."""
        from watchdog.cli import docket
        from watchdog.ledger import open_ledger
        from watchdog.model import CaseId
        from watchdog.stages.letters import plan_letters
        from watchdog.stages.recovery import recover

        cases = [CaseId(number) for number in dict.fromkeys(numbers)]
        async with open_ledger(await self.config.watchdog.ledger_url()) as ledger:
            await recover(self.config, ledger, clock=_clock)
            planned = await plan_letters(
                self.config,
                ledger,
                cases,
                self.kind,
                again=again,
                eml=self.eml,
                clock=_clock,
            )
            free = [one.missed for one in planned if one.obstacle is None]
            for one in planned:
                if one.obstacle:
                    say(docket.why_not(one))
            drafted = await self._write(ledger, free)
        for number in set(cases) - {one.missed.case.id for one in planned}:
            say(f"There is no case {number}.")
        if not planned and not cases:
            say("Nobody waits for such a letter.")
        return 0 if drafted == max(len(cases), len(planned)) else LEFT_OUT

    async def _write(self, ledger: "Ledger", free: Sequence["Missed"]) -> int:
        """Draft, or show, the letters, if they are wanted; return how many."""
        if self.is_dry:
            return await self._show(ledger, free)
        if len(free) >= MANY and not (self.is_sure or _is_agreed(len(free))):
            return 0
        return await self._draft(ledger, free)

    async def _draft(self, ledger: "Ledger", free: Sequence["Missed"]) -> int:
        from watchdog.cli import docket
        from watchdog.model import CaseStep
        from watchdog.stages.letters import draft_letters

        steps = [
            CaseStep(case=one.case.id, done_at=_clock(), kind=self.kind, by=login())
            for one in free
            if one.case.id is not None
        ]
        drafted = 0
        letters = draft_letters(self.config, ledger, free, steps, eml=self.eml)
        async for missed, is_there in letters:
            drafted += is_there
            where = self.eml or "the mailbox's drafts"
            if is_there:
                say(f"{docket.who(missed)}: a letter lies in {where}.")
            else:
                say(f"{docket.who(missed)}: another is at it. Look again in 5 minutes.")
        if drafted:
            say("Finish each letter, and send it: we never do.")
        return drafted

    async def _show(self, ledger: "Ledger", free: Sequence["Missed"]) -> int:
        from watchdog.cli.docket import letter_text
        from watchdog.stages.drafting import ready

        key = await ledger.key()
        for missed in free:
            letter = ready(self.config, key, missed, self.kind, now=_clock())
            typer.echo(letter_text(letter.raw))
        return len(free)


def _is_agreed(count: int) -> bool:
    """Ask a person; a script has to say --yes."""
    if not sys.stdin.isatty():
        say(f"These are {count} letters: say --yes if you want them all.")
        return False
    return typer.confirm(f"Draft {count} letters?", err=True)


def _clock() -> datetime:
    return datetime.now(UTC)
