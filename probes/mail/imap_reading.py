"""What is asked of an IMAP server to read a folder; each asks and returns facts.

Folder names are those of the wire.  Reading marks nothing as read: EXAMINE and
BODY.PEEK (RFC 3501 sections 6.3.2 and 6.4.5).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from probes.errors import Refused, Unintelligible
from probes.mail import imap_grammar as grammar
from probes.mail.imap_frames import Response
from probes.mail.imap_wire import Wire
from probes.mail.mailbox import MOST_BYTES, Quota

ITEMS = f"(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.{MOST_BYTES}>)"
END = "UIDVALIDITY UIDNEXT"
UNITS = {"STORAGE": 1024, "MESSAGE": 1}
"""What one of each resource is: bytes, or messages (RFC 9208 section 5)."""
FEW = 3
"""So many folders are asked for one by one: the server need not open all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where a folder ends."""

    validity: int
    next_uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as fetched; `raw` is cut at `MOST_BYTES`."""

    uid: int
    arrived_at: datetime
    size: int
    raw: bytes
    is_read: bool | None


async def folders(wire: Wire) -> Sequence[grammar.Listed]:
    """Return every folder, with its special use where the server knows that."""
    extended = {"SPECIAL-USE", "LIST-EXTENDED"} <= wire.capabilities
    options = ["RETURN (SPECIAL-USE)"] if extended else []
    answer = await wire.ask("LIST", '""', '"*"', *options)
    return [each for each in map(grammar.listed, answer.data) if each is not None]


async def ends(wire: Wire, names: Collection[str]) -> Mapping[str, End]:
    """Return where folders end, leaving out those that the server does not tell.

    One command for many of them where there is LIST-STATUS (RFC 5819).
    """
    if len(names) > FEW and "LIST-STATUS" in wire.capabilities:
        answer = await wire.ask("LIST", '""', '"*"', f"RETURN (STATUS ({END}))")
        told = dict(_ends(answer.data))
        return {name: told[name] for name in names if name in told}
    told = {}
    for name in names:
        try:
            answer = await wire.ask("STATUS", grammar.quoted(name), f"({END})")
        except Refused:  # gone since it was listed, or not for us
            continue
        for _, end in _ends(answer.data):
            told[name] = end
    return told


async def examine(wire: Wire, name: str) -> End:
    """Open a folder for reading only; return where it ends."""
    answer = await wire.ask("EXAMINE", grammar.quoted(name))
    validity = grammar.number_in("UIDVALIDITY", answer.data)
    next_uid = grammar.number_in("UIDNEXT", answer.data)
    if validity is None or next_uid is None:
        raise Unintelligible(
            f"The mail server {wire.host} numbers no messages in {name}."
        )
    return End(validity=validity, next_uid=next_uid)


async def search(wire: Wire, criteria: str) -> Sequence[int]:
    """Return the UIDs of what matches, rising.

    `criteria` are ASCII: no CHARSET is sent, since Exchange refuses that.
    """
    answer = await wire.ask("SEARCH", criteria, prefix="UID")
    return sorted({uid for each in answer.data for uid in grammar.found(each)})


async def fetch(wire: Wire, uids: Sequence[int]) -> Sequence[Message]:
    """Return those of the messages that are still there."""
    numbers = ",".join(map(str, uids))
    answer = await wire.ask("FETCH", numbers, ITEMS, prefix="UID")
    messages = {
        message.uid: message
        for message in map(_message, answer.data)
        if message is not None
    }
    return [messages[uid] for uid in uids if uid in messages]


async def quotas(wire: Wire, name: str) -> Sequence[Quota]:
    """Return the limits that hold for a folder (GETQUOTAROOT, RFC 9208 section 4.1.2).

    None of them where the server keeps them to itself.
    """
    try:
        answer = await wire.ask("GETQUOTAROOT", grammar.quoted(name))
    except Refused:
        return []
    return [
        Quota(used=used * unit, limit=limit * unit)
        for each in answer.data
        for resource, used, limit in grammar.resources(each)
        if (unit := UNITS.get(resource)) and limit
    ]


def _ends(data: Sequence[Response]) -> Iterator[tuple[str, End]]:
    for response in data:
        match grammar.status(response):
            case (name, {"UIDVALIDITY": validity, "UIDNEXT": next_uid}):
                yield name, End(validity=validity, next_uid=next_uid)


def _message(response: Response) -> Message | None:
    """Return the message of a FETCH response; None if it is about flags, say."""
    items = grammar.fetched(response) or {}
    match items:
        case {
            "UID": bytes(uid),
            "INTERNALDATE": at,
            "RFC822.SIZE": bytes(size),
            "BODY[]<0>": bytes() | None as raw,
        } if uid.isdigit() and size.isdigit():
            return Message(
                uid=int(uid),
                arrived_at=grammar.moment(at),
                size=int(size),
                raw=(raw or b"")[:MOST_BYTES],
                is_read=_is_read(items.get("FLAGS")),
            )
    return None


def _is_read(flags: grammar.Value) -> bool | None:
    """Return whether `flags` hold Seen (RFC 3501 2.3.2); None if they are none."""
    if not isinstance(flags, list):
        return None
    return any(isinstance(one, bytes) and one.lower() == rb"\seen" for one in flags)
