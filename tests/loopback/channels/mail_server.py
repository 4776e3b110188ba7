"""A mail server on 127.0.0.1 that takes, refuses or fails as each test wants."""

import asyncio
import email
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "alarms", "s3cret-pässword"


@dataclass
class Taken:
    """A message that a server has taken, and how it came."""

    sender: str
    to: list[str]
    raw: bytes
    encrypted: bool
    logged_in: bool

    @property
    def mail(self) -> EmailMessage:
        """The message as a mail program reads it."""
        return email.message_from_bytes(self.raw, policy=default)


@dataclass
class MailServer:
    """An aiosmtpd in our own loop; its refusals are switches."""

    port: int = 0
    recipients: dict[str, str] = field(default_factory=dict)
    """What it says to some recipients instead of 250."""
    data: str = "250 2.0.0 OK: queued as 4711"
    hangs_up: bool = False
    """Instead of an answer to the message."""
    taken: list[Taken] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Each recipient that somebody wanted to write to."""

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _: Any
    ) -> str:
        """Take whoever is not to be refused."""
        self.asked.append(to)
        if to in self.recipients:
            return self.recipients[to]
        envelope.rcpt_tos.append(to)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message, or not, or be gone."""
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        taken = Taken(
            envelope.mail_from,
            list(envelope.rcpt_tos),
            envelope.content,
            encrypted=session.ssl is not None,
            logged_in=bool(session.authenticated),
        )
        if self.data.startswith("250"):
            self.taken.append(taken)
        if self.hangs_up:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return self.data


def _authenticate(_: SMTP, __: Session, ___: Any, ____: str, given: Any) -> AuthResult:
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == right, handled=False)


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None = None, *, login: bool = False
) -> AsyncIterator[MailServer]:
    """Run a server; with `tls` it offers STARTTLS, and wants it."""
    host, callers = MailServer(), WeakSet[SMTP]()
    loop = asyncio.get_running_loop()

    def answer() -> SMTP:
        caller = SMTP(
            host,
            hostname="mx.mailer.example",
            loop=loop,
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=_authenticate,
            auth_required=login,
            auth_require_tls=tls is not None,
        )
        callers.add(caller)
        return caller

    async with await loop.create_server(answer, "127.0.0.1", 0) as server:
        host.port = server.sockets[0].getsockname()[1]
        yield host
        for caller in callers:
            if isinstance(caller.transport, asyncio.WriteTransport):
                caller.transport.abort()
        # aiosmtpd offers no other hold on a conversation, and waits on after a
        # handshake that failed.
        talks = [caller._handler_coroutine for caller in callers]  # noqa: SLF001
        begun = [talk for talk in talks if talk is not None]
        for talk in begun:
            talk.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


@asynccontextmanager
async def tunnel(tls: ssl.SSLContext, port: int) -> AsyncIterator[int]:
    """Put TLS from the first byte before a server; gives the tunnel's port."""

    async def carry(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            to.write(data)
        to.close()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(reader, inner_writer), carry(inner_reader, writer))

    async with await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls) as server:
        yield server.sockets[0].getsockname()[1]


Reply = Callable[[str], str | None]


@asynccontextmanager
async def scripted_server(
    reply: Reply, greeting: str = "220 hello\r\n"
) -> AsyncIterator[int]:
    """Run a server that answers each line by `reply`, or hangs up; gives its port."""
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            talks.add(task)
        try:
            writer.write(greeting.encode())
            while line := await reader.readline():
                answer = reply(line.decode().rstrip())
                if answer is None:
                    return
                writer.write(answer.encode())
        except (ConnectionError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        for task in talks:
            task.cancel()
