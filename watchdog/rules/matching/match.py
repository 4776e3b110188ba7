"""Which mail is which inquiry's message, and what became of those without one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from watchdog.model import (
    CheckName,
    Finding,
    Inquiry,
    InquiryId,
    Mail,
    MailboxName,
    MailKind,
)
from watchdog.rules.matching import outcome
from watchdog.rules.matching.assignment import Held, assign
from watchdog.rules.matching.blank import by_time
from watchdog.rules.matching.claim import Claim
from watchdog.rules.matching.clock import shifts
from watchdog.rules.matching.comparison import Comparison
from watchdog.rules.matching.decision import certainty_of, is_told
from watchdog.rules.matching.index import Index
from watchdog.rules.matching.piece import Piece, pieces_of
from watchdog.rules.matching.quotes import brought_back, by_quotation
from watchdog.rules.matching.rarity import Phrases, Rarity
from watchdog.rules.matching.scope import Scope
from watchdog.rules.matching.senders import may_be_from, senders_of
from watchdog.rules.matching.sought import Sought, sought


def match(
    inquiries: Sequence[Inquiry],
    mails: Sequence[Mail],
    scopes: Mapping[CheckName, Scope],
    *,
    told_at: Mapping[InquiryId, datetime] = {},
) -> Mapping[InquiryId, Finding]:
    """Return what became of each of `inquiries`, whatever order they come in.

    Each has its id, and its check a scope.  A mail explains one inquiry at most:
    pass also those that were found earlier, or their mails will be given to
    others.  Mails must reach from some days before the oldest inquiry to now.
    `told_at` says since when the owner knows of those who were missed: what he
    writes to them then comes of our list, and proves no arrival.
    """
    sought_in: dict[MailboxName, list[Sought]] = defaultdict(list)
    for inquiry in inquiries:
        told = told_at.get(inquiry.id) if inquiry.id is not None else None
        sought_in[scopes[inquiry.check].mailbox].append(sought(inquiry, told))
    mails_in: dict[MailboxName, list[Mail]] = defaultdict(list)
    for mail in mails:
        mails_in[mail.mailbox].append(mail)
    found: dict[InquiryId, Finding] = {}
    for mailbox, soughts in sought_in.items():
        soughts.sort(key=lambda one: one.key)
        found |= _matched(soughts, pieces_of(mails_in[mailbox]), scopes)
    return found


def _matched(
    soughts: Sequence[Sought],
    pieces: Sequence[Piece],
    scopes: Mapping[CheckName, Scope],
) -> Mapping[InquiryId, Finding]:
    """Match within one mailbox: by content, then by time, then by what others quote."""
    originals = _originals(pieces)
    rarity, phrases = Rarity(originals), Phrases(originals)
    claims = _claims(soughts, originals, rarity, phrases)
    clocks = shifts(claims)
    likely = _not_of_the_list(_held(claims, clocks))
    senders = senders_of(likely)
    wishes = [one for one in likely if may_be_from(one, senders)]
    granted = dict(assign(wishes))
    taken = {held.mail for held in granted.values()}
    people = {one.address for one in soughts if one.address}
    blank = by_time(
        [one for one in _left(soughts, granted) if not one.inquiry.is_spam],
        # What somebody writes himself is nobody else's notice.
        [
            piece
            for piece in originals
            if id(piece) not in taken and people.isdisjoint(piece.senders)
        ],
        rarity,
        phrases,
        clocks,
    )
    granted |= assign(
        [one for one in _not_of_the_list(blank) if may_be_from(one, senders)]
    )
    granted |= assign(by_quotation(_left(soughts, granted), pieces, rarity))
    return outcome.findings(
        soughts,
        scopes,
        outcome.Known(
            granted=granted,
            wishes=wishes,
            pieces=pieces,
            clocks=clocks,
            bounced=brought_back(_left(soughts, granted), pieces, rarity),
        ),
    )


def _originals(pieces: Sequence[Piece]) -> Sequence[Piece]:
    return [
        piece
        for piece in pieces
        if piece.kind is MailKind.MESSAGE and piece.lies_with_owner
    ]


def _claims(
    soughts: Sequence[Sought],
    pieces: Sequence[Piece],
    rarity: Rarity,
    phrases: Phrases,
) -> Sequence[Claim]:
    """Compare each inquiry with the few mails that share something rare with it."""
    index = Index(pieces, soughts, rarity)
    claims: list[Claim] = []
    for one in soughts:
        comparison = Comparison(one, rarity, phrases)
        near = [piece for piece in index.near(one) if not comparison.is_idle(piece)]
        claims.extend(map(comparison.claim, near))
    return [one for one in claims if one.is_worth_keeping]


def _held(claims: Sequence[Claim], clocks: Mapping[CheckName, float]) -> list[Held]:
    held = []
    for one in claims:
        shift = clocks.get(one.sought.inquiry.check, 0.0)
        after = one.piece.at - one.sought.at - shift
        if certainty := certainty_of(one, after):
            held.append(Held(claim=one, certainty=certainty, after=after))
    return held


def _not_of_the_list(found: Iterable[Held]) -> list[Held]:
    """Leave out letters to those whom the owner knows to be missed.

    Also what lies outside of the sent folder: he moves them, or gets a copy.
    """
    return [
        one
        for one in found
        if one.claim.sought.address not in one.claim.piece.recipients
        or not is_told(one.claim)
    ]


def _left(soughts: Sequence[Sought], granted: Mapping[int, Held]) -> Sequence[Sought]:
    return [one for one in soughts if id(one) not in granted]
