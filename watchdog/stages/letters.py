"""The letters that are wanted: to whom, and into whose drafts."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from probes.errors import Refused
from probes.mail.drafts import Drafts, FileDrafts, MailboxDrafts
from probes.mail.open import open_mailbox
from probes.settings import MboxSettings
from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import CaseId, CaseState, CaseStep, MailboxName, Missed, StepKind
from watchdog.rules.plan import Planned, plan
from watchdog.rules.recovery import Next, next_of
from watchdog.rules.worth import worth
from watchdog.stages.drafting import mailbox_of, put_draft, ready
from watchdog.stages.recovery import MOST_CASES, patience_of
from watchdog.stages.submit import Clock

LATELY = timedelta(days=90)
"""Whoever was contacted since then is not written to anew because of another case."""

ONLY_READ = (
    "The mailbox is a folder of mbox files, which are only read. Have the letters "
    "written into a folder of files (--eml)."
)


async def plan_letters(
    config: Config,
    ledger: Ledger,
    numbers: Sequence[CaseId],
    kind: StepKind,
    *,
    again: bool,
    eml: Path | None,
    clock: Clock,
) -> Sequence[Planned]:
    """Return whom to write to, the most valuable first, and who is left out.

    Without numbers, all who have no letter of that kind and whose turn it is.
    """
    now = clock()
    under_way = await ledger.cases_under_way(limit=MOST_CASES)
    contacted = await ledger.cases_contacted(since=now - LATELY, limit=MOST_CASES)
    if numbers:
        chosen = await ledger.cases_by_number(numbers)
    elif kind is StepKind.FOLLOWED_UP:
        patience = patience_of(config)
        chosen = [
            one
            for one in under_way
            if next_of(one, patience, now=now) is Next.FOLLOW_UP
        ]
    else:
        chosen = [one for one in under_way if one.case.state is CaseState.OPEN]
    wanted = config.recovery.keywords, config.recovery.fields
    ordered = sorted(chosen, key=lambda one: worth(one.inquiry, *wanted), reverse=True)
    checks = {one.inquiry.check for one in ordered}
    homeless = {name for name in checks if not eml and not mailbox_of(config, name)}
    others = [*under_way, *contacted]
    return list(plan(ordered, others, kind, again=again, homeless=homeless))


async def draft_letters(
    config: Config,
    ledger: Ledger,
    cases: Sequence[Missed],
    steps: Sequence[CaseStep],
    *,
    eml: Path | None,
) -> AsyncIterator[tuple[Missed, bool]]:
    """Draft a letter for each case; yield whether it lies there, or another is at it.

    `steps` say what is written down of each.  With `eml` they become files there.
    Raise `ProbeError` where that is not possible; what is yielded is done.
    """
    groups: dict[MailboxName | None, list[tuple[Missed, CaseStep]]] = defaultdict(list)
    for missed, step in zip(cases, steps, strict=True):
        name = None if eml else mailbox_of(config, missed.inquiry.check)
        groups[name].append((missed, step))
    key = await ledger.key()
    for name, pairs in groups.items():
        async with _drafts(config, name, eml) as drafts:
            for missed, step in pairs:
                letter = ready(config, key, missed, step.kind, now=step.done_at)
                yield missed, await put_draft(ledger, drafts, missed, step, letter)


@asynccontextmanager
async def _drafts(
    config: Config, name: MailboxName | None, eml: Path | None
) -> AsyncIterator[Drafts]:
    if eml is not None:
        yield FileDrafts(eml)
    elif name is None or isinstance(config.mailbox[name], MboxSettings):
        raise Refused(ONLY_READ)
    else:
        async with aclosing(open_mailbox(config.mailbox[name])) as mailbox:
            yield MailboxDrafts(mailbox)
