"""The one decision: at most one cause, and how well it is shown."""

from collections.abc import Callable, Mapping, Sequence

from watchdog.model import (
    Cause,
    Conclusion,
    Experiment,
    Health,
    Outcome,
    Sureness,
    Way,
)
from watchdog.rules.diagnosis.arrival import slow_mail, spam_folder
from watchdog.rules.diagnosis.candidate import Candidate
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST, came
from watchdog.rules.diagnosis.expiry import expired
from watchdog.rules.diagnosis.page import (
    broken_script,
    firewall,
    spam_guard,
    stale_page,
)
from watchdog.rules.diagnosis.recipient import (
    local_routing,
    mailbox,
    wrong_recipient,
)
from watchdog.rules.diagnosis.sender import untrusted_sender, visitor_as_sender
from watchdog.rules.diagnosis.sentences import AT_THE_SITE, NOTHING, SEVERAL
from watchdog.rules.diagnosis.site_mail import (
    broken_handler,
    cannot_send,
    mail_login,
    sending_limit,
)

RULES: Sequence[Callable[[Clues], Candidate | None]] = (
    expired,
    mail_login,
    sending_limit,
    cannot_send,
    visitor_as_sender,
    untrusted_sender,
    local_routing,
    wrong_recipient,
    mailbox,
    stale_page,
    firewall,
    broken_script,
    spam_guard,
    broken_handler,
    spam_folder,
    slow_mail,
)
"""What lies deeper first: of two that are proven, the first is why the other is."""

OF_OTHERS: Mapping[Way, Sequence[Callable[[Clues], Candidate | None]]] = {
    Way.MAIL: (expired, mailbox, spam_folder, slow_mail),
    Way.WIDGET: (expired, firewall, spam_guard),
}
"""Those that blame no website, where none was passed; and those that blame nothing
behind the guard of a form, nor its page's scripts for it."""


def decide(clues: Clues) -> Conclusion | None:
    """Return why messages are lost, as far as anything shows it; None if none are.

    What is proven beats what is likely.  Where several are likely and none is
    proven, nobody is blamed: the cause is unknown, and they are named.
    """
    if clues.outcome.health is Health.OK or clues.outcome is Outcome.BLIND:
        return None
    rules = OF_OTHERS.get(clues.way, RULES)
    found = [candidate for rule in rules if (candidate := rule(clues))]
    shown = [one for one in found if one.sureness is Sureness.PROVEN]
    suspects = list(dict.fromkeys(one.cause for one in found))
    if shown or len(suspects) == 1:
        best = (shown or found)[0]
        return Conclusion(
            cause=best.cause,
            sureness=best.sureness,
            words=best.words,
            values=best.values,
            evidence=best.evidence,
        )
    return Conclusion(
        cause=None,
        sureness=Sureness.UNKNOWN,
        suspects=suspects,
        words=_unknown(clues, suspects),
    )


def _unknown(clues: Clues, suspects: Sequence[Cause]) -> str:
    """Say what is known all the same."""
    if suspects:
        return SEVERAL
    if clues.outcome in LOST and came(clues, Experiment.DIRECT):
        return AT_THE_SITE
    return NOTHING
