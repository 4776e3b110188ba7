"""One piece of mail, in whichever folders it was seen: the owner moves and copies."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from watchdog.model import Mail, MailKind
from watchdog.rules.matching.traits import address_of, address_trait

PUT_AWAY = re.compile(
    r"archiv|all.?mail|alle (?:nachrichten|e-?mails)|tous les messages|tutti i messaggi"
    r"|todos|toda|wszystkie|erledigt|done|fertig|kunden|customers|arhiv|архив",
    re.IGNORECASE,
)
"""Folders into which a person puts what he has dealt with; Gmail's is All Mail."""
WRITTEN = ("sent", "drafts")
"""Folders that show what the owner wrote, and nothing of what came to him."""
AT_ONCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A mail and its copies in other folders."""

    mails: Sequence[Mail]
    """First seen first."""
    at: float
    """When it came, in seconds since 1970."""
    senders: Sequence[str]
    repliers: Sequence[str]
    recipients: Sequence[str]
    traits: Sequence[int]

    @property
    def first(self) -> Mail:
        """The mail as it was first seen."""
        return self.mails[0]

    @property
    def key(self) -> tuple[float, str, str, int, int]:
        """By which pieces are ordered, the same in every run."""
        return self.at, self.first.message_id, *_place(self.first)

    @property
    def kind(self) -> MailKind:
        """What it is, apart from what it says."""
        return self.first.kind

    @property
    def lies_with_owner(self) -> bool:
        """Whether it came to him, and was not only written by him."""
        return any(mail.role not in WRITTEN for mail in self.mails)

    def pointers(self) -> Sequence[int]:
        """Return the traits of the addresses to which an answer would go."""
        return [address_trait(one) for one in (*self.senders, *self.repliers)]


def pieces_of(mails: Sequence[Mail]) -> Sequence[Piece]:
    """Return the pieces among the mails of one mailbox, oldest first.

    Copies have one message id (RFC 5322 3.6.4).  A site that writes to two
    addresses of one mailbox makes two mails of one inquiry: the same text at
    once, to different recipients.
    """
    groups: dict[object, list[Mail]] = defaultdict(list)
    for mail in mails:
        groups[mail.message_id or _place(mail)].append(mail)
    pieces = sorted(map(_piece, groups.values()), key=lambda piece: piece.key)
    return _joined(pieces)


def is_put_away(mail: Mail) -> bool:
    """Return whether the owner has put it where he keeps what he has seen."""
    return mail.role == "trash" or bool(PUT_AWAY.search(mail.folder))


def _place(mail: Mail) -> tuple[str, int, int]:
    return mail.folder, mail.validity, mail.uid


def _piece(mails: Sequence[Mail]) -> Piece:
    ordered = sorted(
        mails, key=lambda mail: (mail.seen_at, mail.arrived_at, _place(mail))
    )
    return Piece(
        mails=ordered,
        at=min(mail.arrived_at for mail in ordered).timestamp(),
        senders=_addresses(mail.senders for mail in ordered),
        repliers=_addresses(mail.repliers for mail in ordered),
        recipients=_addresses(mail.recipients for mail in ordered),
        traits=max((mail.traits for mail in ordered), key=len),
    )


@lru_cache(maxsize=10_000)
def _address(spelt: str) -> str:
    return address_of(spelt)


def _addresses(groups: Iterable[Sequence[str]]) -> Sequence[str]:
    found = {_address(spelt) for group in groups for spelt in group}
    return tuple(sorted(found - {""}))


def _joined(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Make one of two pieces that differ only in whom they were sent to."""
    joined: list[Piece] = []
    latest: dict[int, int] = {}
    for piece in pieces:
        same = hash((piece.senders, tuple(piece.traits)))
        place = latest.get(same)
        if place is not None and _is_twin(joined[place], piece):
            joined[place] = _piece([*joined[place].mails, *piece.mails])
        else:
            latest[same] = len(joined)
            joined.append(piece)
    return joined


def _is_twin(one: Piece, other: Piece) -> bool:
    apart = not set(one.recipients) & set(other.recipients)
    return (
        bool(one.recipients and other.recipients and apart)
        and other.at - one.at < AT_ONCE
        and one.kind is other.kind
        and one.lies_with_owner == other.lies_with_owner
        and one.first.subject == other.first.subject
        and list(one.traits) == list(other.traits)
    )
