"""What shows an incident's trouble: the newest bad verdict of each of its checks."""

from collections.abc import Mapping

from watchdog.ledger import Ledger
from watchdog.model import CheckName, Conclusion, Incident, Screenshot, Verdict
from watchdog.rules.standing import DEPTH, shows
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


async def conclusion_of(ledger: Ledger, incident: Incident) -> Conclusion | None:
    """Return what we hold to be its cause; None if nobody has looked into it."""
    if incident.id is None:
        return None
    found = await ledger.diagnoses([incident.id])
    diagnosis = found.get(incident.id)
    return diagnosis.conclusion if diagnosis else None
