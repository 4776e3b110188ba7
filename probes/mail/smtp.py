"""The door to the mail servers that take our mail: the only importer of aiosmtplib."""

import asyncio
import socket
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress

import aiosmtplib

from probes.channels.message import nobody_told
from probes.channels.words import shown
from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from probes.forms.errors import Unequipped
from probes.forms.trouble import unreachable
from probes.settings import SmtpServer
from probes.trust import is_loopback, trust

FAREWELL_SECONDS = 2.0
REFUSALS = range(400, 600)
PERMANENT = 500
"""Codes by which a server says no, and of these the ones that are for good."""

Refusals = Mapping[str, ProbeError]
"""Those whom a server did not take, and what it said."""


class Lost(Unreachable):
    """The answer to a message is lost: the server may have taken it all the same."""


class Session:
    """A conversation with one mail server, which knows by now who we are."""

    def __init__(
        self,
        server: SmtpServer,
        client: aiosmtplib.SMTP,
        secrets: Sequence[str],
        seconds: float,
    ) -> None:
        self._server, self._client, self._secrets = server, client, secrets
        self._seconds = seconds
        self._until = asyncio.get_running_loop().time() + seconds

    async def connect(self) -> None:
        """Connect and log in; raises `ProbeError`."""
        with self._translated():
            async with asyncio.timeout_at(self._until):
                await self._client.connect()

    async def hand_over(
        self, mail: bytes, *, sender: str, to: Sequence[str]
    ) -> tuple[str, Refusals]:
        """Return the server's answer, and whom it did not take.

        Raises `ProbeError` if it took nobody.
        """
        with self._translated():
            async with asyncio.timeout_at(self._until):
                refusals, answer = await self._client.sendmail(sender, to, mail)
        return self._shown(answer), {
            address: self._said_no(code, words)
            for address, (code, words) in refusals.items()
        }

    async def announce(self, *, sender: str, to: str) -> None:
        """Name sender and recipient; raises `ProbeError` where one is not taken."""
        with self._translated():
            async with asyncio.timeout_at(self._until):
                await self._client.mail(sender)
                await self._client.rcpt(to)

    async def give(self, mail: bytes) -> str:
        """Give the message itself, and return what the server answers to it.

        Raises `Refused` where it says no, and `Lost` where nobody can tell.
        """
        try:
            async with asyncio.timeout(self._seconds):
                code, words = await self._client.data(mail)
        except aiosmtplib.SMTPResponseException as error:
            trouble = self._said_no(error.code, error.message)
            if error.code in REFUSALS:
                raise trouble from None
            raise Lost(trouble.message) from None
        except (OSError, aiosmtplib.SMTPException) as error:
            host = self._server.host
            raise Lost(f"{host} gave no answer to the message.") from error
        return self._shown(f"{code} {words}")

    async def leave(self) -> None:
        """Say goodbye; what was handed over is theirs, whatever comes of it."""
        with suppress(aiosmtplib.SMTPException, OSError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._client.quit()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what a mail server does to us into `ProbeError`."""
        host = self._server.host
        try:
            yield
        except aiosmtplib.SMTPRecipientsRefused as error:
            told = [self._said_no(one.code, one.message) for one in error.recipients]
            raise nobody_told(told) from error
        except aiosmtplib.SMTPResponseException as error:
            # Without its cause: a server may have repeated the password in it.
            raise self._said_no(error.code, error.message) from None
        except OSError as error:
            # aiosmtplib's own are such, and the cause within says more.
            cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
            raise unreachable(cause, host, connected=False) from error
        except UnicodeError as error:  # of the name's look-up
            words = f"{host} is no name of a host."
            raise Unreachable(words, answered=True) from error
        except aiosmtplib.SMTPException as error:  # it lacks STARTTLS or AUTH
            raise Refused(
                f"The mail server {host} does not do what we need: "
                f"{shown(error.message)}"
            ) from error

    def _said_no(self, code: int, words: str) -> ProbeError:
        host, said = self._server.host, self._shown(words)
        if code == aiosmtplib.SMTPStatus.invalid_response:
            return Unintelligible(f"{host} does not speak SMTP: {said}")
        return Refused(
            f"The mail server {host} said no: {code} {said}",
            permanent=code >= PERMANENT,
        )

    def _shown(self, words: str) -> str:
        return shown(words, secrets=self._secrets)


@asynccontextmanager
async def session(server: SmtpServer, *, seconds: float) -> AsyncIterator[Session]:
    """Connect and log in, or raise `ProbeError`; `seconds` bounds all that follows.

    `Unequipped` is raised for what is our own fault, before anybody was asked.
    """
    try:
        client, secrets = await _client(server)
    except Refused as error:
        raise Unequipped(error.message, permanent=error.permanent) from error
    opened = Session(server, client, secrets, seconds)
    try:
        await opened.connect()
        yield opened
    finally:
        client.close()


async def _client(server: SmtpServer) -> tuple[aiosmtplib.SMTP, Sequence[str]]:
    """Return a client that has not connected yet, and what it must not give away."""
    if server.security == "none" and not (
        server.insecure_login or is_loopback(server.host)
    ):
        raise Refused(
            f"The mail for {server.host} would travel unencrypted: "
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
