"""Causes of what arrives, but late or where nobody reads."""

from watchdog.model import Cause, Experiment, Outcome
from watchdog.rules.diagnosis.candidate import Candidate, Said, likely, proven
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST, stays_away
from watchdog.rules.diagnosis.recipient import mailbox
from watchdog.rules.diagnosis.sender import is_to_blame
from watchdog.rules.diagnosis.statements import stated


def spam_folder(clues: Clues) -> Candidate | None:
    """Return whether a filter takes the mail for spam, whoever sent it."""
    if clues.outcome is Outcome.JUNKED:
        return None if is_to_blame(clues) else _sorted_out(clues)
    if clues.outcome not in LOST:
        return None
    if statement := stated(clues, Cause.SPAM_FOLDER):
        said = Said(
            "The mail host refused the mail as spam{quoted}.", quoted=statement.quoted
        )
        return proven(Cause.SPAM_FOLDER, said, words=statement.words)
    if stays_away(clues, Experiment.DIRECT) and not mailbox(clues):
        said = Said(
            "The mailbox's own mail host took a mail straight from us, and it is in no"
            " folder either: probably the host holds such mail in quarantine."
        )
        return likely(Cause.SPAM_FOLDER, said, experiment="direct")
    return None


def _sorted_out(clues: Clues) -> Candidate:
    """Say that it lies in the spam folder, and what the filter said of it."""
    verdict, score = clues.says("spam_verdict"), clues.says("spam_score")
    if not verdict and not score:
        said = Said("The spam filter put it there, and does not say why.")
        return proven(Cause.SPAM_FOLDER, said)
    words = " ".join(filter(None, (verdict, score)))
    said = Said("The spam filter says of it: “{words}”", words=words)
    return proven(Cause.SPAM_FOLDER, said, words=words)


def slow_mail(clues: Clues) -> Candidate | None:
    """Return whether the mail comes, but a host on the way holds it for long."""
    if clues.outcome is not Outcome.LATE:
        return None
    host, seconds = clues.says("slowest_hop"), clues.evidence.get("slowest_seconds")
    if not host or not isinstance(seconds, int | float):
        said = Said("The mail came, but a host on its way held it for long.")
        return likely(Cause.SLOW_MAIL, said)
    if clues.latency and seconds < clues.latency.total_seconds() / 2:
        said = Said(
            "No host on the mail's way held it for long: it waited before it was sent."
        )
        return likely(Cause.SLOW_MAIL, said)
    said = Said(
        "The mail waited for {minutes} min before {host} took it.",
        host=host,
        minutes=f"{seconds / 60:.0f}",
    )
    return proven(Cause.SLOW_MAIL, said, slowest_hop=host)
