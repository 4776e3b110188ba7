"""What a support desk needs to know of an incident, read from the ledger."""

from collections.abc import AsyncIterator, Sequence

from watchdog.config import Check, Config
from watchdog.config.catalogue import catalogue
from watchdog.ledger import Ledger
from watchdog.model import Diagnosis, Incident, Verdict
from watchdog.rules import marker
from watchdog.rules.cause import explain
from watchdog.rules.diagnosis.support import Sent, SupportCase, support_text
from watchdog.rules.standing import DEPTH, shows
from watchdog.stages.clues.scene import recipient_of
from watchdog.stages.troubles import diagnosis_of

MOST_SENT = 5
"""Of the check's own messages, the newest."""


async def text_for_support(
    config: Config, ledger: Ledger, incident: Incident
) -> str | None:
    """Return the text; None where no message of a check we still know shows it.

    No marker of ours is whole in it: an answer that quotes it proves nothing.
    """
    diagnosis = await diagnosis_of(ledger, incident)
    check = _check(config, incident, diagnosis)
    if check is None:
        return None
    history = await ledger.history(check.name, depth=DEPTH, until=incident.resolved_at)
    bad = [verdict for verdict in history if shows(verdict, incident.kind)]
    if not bad:
        return None
    texts = catalogue(config.watchdog.language)
    facts = await ledger.facts(bad[0].marker)
    symptom = explain(bad[0].outcome, facts, texts).cause if facts else bad[0].cause
    sent = [one async for one in _sent(ledger, incident, bad[:MOST_SENT])]
    case = SupportCase(
        address=_address(check),
        recipient=recipient_of(config, check) or check.mailbox,
        visitor=config.watchdog.visitor,
        since=incident.opened_at,
        last_good_at=incident.window_from,
        symptom=symptom,
        conclusion=diagnosis.conclusion if diagnosis else None,
        sent=sent,
    )
    return marker.without(await ledger.key(), support_text(case, texts))


def _check(
    config: Config, incident: Incident, diagnosis: Diagnosis | None
) -> Check | None:
    """Return the check that was looked into, else the incident's first."""
    wanted = [diagnosis.check] if diagnosis else sorted(incident.checks)
    known = {check.name: check for check in config.check}
    return next((known[name] for name in wanted if name in known), None)


def _address(check: Check) -> str:
    if check.form:
        return check.form.url
    host, port = check.address
    return f"{host}:{port}"


async def _sent(
    ledger: Ledger, incident: Incident, bad: Sequence[Verdict]
) -> AsyncIterator[Sent]:
    """Yield the check's own newest bad messages of this trouble, then the trials."""
    began = incident.window_from
    for verdict in bad:
        submission = await ledger.submission(verdict.marker)
        if submission and (began is None or submission.submitted_at >= began):
            yield Sent(submission=submission, verdict=verdict)
    for trial in await ledger.trials(incident.id) if incident.id else ():
        for verdict in await ledger.verdicts(trial.name, limit=1):
            if submission := await ledger.submission(verdict.marker):
                yield Sent(
                    submission=submission,
                    verdict=verdict,
                    experiment=trial.experiment,
                )
