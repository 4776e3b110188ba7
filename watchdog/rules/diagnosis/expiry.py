"""The cause that a domain, a certificate or a DNS record has run out or is gone."""

from watchdog.model import Cause, Outcome
from watchdog.rules.diagnosis.candidate import Candidate, Said, likely, proven
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST
from watchdog.rules.diagnosis.statements import stated

VITAL = frozenset({"A", "MX"})
"""Records without which nobody is reached; without the others, nobody is trusted."""


def expired(clues: Clues) -> Candidate | None:
    """Return whether something that must be renewed was not."""
    if clues.ended_domain:
        said = Said("The domain {name} has run out.", name=clues.ended_domain)
        return proven(Cause.EXPIRED, said, domain=clues.ended_domain)
    is_unreached = clues.outcome in {Outcome.UNREACHABLE, Outcome.REFUSED}
    if clues.ended_certificate and is_unreached:
        name = clues.ended_certificate
        said = Said("The certificate of {name} has run out.", name=name)
        return proven(Cause.EXPIRED, said, certificate=name)
    return _gone(clues)


def _gone(clues: Clues) -> Candidate | None:
    """Return whether a record is gone that the message needs on its way."""
    is_lost = clues.outcome in LOST | {Outcome.JUNKED, Outcome.UNREACHABLE}
    if not clues.names.gone or not is_lost:
        return None
    records = ", ".join(clues.names.gone)
    said = Said("This was in the DNS, and is gone: {records}.", records=records)
    is_vital = any(one.split()[0] in VITAL for one in clues.names.gone)
    found = proven if is_vital or _is_missed(clues) else likely
    return found(Cause.EXPIRED, said, gone=records)


def _is_missed(clues: Clues) -> bool:
    """Tell whether the mailbox's host found that the record is not there."""
    refusals = (Cause.UNTRUSTED_SENDER, Cause.VISITOR_AS_SENDER)
    told = {clues.says(method) for method in ("spf", "dkim", "dmarc")} - {""}
    return any(stated(clues, each) for each in refusals) or (
        clues.outcome is Outcome.JUNKED and bool(told - {"pass"})
    )
