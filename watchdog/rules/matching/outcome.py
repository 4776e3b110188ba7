"""From who got which mail to what we hold true of every inquiry."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from watchdog.model import (
    CAME,
    Certainty,
    CheckName,
    Finding,
    InquiryId,
    InquiryStatus,
    MailKind,
)
from watchdog.rules.matching import evidence
from watchdog.rules.matching.absence import Hints, Survivors, absent
from watchdog.rules.matching.assignment import EQUAL, Held
from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.place import status_of
from watchdog.rules.matching.scope import Scope
from watchdog.rules.matching.sought import Sought
from watchdog.rules.matching.twins import duplicates

LOST = (InquiryStatus.MISSING, InquiryStatus.UNVERIFIABLE, InquiryStatus.PENDING)
MOST_RIVALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that was found out about one mailbox; inquiries are known by their `id`."""

    granted: Mapping[int, Held]
    wishes: Sequence[Held]
    """Every claim that would have held."""
    pieces: Sequence[Piece]
    clocks: Mapping[CheckName, float]
    bounced: frozenset[int]


def findings(
    soughts: Sequence[Sought], scopes: Mapping[CheckName, Scope], known: Known
) -> Mapping[InquiryId, Finding]:
    """Return what became of each of `soughts`."""
    rivals = _rivals(known)
    survivors = _survivors(known)
    found: dict[int, Finding] = {}
    for sought in soughts:
        scope = scopes[sought.inquiry.check]
        held = known.granted.get(id(sought))
        names = sorted(rivals[id(sought)])[:MOST_RIVALS]
        if held is not None:
            shift = known.clocks.get(sought.inquiry.check, 0.0)
            found[id(sought)] = _present(held, scope, names, shift)
            continue
        hints = Hints(bounced=id(sought) in known.bounced, rivals=names)
        of_form = survivors[sought.inquiry.check]
        found[id(sought)] = absent(sought.inquiry, scope, of_form, hints)
    had = [key for key, finding in found.items() if finding.status in CAME]
    for key, entry in duplicates(soughts, frozenset(had)).items():
        if found[key].status in LOST:
            found[key] = _duplicate(entry)
    return {
        sought.inquiry.id: found[id(sought)]
        for sought in soughts
        if sought.inquiry.id is not None
    }


def _present(held: Held, scope: Scope, rivals: Sequence[str], shift: float) -> Finding:
    # When it came, an answer does not tell.
    is_original = held.claim.piece.kind is MailKind.MESSAGE
    is_late = is_original and timedelta(seconds=held.after) > scope.deadline
    status, mail = status_of(held.claim.piece, is_late=is_late)
    certainty = held.certainty
    if rivals and certainty is Certainty.CERTAIN:
        # One of them arrived for certain, but it may have been the other one.
        certainty = Certainty.LIKELY
    return Finding(
        status=status,
        certainty=certainty,
        evidence=evidence.of_mail(held, mail, rivals=rivals, shift=shift),
        mail=mail.id,
    )


def _rivals(known: Known) -> Mapping[int, set[str]]:
    """Return with whom an inquiry contends for a mail which only one of them got."""
    holders = {held.mail: held for held in known.granted.values()}
    found: dict[int, set[str]] = defaultdict(set)
    for wish in known.wishes:
        holder = holders.get(wish.mail)
        if holder is None or wish.inquiry in known.granted:
            continue
        if wish.claim.strength > holder.claim.strength - EQUAL:
            found[wish.inquiry].add(holder.claim.sought.inquiry.entry)
            found[holder.inquiry].add(wish.claim.sought.inquiry.entry)
    return found


def _survivors(known: Known) -> Mapping[CheckName, Survivors]:
    every = sorted(piece.at for piece in known.pieces if piece.lies_with_owner)
    of_form: dict[CheckName, list[float]] = defaultdict(list)
    for held in known.granted.values():
        if held.claim.piece.lies_with_owner:
            of_form[held.claim.sought.inquiry.check].append(held.claim.piece.at)
    found: dict[CheckName, Survivors] = defaultdict(
        lambda: Survivors(all=every, of_form=())
    )
    for check, times in of_form.items():
        found[check] = Survivors(all=every, of_form=sorted(times))
    return found


def _duplicate(entry: str) -> Finding:
    because = [f"The same person wrote the same as entry {entry}, which arrived."]
    return Finding(
        status=InquiryStatus.DUPLICATE,
        certainty=Certainty.LIKELY,
        evidence={"because": because, "rivals": [entry]},
    )
