"""Answers, forwards and bounces: what they prove of a message they only quote."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchdog.model import Certainty, MailKind
from watchdog.rules.matching.assignment import Held
from watchdog.rules.matching.claim import ALIKE, Claim
from watchdog.rules.matching.comparison import Comparison
from watchdog.rules.matching.decision import LATEST, LONG, SAME, SKEW, is_told
from watchdog.rules.matching.index import Index
from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.rarity import Phrases, Rarity
from watchdog.rules.matching.sought import Sought
from watchdog.rules.matching.traits import address_trait


def by_quotation(
    soughts: Sequence[Sought], pieces: Sequence[Piece], rarity: Rarity
) -> Iterator[Held]:
    """Yield what shows that the owner or his people had a message, though it is gone.

    An answer of the owner proves that he has read it.  A copy that somebody else
    forwards is a hint; one that the person sends himself is none.  What answers
    a mail that we know is about that mail.  What is written once the owner knows
    that somebody was missed comes of that, and proves nothing.
    """
    known = {mail.message_id for piece in pieces for mail in piece.mails}
    quotes = [
        _quotation(piece)
        for piece in pieces
        if piece.kind is MailKind.ANSWER
        if not known.intersection(piece.first.references[:1])
    ]
    for one in _claims(soughts, quotes, rarity):
        after = one.piece.at - one.sought.at
        if one.is_from or is_told(one) or not -SKEW <= after <= LATEST:
            continue
        judge = _forwarded if one.piece.lies_with_owner else _answered
        if certainty := judge(one):
            yield Held(claim=one, certainty=certainty, after=after)


def brought_back(
    soughts: Sequence[Sought], pieces: Sequence[Piece], rarity: Rarity
) -> frozenset[int]:
    """Return the `id` of those of `soughts` whose message a bounce brings back."""
    bounces = [_quotation(piece) for piece in pieces if piece.kind is MailKind.BOUNCE]
    claims = _claims(soughts, bounces, rarity)
    return frozenset(
        id(one.sought)
        for one in claims
        if _is_quoted(one) and one.piece.at >= one.sought.at - SKEW
        # What went back is the site's copy for the visitor, not the owner's mail.
        if one.sought.address not in one.piece.recipients
    )


def _quotation(piece: Piece) -> Piece:
    mail = max(piece.mails, key=lambda one: len(one.quoted_traits))
    addressees = map(address_trait, piece.recipients)
    own = addressees if not piece.lies_with_owner else ()
    return replace(piece, traits=array("I", sorted({*mail.quoted_traits, *own})))


def _claims(
    soughts: Sequence[Sought], pieces: Sequence[Piece], rarity: Rarity
) -> Iterator[Claim]:
    phrases = Phrases(())
    index = Index(pieces, soughts, Rarity(pieces))
    for sought in soughts:
        comparison = Comparison(sought, rarity, phrases)
        yield from map(comparison.claim, index.near(sought))


def _answered(one: Claim) -> Certainty | None:
    """Judge a mail that the owner wrote."""
    if one.sought.address not in one.piece.recipients or not one.sought.address:
        return None
    if one.likeness >= ALIKE:
        is_same = one.likeness >= SAME and one.shared >= LONG
        return Certainty.CERTAIN if is_same else Certainty.LIKELY
    quotes_nothing = not any(mail.quoted_traits for mail in one.piece.mails)
    is_answer = any(mail.references for mail in one.piece.mails)
    return Certainty.POSSIBLE if quotes_nothing and is_answer else None


def _forwarded(one: Claim) -> Certainty | None:
    return Certainty.POSSIBLE if _is_quoted(one) else None


def _is_quoted(one: Claim) -> bool:
    is_same = one.likeness >= SAME and one.shared >= LONG
    return is_same or (one.likeness >= ALIKE and one.has_address)
