"""`recover contacted`, `dismiss`, `reopen` and `close`: what you did about a case."""

import asyncio
import os
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from watchdog.cli.errors import CANNOT_TELL, say
from watchdog.cli.incidents import LARGEST, login
from watchdog.cli.options import ConfigOption

if TYPE_CHECKING:
    from watchdog.config import Config
    from watchdog.ledger import Ledger
    from watchdog.model import CaseStep, Missed, StepKind

MOST_SIGNS = 1_000
"""Of a note."""


class Way(StrEnum):
    """How somebody was contacted."""

    PHONE = "phone"
    MAIL = "mail"


Number = Annotated[
    int, typer.Argument(metavar="N", max=LARGEST, help="The case's number.")
]
By = Annotated[Way, typer.Option("--by", help="How.")]
Note = Annotated[str, typer.Option("--note", metavar="WORDS", help="What came of it.")]
Because = Annotated[str, typer.Option("--because", metavar="WORDS", help="Why.")]
Again = Annotated[
    bool, typer.Option("--again", help="Though they were contacted already.")
]


def contacted(
    number: Number,
    config: ConfigOption = None,
    by: By = Way.PHONE,
    note: Note = "",
    *,
    again: Again = False,
) -> int:
    """Say that you called somebody, or wrote from elsewhere. They wait no more."""
    from watchdog.model import StepKind

    words = f"By {by}. {note}".strip()
    return _take(number, config, StepKind.CONTACTED, words, again=again)


def dismiss(number: Number, because: Because, config: ConfigOption = None) -> int:
    """Say that there is nothing to win back: spam, a mistake."""
    from watchdog.model import StepKind

    return _take(number, config, StepKind.DISMISSED, because)


def reopen(number: Number, config: ConfigOption = None) -> int:
    """Put a case on the desk again. Letters sent before count no more."""
    from watchdog.model import StepKind

    return _take(number, config, StepKind.REOPENED, "")


def close(number: Number, config: ConfigOption = None, note: Note = "") -> int:
    """Say that a case has come to its end."""
    from watchdog.model import StepKind

    return _take(number, config, StepKind.CLOSED, note)


def _take(
    number: int,
    config: ConfigOption,
    kind: "StepKind",
    words: str,
    *,
    again: bool = False,
) -> int:
    from watchdog import log
    from watchdog.config import find, load_without_secrets
    from watchdog.model import CaseId, CaseStep

    log.configure("error")
    step = CaseStep(
        case=CaseId(number),
        done_at=datetime.now(UTC),
        kind=kind,
        by=login(),
        words=words[:MOST_SIGNS],
    )
    loaded = load_without_secrets(find(config, os.environ))
    return asyncio.run(_record(loaded, step, again=again))


async def _record(config: "Config", step: "CaseStep", *, again: bool) -> int:
    from watchdog.cli.docket import history, who
    from watchdog.ledger import open_ledger

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        is_done = await ledger.record_step(step)
        found = await ledger.cases_by_number([step.case])
        if not found:
            say(f"There is no case {step.case}.")
            return CANNOT_TELL
        [missed] = found
        if not is_done and again and missed.case.contacted_at:
            is_done = await ledger.add_step(step)
        others = await _others(ledger, missed) if is_done else []
    if not is_done:
        say(f"{who(missed)} is {missed.case.state} already.")
        for line in history(missed):
            say(f"  {line}")
        return CANNOT_TELL
    say(f"{who(missed)} is {missed.case.state} now.")
    for other in others:
        say(f"{who(other)} seems to be the same person, and is {other.case.state}.")
    return 0


async def _others(ledger: "Ledger", missed: "Missed") -> list["Missed"]:
    """Return the other cases under way of the same person."""
    from watchdog.rules.plan import same_person

    under_way = await ledger.cases_under_way(limit=10_000)
    return [one for one in under_way if same_person(missed, [one])]
