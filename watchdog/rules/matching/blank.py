"""Mails that say nothing of the person: only their time tells whose they may be."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from watchdog.model import Certainty, CheckName
from watchdog.rules.matching.assignment import Held
from watchdog.rules.matching.claim import Claim
from watchdog.rules.matching.comparison import Comparison
from watchdog.rules.matching.decision import HOUR, MINUTE, SKEW
from watchdog.rules.matching.notices import is_like_a_notice
from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.rarity import Phrases, Rarity
from watchdog.rules.matching.sought import Sought

SOON = 15 * MINUTE
LATER = 2 * HOUR
"""How late a mail without content still counts, from a sender who is known for them."""
FEWEST = 2
"""So many fits, and half of the sender's mails, make him known as the form's."""
MOST = 20


def by_time(
    soughts: Sequence[Sought],
    pieces: Sequence[Piece],
    rarity: Rarity,
    phrases: Phrases,
    shifts: Mapping[CheckName, float],
) -> Iterator[Held]:
    """Yield what may be the message of those of `soughts` that got none by content.

    A mail counts if it speaks like a website's notice, or if its sender's mails
    come whenever somebody writes.  Never sure.  `pieces` are oldest first.
    """
    blind = any(sought.inquiry.is_contentless for sought in soughts)
    ordered = [piece for piece in pieces if blind or _is_the_sites(piece)]
    times = [piece.at for piece in ordered]
    near: dict[Sequence[str], list[Held]] = defaultdict(list)
    for sought in soughts:
        at = sought.at + shifts.get(sought.inquiry.check, 0.0)
        start, end = bisect_left(times, at - SKEW), bisect_left(times, at + LATER)
        comparison = Comparison(sought, rarity, phrases)
        for one in map(comparison.claim, ordered[start:end][:MOST]):
            if _may_be(one):
                after = one.piece.at - at
                held = Held(claim=one, certainty=Certainty.POSSIBLE, after=after)
                near[one.piece.senders].append(held)
    counts = Counter(piece.senders for piece in ordered)
    for sender, found in near.items():
        fits = {held.mail for held in found if held.after <= SOON}
        is_known = len(fits) >= max(FEWEST, counts[sender] / 2)
        yield from (held for held in found if is_known or _is_likely(held))


def _is_the_sites(piece: Piece) -> bool:
    """Return whether it may be a website's: its words, or whom to answer, say so."""
    answers_elsewhere = not {*piece.repliers} <= {*piece.senders}
    return answers_elsewhere or is_like_a_notice(frozenset(piece.traits))


def _may_be(claim: Claim) -> bool:
    if claim.is_foreign or claim.is_from or claim.is_his_copy:
        return False
    return claim.sought.inquiry.is_contentless or claim.says_little


def _is_likely(held: Held) -> bool:
    return held.after <= SOON and _is_the_sites(held.claim.piece)
