"""Whether a mail host would take mail for an address: asked, and nothing sent."""

from dataclasses import dataclass

PORT = 25
SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A mail host's word on one recipient; a yes does not yet prove a mailbox."""

    code: int
    """250 is yes, 4xx not now, 5xx no (RFC 5321, section 4.2)."""
    words: str


async def ask(
    host: str,
    recipient: str,
    *,
    sender: str,
    port: int = PORT,
    seconds: float = SECONDS,
) -> Taking:
    """Return what `host` says to `RCPT TO:<recipient>`, and hang up before any mail.

    Many networks let nobody reach port 25: that is `Unreachable`, and no clue.
    """
    raise NotImplementedError
