"""What shows an incident's trouble: the newest bad verdict of each of its checks."""

from collections.abc import Mapping
from dataclasses import replace

from watchdog.ledger import Ledger
from watchdog.model import CheckName, Diagnosis, Incident, Screenshot, Verdict
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.cause import explain as symptom
from watchdog.rules.standing import DEPTH, shows
from watchdog.rules.verdict import explained
from watchdog.rules.wording import MOST_CHECKS


async def troubles_of(
    ledger: Ledger, incident: Incident
) -> Mapping[CheckName, Verdict]:
    """Return the newest verdicts that show the trouble, of so many checks."""
    found = {}
    for check in sorted(incident.checks)[:MOST_CHECKS]:
        history = await ledger.history(check, depth=DEPTH, until=incident.resolved_at)
        bad = [verdict for verdict in history if shows(verdict, incident.kind)]
        if bad:
            found[check] = bad[0]
    return found


async def screenshot_of(
    ledger: Ledger, troubles: Mapping[CheckName, Verdict]
) -> Screenshot | None:
    """Return what a browser showed of the first of them of which that is kept."""
    for verdict in troubles.values():
        if shot := await ledger.screenshot_of(verdict.marker):
            return shot
    return None


async def diagnosis_of(ledger: Ledger, incident: Incident) -> Diagnosis | None:
    """Return what we hold to be its cause; None if nobody has looked into it."""
    if incident.id is None:
        return None
    return (await ledger.diagnoses([incident.id])).get(incident.id)


async def in_words(
    ledger: Ledger,
    troubles: Mapping[CheckName, Verdict],
    diagnosis: Diagnosis | None,
    texts: Catalogue = ENGLISH,
) -> Mapping[CheckName, Verdict]:
    """Return the verdicts in a language; the ledger keeps them in English.

    Where there is a diagnosis they say what was seen, and leave the cause to it.
    """
    if diagnosis is None and texts is ENGLISH:
        return troubles
    explain = explained if diagnosis is None else symptom
    told = {}
    for check, verdict in troubles.items():
        facts = await ledger.facts(verdict.marker)
        said = explain(verdict.outcome, facts, texts) if facts else verdict
        told[check] = replace(verdict, cause=said.cause, advice=said.advice)
    return told
