"""Who sends a form's notices: known from those that are surely its own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from watchdog.model import Certainty, CheckName
from watchdog.rules.matching.assignment import Held
from watchdog.rules.matching.claim import ALIKE

OFTEN = 2
"""So many sure notices make a sender; a site that writes in the name of each of its
visitors has none."""

Senders = Mapping[CheckName, frozenset[Sequence[str]]]
"""Of each check; one that is not in it has no senders that we know."""


def senders_of(found: Iterable[Held]) -> Senders:
    """Return from whom the notices of each check come, as far as that is sure."""
    counts: dict[CheckName, Counter[Sequence[str]]] = defaultdict(Counter)
    for one in found:
        if one.certainty is Certainty.CERTAIN and not one.claim.is_from:
            counts[one.claim.sought.inquiry.check][one.claim.piece.senders] += 1
    return {
        check: frozenset(sender for sender, times in senders.items() if times >= OFTEN)
        for check, senders in counts.items()
    }


def may_be_from(held: Held, senders: Senders) -> bool:
    """Return whether a mail may be the form's notice, by who sent it.

    What points to the person and brings his words may come from anywhere.  What has
    only one of them, or a number, or its time for it is one of the form's, where
    those are known: a booking names the person as well, and a digest of the spam.
    """
    claim = held.claim
    known = senders.get(claim.sought.inquiry.check)
    points = claim.is_known or claim.has_phone or claim.has_name
    brings_all = points and (claim.likeness >= ALIKE or not len(claim.sought.words))
    return brings_all or not known or claim.piece.senders in known
