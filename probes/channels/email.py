"""Alarms by email.

Whoever a server does not take is offered to the next one, whatever its reason: a
refusal may be that server's own affair (a wrong password, a blocklist).
"""

from collections.abc import Sequence

from probes.channels.email_text import compose, on_the_wire
from probes.channels.message import Notice, Sent, nobody_told
from probes.errors import ProbeError, Refused
from probes.mail import smtp
from probes.settings import EmailSettings, SmtpServer

SECONDS = 20.0
"""For one server, from the look-up of its name to its last word."""


async def send(
    settings: EmailSettings, notice: Notice, *, seconds: float = SECONDS
) -> Sent:
    """Hand the notice to the first servers that take it, for everybody in `to`.

    It counts as sent once one of them was taken; `refused` names the others.
    Raises `ProbeError` if no server took anybody.  A message whose last answer
    is lost goes to the next server too, under the same message id: better told
    twice than never.  `seconds` bounds each server.
    """
    if settings.sender is None:
        raise Refused("This channel has no sender's address.")
    sender = on_the_wire(settings.sender)
    waiting, impossible = _recipients(settings.to)
    mail = compose(notice, sender=sender, to=waiting)
    answers: list[str] = []
    troubles: list[ProbeError] = []
    refused: dict[str, str] = {}
    for server in settings.server:
        try:
            words, refusals = await _hand_over(server, mail, sender, waiting, seconds)
        except ProbeError as error:
            troubles.append(error)
            refused |= dict.fromkeys(waiting, error.message)
            continue
        answers.append(words)
        refused = {to: refusal.message for to, refusal in refusals.items()}
        waiting = list(refused)
        if not waiting:
            break
    if not answers:
        raise nobody_told(troubles)
    return Sent(
        reference=notice.message_id,
        words=" ".join(answers),
        refused=impossible | refused,
    )


def _recipients(addresses: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return whom we can write to, and why not to the others; one at least we can."""
    possible: dict[str, None] = {}
    troubles: dict[str, Refused] = {}
    for address in addresses:
        try:
            possible[on_the_wire(address)] = None
        except Refused as error:
            troubles[address] = error
    if not possible:
        raise nobody_told(list(troubles.values()))
    return list(possible), {who: error.message for who, error in troubles.items()}


async def _hand_over(
    server: SmtpServer, mail: bytes, sender: str, to: Sequence[str], seconds: float
) -> tuple[str, smtp.Refusals]:
    """Return the server's answer, and whom it did not take, or raise `ProbeError`."""
    async with smtp.session(server, seconds=seconds) as opened:
        answer = await opened.hand_over(mail, sender=sender, to=to)
        await opened.leave()
    return answer
