"""Whether a mail host would take mail for an address: asked, and nothing sent."""

import re
from dataclasses import dataclass

from probes.errors import Refused
from probes.mail import smtp
from probes.settings import SmtpServer

PORT = 25
SECONDS = 15.0

OF_RECIPIENT = re.compile(
    r"\b5\.(?:1\.(?:[1-6]|10)|2\.[12])\b"
    r"|\b(?:no such|unknown) (?:user|mailbox|recipient|address|person)"
    r"|\b(?:user|mailbox|recipient|address|account)\b.{0,40}"
    r"(?:unknown|not exist|n't exist|not found|no longer|disabled|is full)",
    re.IGNORECASE,
)
"""What a no must say to be about the address, and not about us (RFC 3463, 3.2, 3.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A mail host's word on one recipient; a yes does not yet prove a mailbox."""

    taken: bool | None
    """None where it does not decide now, or where it is we whom it does not want."""
    words: str
    """Why not, in a sentence with its own words."""


async def ask(
    host: str,
    recipient: str,
    *,
    sender: str,
    port: int = PORT,
    seconds: float = SECONDS,
) -> Taking:
    """Return what `host` says to `RCPT TO:<recipient>`, and hang up before any mail.

    Raises `Unreachable` and `Unintelligible`.  Many networks let nobody reach port
    25: that says nothing of the host.
    """
    # Nothing secret is said, and mail hosts do without certificates (RFC 7435).
    server = SmtpServer(host=host, port=port, security="none", insecure_login=True)
    try:
        async with smtp.session(server, seconds=seconds) as session:
            await session.announce(sender=sender, to=recipient)
            await session.leave()
    except Refused as error:
        is_about_it = error.permanent and OF_RECIPIENT.search(error.message)
        return Taking(taken=False if is_about_it else None, words=error.message)
    return Taking(taken=True, words="")
