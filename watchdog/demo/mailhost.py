"""A mail host in our own event loop: SMTP in, IMAP out, and switches that break it.

The only file that imports aiosmtpd and pymap (extra `demo`).  They share the
loop, so that a message which comes in by SMTP wakes an IMAP client in IDLE at
once; a mail server in a thread of its own would wake nobody.
"""

import asyncio
from argparse import Namespace
from asyncio import StreamReader, StreamWriter, Task
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self
from weakref import WeakSet

from watchdog.demo import DemoMissing
from watchdog.demo.listener import HOST, ended, listening, port_of

try:
    from aiosmtpd.smtp import SMTP, Envelope, Session
    from proxyprotocol.sock import SocketInfoLocal
    from pymap.backend.dict import Config, Identity, Login
    from pymap.backend.dict.mailbox import MailboxData
    from pymap.concurrent import Subsystem
    from pymap.imap import IMAPServer
    from pymap.parsing.message import AppendMessage
    from pymap.parsing.specials import FetchRequirement
    from pymap.user import UserMetadata
    from pysasl.hashing import Cleartext
except ImportError as error:
    raise DemoMissing(
        "The demonstration needs two small mail servers: "
        "pip install 'contact-form-watchdog[demo]'"
    ) from error

FOLDERS = ("Junk", "Sent", "Drafts")
"""What every account has beside its inbox."""


class MailHost:
    """A mail host for `users` (address to password), while it is entered.

    Its faults are switches: `black_hole` accepts mail and loses it, `spam` files
    it into Junk, `delay` holds it back for so many seconds; `stop` closes the
    SMTP port, so that connections are refused, and `start` opens it again.
    """

    host = HOST

    def __init__(self, users: Mapping[str, str]) -> None:
        self.black_hole = False
        self.spam = False
        self.delay = 0.0
        self.smtp_port = 0
        self.imap_port = 0
        self._users = users
        self._login = Login(_config())
        self._smtp: asyncio.Server | None = None
        self._callers: WeakSet[SMTP] = WeakSet()
        self._deliveries: set[Task[None]] = set()
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for user, password in self._users.items():
            await self._add(user, password)
        imap = listening(self._converse_imap)
        self.imap_port = await self._open.enter_async_context(imap)
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        for delivery in self._deliveries:
            delivery.cancel()
        await ended(self._deliveries)
        await self._open.aclose()

    @property
    def stopped(self) -> bool:
        """Whether SMTP connections are refused."""
        return self._smtp is None

    async def start(self) -> None:
        """Take mail, on the same port as before."""
        if self._smtp is None:
            loop = asyncio.get_running_loop()
            self._smtp = await loop.create_server(self._answer, HOST, self.smtp_port)
            self.smtp_port = port_of(self._smtp)

    async def stop(self) -> None:
        """Refuse SMTP connections, and hang up on those who are connected."""
        if self._smtp is None:
            return
        self._smtp.close()
        self._smtp = None
        talks = []
        for caller in self._callers:
            if isinstance(caller.transport, asyncio.WriteTransport):
                caller.transport.abort()
                # aiosmtpd offers no other hold on a conversation that is going on.
                talks.append(caller._handler_coroutine)  # noqa: SLF001
        await ended([talk for talk in talks if talk is not None])

    async def folder(self, user: str, name: str = "INBOX") -> Sequence[EmailMessage]:
        """Return what lies in a folder of `user`, oldest first, untouched."""
        letters = []
        folder = await self._folder(user, name)
        async for message in folder.messages():
            content = await message.load_content(FetchRequirement.CONTENT)
            letters.append(message_from_bytes(bytes(content), policy=policy.default))
        return letters

    async def move_newest(self, user: str, name: str, to: str) -> None:
        """Move the newest mail of a folder of `user` to another one."""
        source, target = await self._folder(user, name), await self._folder(user, to)
        newest = [message.uid async for message in source.messages()][-1]
        await source.move(newest, target)

    # aiosmtpd calls a handler's methods by these names.

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: Sequence[str],
    ) -> str:
        """Take mail for our users only."""
        if address not in self._users:
            return "550 5.1.1 There is no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Deliver one message, as the faults of the moment have it."""
        raw = envelope.content
        if isinstance(raw, bytes) and not self.black_hole:
            name = "Junk" if self.spam else "INBOX"
            folders = [await self._folder(user, name) for user in envelope.rcpt_tos]
            if self.delay:
                self._deliver_later(folders, raw)
            else:
                await _deliver(folders, raw)
        return "250 2.0.0 OK: it is with us now"

    def _answer(self) -> SMTP:
        loop = asyncio.get_running_loop()
        caller = SMTP(self, hostname="mail.riverside.example", loop=loop)
        self._callers.add(caller)
        return caller

    async def _converse_imap(self, reader: StreamReader, writer: StreamWriter) -> None:
        server = IMAPServer(self._login, self._login.config)
        await server(reader, writer, SocketInfoLocal(writer))

    async def _add(self, user: str, password: str) -> None:
        identity = Identity(user, self._login, None, frozenset())
        await identity.set(UserMetadata(self._login.config, user, password=password))
        async with identity.new_session() as session:
            for name in FOLDERS:
                await session.mailbox_set.add_mailbox(name)

    async def _folder(self, user: str, name: str) -> MailboxData:
        mailboxes, _ = self._login.config.set_cache[user]
        return await mailboxes.get_mailbox(name)

    def _deliver_later(self, folders: Sequence[MailboxData], raw: bytes) -> None:
        async def wait_and_deliver(delay: float) -> None:
            await asyncio.sleep(delay)
            await _deliver(folders, raw)

        delivery = asyncio.create_task(wait_and_deliver(self.delay))
        self._deliveries.add(delivery)
        delivery.add_done_callback(self._deliveries.discard)


class _Settings(Config):
    """pymap's settings, with a greeting that asks no name server who we are."""

    greeting = b"Riverside Studio's mail"


def _config() -> Config:
    return _Settings(
        Namespace(proxy_protocol=None),
        host=HOST,
        port=0,
        tls_enabled=False,
        demo_data=False,
        demo_user="",
        demo_password="",
        invalid_user_sleep=0.0,
        # In one loop, no threads; and hashing would slow each login for no gain.
        hash_context=Cleartext(),
        cpu_subsystem=Subsystem.for_asyncio(),
    )


async def _deliver(folders: Sequence[MailboxData], raw: bytes) -> None:
    for folder in folders:
        await folder.append(AppendMessage(raw, datetime.now(UTC), frozenset()))
