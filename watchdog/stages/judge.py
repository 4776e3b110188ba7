"""Say what became of each submission as soon as the evidence decides."""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from watchdog.ledger import Ledger
from watchdog.model import Verdict
from watchdog.rules import verdict as rule
from watchdog.stages.submit import Clock

log = structlog.get_logger()

AT_ONCE = 500
"""Submissions judged in one pass; the next pass goes on with the rest."""


async def judge(
    ledger: Ledger, *, clock: Clock, patience: timedelta = rule.PATIENCE
) -> Sequence[Verdict]:
    """Record and return the verdicts that can be reached now.

    A message that came after its verdict gets a second one: what was said
    first stays on record.
    """
    ripe = await ledger.ripe(clock(), limit=AT_ONCE)
    judged = [
        rule.judge(facts, number=number, now=clock(), patience=patience)
        for number, facts in ripe
    ]
    said = [verdict for verdict in judged if verdict]
    reached = await ledger.record_verdicts(said) if said else []
    for verdict in reached:
        log.info("verdict.reached", check=verdict.check, outcome=verdict.outcome.value)
    return reached
