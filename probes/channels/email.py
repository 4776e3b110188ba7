"""The door to the mail servers that take our alarms: the only importer of aiosmtplib.

Whoever a server does not take is offered to the next one, whatever its reason: a
refusal may be that server's own affair (a wrong password, a blocklist).
"""

import asyncio
import socket
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress

import aiosmtplib

from probes.channels.email_text import compose, on_the_wire
from probes.channels.message import Notice, Sent, nobody_told
from probes.channels.words import shown
from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from probes.forms.trouble import unreachable
from probes.settings import EmailSettings, SmtpServer
from probes.trust import is_loopback, trust

SECONDS = 20.0
"""For one server, from the look-up of its name to its last word."""
FAREWELL_SECONDS = 2.0
PERMANENT = 500

Refusals = Mapping[str, ProbeError]
"""Those whom a server did not take, and what it said."""


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
) -> tuple[str, Refusals]:
    """Return the server's answer, and whom it did not take, or raise `ProbeError`."""
    client, secrets = await _client(server)
    try:
        async with asyncio.timeout(seconds):
            await client.connect()
            refusals, answer = await client.sendmail(sender, to, mail)
        await _leave(client)
    except aiosmtplib.SMTPRecipientsRefused as error:
        told = [
            _said_no(server, each.code, each.message, secrets)
            for each in error.recipients
        ]
        raise nobody_told(told) from error
    except aiosmtplib.SMTPResponseException as error:
        # Without its cause: a server may have repeated the password in it.
        raise _said_no(server, error.code, error.message, secrets) from None
    except OSError as error:
        # aiosmtplib's own are such, and the cause within says more.
        cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
        raise unreachable(cause, server.host, connected=False) from error
    except UnicodeError as error:  # of the name's look-up
        words = f"{server.host} is no name of a host."
        raise Unreachable(words, answered=True) from error
    except aiosmtplib.SMTPException as error:  # it lacks STARTTLS or AUTH
        raise Refused(
            f"The mail server {server.host} does not do what we need: "
            f"{shown(error.message)}"
        ) from error
    finally:
        client.close()
    return shown(answer, secrets=secrets), {
        address: _said_no(server, code, words, secrets)
        for address, (code, words) in refusals.items()
    }


async def _client(server: SmtpServer) -> tuple[aiosmtplib.SMTP, Sequence[str]]:
    """Return a client that has not connected yet, and what it must not give away."""
    if server.security == "none" and not (
        server.insecure_login or is_loopback(server.host)
    ):
        raise Refused(
            f"The alarm for {server.host} would travel unencrypted: "
            'set security = "tls" or "starttls".'
        )
    password = None if server.password is None else await server.password.reveal()
    secrets = _spellings(server.user or "", password) if password else ()
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=password,
        local_hostname=_our_name(),
        timeout=None,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        tls_context=None if server.security == "none" else trust(server.ca),
    )
    return client, secrets


def _spellings(user: str, password: str) -> Sequence[str]:
    """Return the password as it is, and as AUTH LOGIN and PLAIN send it (RFC 4616)."""
    sent = (password, f"\0{user}\0{password}")
    return password, *(b64encode(each.encode()).decode() for each in sent)


def _our_name() -> str:
    """Return what we call ourselves in EHLO, without asking a DNS that may be down.

    A machine without a full name gives an address (RFC 5321, section 4.1.3).
    """
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye; the message is theirs already, whatever comes of it."""
    with suppress(aiosmtplib.SMTPException, OSError):
        async with asyncio.timeout(FAREWELL_SECONDS):
            await client.quit()


def _said_no(
    server: SmtpServer, code: int, words: str, secrets: Sequence[str]
) -> ProbeError:
    said = shown(words, secrets=secrets)
    if code == aiosmtplib.SMTPStatus.invalid_response:
        return Unintelligible(f"{server.host} does not speak SMTP: {said}")
    return Refused(
        f"The mail server {server.host} said no: {code} {said}",
        permanent=code >= PERMANENT,
    )
