"""The demonstration's mail host, seen by clients that are not ours."""

import asyncio
import imaplib
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from email.message import EmailMessage
from typing import TypeVar

import aiosmtplib
import pytest

from watchdog.demo.mailhost import MailHost

OFFICE = "office@riverside.example"
SECRET = "correct horse"

T = TypeVar("T")


@pytest.fixture
async def mail_host() -> AsyncIterator[MailHost]:
    async with MailHost({OFFICE: SECRET, "owner@riverside.example": "x"}) as host:
        yield host


async def send(mail_host: MailHost, subject: str, to: str = OFFICE) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@visitor.example", to, subject
    mail.set_content("Grüße aus Köln")
    async with asyncio.timeout(20):
        await aiosmtplib.send(mail, hostname=mail_host.host, port=mail_host.smtp_port)


def login(mail_host: MailHost, password: str = SECRET) -> imaplib.IMAP4:
    client = imaplib.IMAP4(mail_host.host, mail_host.imap_port, timeout=5)
    try:
        client.login(OFFICE, password)
    except imaplib.IMAP4.error:
        client.shutdown()
        raise
    return client


async def by_imap(mail_host: MailHost, ask: Callable[[imaplib.IMAP4], T]) -> T:
    def session() -> T:
        client = login(mail_host)
        try:
            return ask(client)
        finally:
            client.shutdown()

    return await asyncio.to_thread(session)


def read_until(client: imaplib.IMAP4, start: bytes) -> None:
    for line in iter(client.readline, b""):
        if line.startswith(start):
            return
    raise EOFError


async def idling(mail_host: MailHost) -> asyncio.Task[bytes]:
    """Begin to IDLE in the inbox; the task returns the server's first push."""
    loop = asyncio.get_running_loop()
    begun = asyncio.Event()

    def wait_for_push(client: imaplib.IMAP4) -> bytes:
        client.select("INBOX", readonly=True)
        client.send(b"i1 IDLE\r\n")
        read_until(client, b"+")
        loop.call_soon_threadsafe(begun.set)
        push: bytes = client.readline()
        client.send(b"DONE\r\n")
        read_until(client, b"i1 OK")
        return push

    push = asyncio.create_task(by_imap(mail_host, wait_for_push))
    await begun.wait()
    return push


async def in_inbox(mail_host: MailHost) -> list[str]:
    return [str(mail["Subject"]) for mail in await mail_host.folder(OFFICE)]


async def test_mail_that_comes_in_by_smtp_is_read_by_imap(mail_host: MailHost) -> None:
    await send(mail_host, "Anfrage")

    def read(client: imaplib.IMAP4) -> bytes:
        client.select("INBOX", readonly=True)
        _, found = client.uid("FETCH", "1:*", "(UID INTERNALDATE BODY.PEEK[])")
        assert isinstance(found[0], tuple)
        raw: bytes = found[0][1]
        return raw

    raw = await by_imap(mail_host, read)
    assert b"Subject: Anfrage" in raw
    assert await in_inbox(mail_host) == ["Anfrage"]


async def test_an_account_has_inbox_junk_sent_and_drafts(mail_host: MailHost) -> None:
    _, lines = await by_imap(mail_host, lambda client: client.list())

    names = {line.split()[-1] for line in lines if isinstance(line, bytes)}
    assert names == {b"INBOX", b"Junk", b"Sent", b"Drafts"}


async def test_a_client_in_idle_hears_of_new_mail_at_once(mail_host: MailHost) -> None:
    push = await idling(mail_host)

    await send(mail_host, "Anfrage")

    assert await push == b"* 1 EXISTS\r\n"


async def test_a_wrong_password_is_refused(mail_host: MailHost) -> None:
    with pytest.raises(imaplib.IMAP4.error, match=r"(?i)auth"):
        await asyncio.to_thread(login, mail_host, "wrong")


async def test_mail_for_strangers_is_refused(mail_host: MailHost) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await send(mail_host, "Anfrage", to="nobody@riverside.example")


async def test_a_stopped_host_refuses_connections_until_it_starts_again(
    mail_host: MailHost,
) -> None:
    await mail_host.stop()

    assert mail_host.stopped
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await send(mail_host, "while stopped")

    await mail_host.start()
    await send(mail_host, "afterwards")

    assert await in_inbox(mail_host) == ["afterwards"]


async def test_a_black_hole_accepts_mail_and_loses_it(mail_host: MailHost) -> None:
    mail_host.black_hole = True
    await send(mail_host, "lost")
    mail_host.black_hole = False
    await send(mail_host, "kept")

    assert await in_inbox(mail_host) == ["kept"]


async def test_taken_for_spam_mail_lies_in_junk(mail_host: MailHost) -> None:
    mail_host.spam = True
    await send(mail_host, "Anfrage")

    junk = await mail_host.folder(OFFICE, "Junk")
    assert [mail["Subject"] for mail in junk] == ["Anfrage"]
    assert await in_inbox(mail_host) == []


async def test_delayed_mail_comes_after_the_answer(mail_host: MailHost) -> None:
    push = await idling(mail_host)
    mail_host.delay = 0.05

    await send(mail_host, "late")

    assert await in_inbox(mail_host) == []
    await push
    assert await in_inbox(mail_host) == ["late"]


async def test_it_ends_at_once_though_clients_stay_connected() -> None:
    before = asyncio.all_tasks()
    opened = AsyncExitStack()
    mail_host = await opened.enter_async_context(MailHost({OFFICE: SECRET}))
    mail_host.delay = 3600
    await send(mail_host, "never delivered")
    push = await idling(mail_host)
    smtp = aiosmtplib.SMTP(hostname=mail_host.host, port=mail_host.smtp_port)
    await smtp.connect()

    async with asyncio.timeout(20):
        await opened.aclose()

    with pytest.raises((imaplib.IMAP4.abort, EOFError, OSError)):
        await push
    smtp.close()
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("package", ["pymap", "aiosmtpd"])
def test_without_its_extra_it_says_what_to_install(package: str) -> None:
    program = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from watchdog.demo import DemoMissing\n"
        "try: import watchdog.demo.mailhost\n"
        "except DemoMissing as error: print(error)"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "pip install 'contact-form-watchdog[demo]'" in run.stdout
