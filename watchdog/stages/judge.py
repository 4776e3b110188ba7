"""Say what became of each submission as soon as the evidence decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import Facts, Verdict
from watchdog.rules import verdict as rule
from watchdog.stages.submit import Clock

log = structlog.get_logger()

AT_ONCE = 500
"""Submissions judged in one pass; the next pass goes on with the rest."""

ANSWER = timedelta(minutes=5)
"""After which a form's answer does not come any more."""


async def judge(
    config: Config,
    ledger: Ledger,
    *,
    clock: Clock,
    patience: timedelta = rule.PATIENCE,
) -> Sequence[Verdict]:
    """Record and return the verdicts that can be reached now.

    A message that came after its verdict gets a second one: what was said
    first stays on record.
    """
    ripe = await ledger.ripe(clock(), limit=AT_ONCE)
    judged = [
        rule.judge(facts, number=number, now=clock(), patience=patience)
        for number, facts in ripe
        if not _awaits_answer(facts, config, clock())
    ]
    said = [verdict for verdict in judged if verdict]
    reached = await ledger.record_verdicts(said) if said else []
    for verdict in reached:
        log.info("verdict.reached", check=verdict.check, outcome=verdict.outcome.value)
    return reached


def _awaits_answer(facts: Facts, config: Config, now: datetime) -> bool:
    """Tell whether a mail came so soon that it is not known yet what it proves.

    Only the form's answer tells whether the site let the test past its guard.
    """
    sent = facts.submission
    is_told = facts.answered or facts.failure or not facts.arrival
    if is_told or now >= sent.submitted_at + ANSWER:
        return False
    return any(
        check.name == sent.check and check.form and check.form.exemption
        for check in config.check
    )
