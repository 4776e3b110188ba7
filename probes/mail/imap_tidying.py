"""What is asked of an IMAP server to write; each touches what is named alone.

`uids` is a set as the wire wants it (RFC 3501 section 9, sequence-set).
"""

from collections.abc import Iterator, Sequence

from probes.errors import Refused
from probes.mail import imap_grammar as grammar
from probes.mail.imap_wire import Wire

AT_ONCE = 200
"""Messages named in one command: some servers take no line of more than 8,000 bytes."""


def sets(uids: Sequence[int]) -> Iterator[str]:
    """Yield all of `uids`, many at once; never as a range, which may hold others."""
    for start in range(0, len(uids), AT_ONCE):
        yield ",".join(map(str, uids[start : start + AT_ONCE]))


async def select(wire: Wire, name: str) -> int | None:
    """Open a folder for writing; return its UIDVALIDITY."""
    answer = await wire.ask("SELECT", grammar.quoted(name))
    return grammar.number_in("UIDVALIDITY", answer.data)


async def flag(wire: Wire, uids: str, flags: str) -> None:
    """Set flags on those messages that are there."""
    await wire.ask("STORE", uids, "+FLAGS.SILENT", f"({flags})", prefix="UID")


async def delete(wire: Wire, uids: str) -> None:
    """Delete messages for good."""
    await _require_uidplus(wire, uids, "delete")
    await flag(wire, uids, r"\Seen \Deleted")
    await wire.ask("EXPUNGE", uids, prefix="UID")


async def move(wire: Wire, uids: str, name: str) -> None:
    """Move messages into another folder, which is made if there is none."""
    verb = "MOVE" if "MOVE" in wire.capabilities else "COPY"  # RFC 6851
    if verb == "COPY":
        await _require_uidplus(wire, uids, "move")
    try:
        await wire.ask(verb, uids, grammar.quoted(name), prefix="UID")
    except Refused:
        # Where the folder is missing, nothing was done (RFC 3501 section 6.4.7).
        await _make(wire, name)
        await wire.ask(verb, uids, grammar.quoted(name), prefix="UID")
    if verb == "COPY":
        await flag(wire, uids, r"\Deleted")
        await wire.ask("EXPUNGE", uids, prefix="UID")


async def append(wire: Wire, name: str, raw: bytes, flags: Sequence[str]) -> None:
    """Add a message to a folder."""
    # Lines end in CR LF on the wire, whatever wrote the message.
    octets = b"\r\n".join(raw.replace(b"\r\n", b"\n").split(b"\n"))
    arguments = grammar.quoted(name), f"({' '.join(flags)})", f"{{{len(octets)}}}"
    await wire.ask("APPEND", *arguments, turns=[octets])


async def _make(wire: Wire, name: str) -> None:
    answer = await wire.ask("LIST", '""', grammar.quoted(name))
    listed = [each for each in map(grammar.listed, answer.data) if each is not None]
    if name not in [each.name for each in listed]:
        await wire.ask("CREATE", grammar.quoted(name))
        await wire.ask("SUBSCRIBE", grammar.quoted(name))


async def _require_uidplus(wire: Wire, uids: str, act: str) -> None:
    """Mark the messages read and give up where nothing better is safe.

    Without UIDPLUS (RFC 4315) there is only EXPUNGE, which removes every message
    that is marked deleted, by whomever.
    """
    if "UIDPLUS" in wire.capabilities:
        return
    await flag(wire, uids, r"\Seen")
    raise Refused(
        f"The mail server {wire.host} cannot {act} one message alone. The test message "
        'was marked as read and left where it is; set the tidying to "read".'
    )
