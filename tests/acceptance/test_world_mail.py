"""The stories' mail host, and each of its faults, does what its name says."""

import asyncio
import imaplib
import smtplib
import socket
import ssl
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.world import process
from tests.world.mail_host import Inbox
from tests.world.policy import Fault
from tests.world.relay import Relay


def send(inbox: Inbox, *, sender: str = "website@example.test") -> None:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = inbox.address
    message.set_content("Rye bread?")
    with smtplib.SMTP("127.0.0.1", inbox.host.postfix.smtp_port) as smtp:
        smtp.send_message(message)


def test_mail_arrives_in_the_inbox(inbox: Inbox) -> None:
    send(inbox)

    assert "Rye bread?" in inbox.wait_for_mail().get_content()


def test_a_black_hole_swallows_mail(inbox: Inbox) -> None:
    inbox.fail(Fault.BLACK_HOLE)

    send(inbox)

    assert inbox.settled_mail() == []
    assert inbox.address not in inbox.host.postfix.queue()


@pytest.mark.parametrize("folder", ["Junk", "Customers/Web"])
def test_sieve_files_mail_into_another_folder(inbox: Inbox, folder: str) -> None:
    inbox.file_into(folder)

    send(inbox)

    assert "Rye bread?" in inbox.wait_for_mail(folder).get_content()
    assert inbox.mail() == []


def test_greylisted_mail_arrives_after_it_has_come_again(inbox: Inbox) -> None:
    inbox.fail(Fault.GREYLISTED)

    send(inbox)

    assert inbox.settled_mail() == []
    assert "Greylisted" in inbox.host.postfix.queue()
    inbox.wait_for_mail()


@pytest.mark.parametrize(
    ("fault", "status"), [(Fault.BOUNCED, "5.1.1"), (Fault.FULL, "5.2.2")]
)
def test_a_bounce_comes_back_to_the_sender(
    inbox: Inbox, visitor: Inbox, fault: Fault, status: str
) -> None:
    inbox.fail(fault)

    send(inbox, sender=visitor.address)

    bounce = visitor.wait_for_mail()
    kinds = {part.get_content_type(): part for part in bounce.walk()}
    assert f"Status: {status}" in kinds["message/delivery-status"].as_string()
    assert "Rye bread?" in kinds["message/rfc822"].as_string()
    assert inbox.mail() == []


def test_deferred_mail_waits_until_the_fault_is_mended(inbox: Inbox) -> None:
    inbox.fail(Fault.DEFERRED)

    send(inbox)

    assert inbox.settled_mail() == []
    assert inbox.address in inbox.host.postfix.queue()
    inbox.mend()
    inbox.wait_for_mail()


def test_misdirected_mail_arrives_at_somebody_else(
    inbox: Inbox, visitor: Inbox
) -> None:
    inbox.misdirect(visitor.address)

    send(inbox)

    visitor.wait_for_mail()
    assert inbox.mail() == []


def test_a_stopped_postfix_refuses_and_later_delivers_what_sendmail_queued(
    inbox: Inbox,
) -> None:
    postfix = inbox.host.postfix
    postfix.stop()

    with pytest.raises(ConnectionRefusedError):
        send(inbox)
    mail = f"To: {inbox.address}\n\nRye bread?\n".encode()
    subprocess.run(postfix.sendmail.split(), input=mail, check=True)
    assert inbox.mail() == []

    postfix.go_on()
    inbox.wait_for_mail()


def test_a_wrong_password_is_refused(inbox: Inbox) -> None:
    dovecot = inbox.host.dovecot
    context = ssl.create_default_context(cafile=dovecot.ca)
    port = dovecot.imaps_port

    with (
        imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as imap,
        pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"),
    ):
        imap.login(inbox.address, "not the password")


def test_a_killed_session_ends_in_the_middle_of_idle(inbox: Inbox) -> None:
    dovecot = inbox.host.dovecot
    commands = f"a LOGIN {inbox.address} {dovecot.password}\r\nb EXAMINE INBOX\r\n"
    with (
        socket.create_connection(("127.0.0.1", dovecot.imap_port)) as connection,
        connection.makefile("rwb", buffering=0) as imap,
    ):
        imap.write(commands.encode() + b"c IDLE\r\n")
        while not imap.readline().startswith(b"+ idling"):
            pass

        dovecot.kill_sessions()

        assert imap.readline() == b"", "the end, without a word"


async def test_a_half_open_connection_stays_open_and_says_nothing(
    inbox: Inbox,
) -> None:
    async with Relay(inbox.host.dovecot.imap_port).running() as relay:
        reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
        await reader.readline()

        relay.stall()

        writer.write(b"a1 NOOP\r\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.readline(), 0.5)
        assert not reader.at_eof()
        writer.close()


def test_servers_do_not_outlive_killed_tests(world: Path) -> None:
    folder = world / "killed"
    folder.mkdir()
    program = (
        "from pathlib import Path\n"
        "from tests.world.mail_host import MailHost\n"
        f"host = MailHost.start(Path({str(folder)!r}))\n"
        "print(host.postfix.smtp_port, host.dovecot.imap_port, flush=True)\n"
        "host.dovecot.process.wait()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    ) as tests:
        assert tests.stdout is not None
        ports = [int(word) for word in tests.stdout.readline().split()]

        tests.kill()

    assert len(ports) == 2
    for port in ports:
        process.wait_for_silence(port)
