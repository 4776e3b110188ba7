"""What is asked of an IMAP server to write; each touches one message alone."""

from collections.abc import Sequence

from probes.errors import Refused
from probes.mail import imap_grammar as grammar
from probes.mail.imap_wire import Wire


async def select(wire: Wire, name: str) -> int | None:
    """Open a folder for writing; return its UIDVALIDITY."""
    answer = await wire.ask("SELECT", grammar.quoted(name))
    return grammar.number_in("UIDVALIDITY", answer.data)


async def flag(wire: Wire, uid: int, flags: str) -> None:
    """Set flags on a message, if it is there."""
    await wire.ask("STORE", str(uid), "+FLAGS.SILENT", f"({flags})", prefix="UID")


async def delete(wire: Wire, uid: int) -> None:
    """Delete a message for good."""
    await _require_uidplus(wire, uid, "delete")
    await flag(wire, uid, r"\Seen \Deleted")
    await wire.ask("EXPUNGE", str(uid), prefix="UID")


async def move(wire: Wire, uid: int, name: str) -> None:
    """Move a message into another folder, which is made if there is none."""
    verb = "MOVE" if "MOVE" in wire.capabilities else "COPY"  # RFC 6851
    if verb == "COPY":
        await _require_uidplus(wire, uid, "move")
    try:
        await wire.ask(verb, str(uid), grammar.quoted(name), prefix="UID")
    except Refused:
        # Where the folder is missing, nothing was done (RFC 3501 section 6.4.7).
        await _make(wire, name)
        await wire.ask(verb, str(uid), grammar.quoted(name), prefix="UID")
    if verb == "COPY":
        await flag(wire, uid, r"\Deleted")
        await wire.ask("EXPUNGE", str(uid), prefix="UID")


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


async def _require_uidplus(wire: Wire, uid: int, act: str) -> None:
    """Mark the message read and give up where nothing better is safe.

    Without UIDPLUS (RFC 4315) there is only EXPUNGE, which removes every message
    that is marked deleted, by whomever.
    """
    if "UIDPLUS" in wire.capabilities:
        return
    await flag(wire, uid, r"\Seen")
    raise Refused(
        f"The mail server {wire.host} cannot {act} one message alone. The test message "
        'was marked as read and left where it is; set the tidying to "read".'
    )
