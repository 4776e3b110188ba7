"""The servers of the stories, and each of their faults, do what their names say."""

import asyncio
import http.client
import imaplib
import smtplib
import socket
import ssl
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.world import pages, process
from tests.world.config import write_config
from tests.world.mail_host import Inbox
from tests.world.pages import Site
from tests.world.policy import Fault
from tests.world.relay import Relay
from tests.world.visitor import submit
from tests.world.wagtail_site import Wagtail
from tests.world.wordpress import Sendmail, WordPress
from watchdog import config

OLD_FORM = {"realname": "Anna", "phone": "+49 30 1", "comments": "Rye bread?"}
WAGTAIL_FORM = {
    "your_name": "Anna",
    "message": "Rye bread?",
    "you_may_store_my_message": "on",
}
WORDPRESS_FORM = {"inquiry_name": "Anna", "inquiry_message": "Rye bread?"}


def send(inbox: Inbox, *, sender: str = "website@example.test") -> None:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = inbox.address
    message.set_content("Rye bread?")
    with smtplib.SMTP("127.0.0.1", inbox.host.postfix.smtp_port) as smtp:
        smtp.send_message(message)


def settled_mail(inbox: Inbox) -> int:
    """Return how much mail is in the inbox once none is on its way."""
    inbox.host.postfix.settle()
    return len(inbox.mail())


def test_mail_arrives_in_the_inbox(inbox: Inbox) -> None:
    send(inbox)

    assert "Rye bread?" in inbox.wait_for_mail().get_content()


def test_a_black_hole_swallows_mail(inbox: Inbox) -> None:
    inbox.fail(Fault.BLACK_HOLE)

    send(inbox)

    assert settled_mail(inbox) == 0
    assert "Mail queue is empty" in inbox.host.postfix.queue()


@pytest.mark.parametrize("folder", ["Junk", "Customers/Web"])
def test_sieve_files_mail_into_another_folder(inbox: Inbox, folder: str) -> None:
    inbox.file_into(folder)

    send(inbox)

    assert "Rye bread?" in inbox.wait_for_mail(folder).get_content()
    assert inbox.mail() == []


def test_greylisted_mail_arrives_after_it_has_come_again(inbox: Inbox) -> None:
    inbox.fail(Fault.GREYLISTED)

    send(inbox)

    assert settled_mail(inbox) == 0
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

    assert settled_mail(inbox) == 0
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


def test_the_old_form_mails_with_the_visitor_to_reply_to(
    site: Site, inbox: Inbox, visitor: Inbox
) -> None:
    answer = submit(site.url, {**OLD_FORM, "email": visitor.address})

    assert "Thank you" in answer.words
    mail = inbox.wait_for_mail()
    assert mail["Reply-To"] == visitor.address
    assert mail["From"] == pages.FROM
    assert "Rye bread?" in mail.get_content()


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (pages.Fault.POST_ERROR, 500, "Internal Server Error"),
        (pages.Fault.INVALID, 200, "valid telephone"),
        (pages.Fault.CAPTCHA, 200, "g-recaptcha"),
        (pages.Fault.MAIL_FAILED, 200, "was not sent"),
        (pages.Fault.BLACK_HOLE, 200, "Thank you"),
        (pages.Fault.EXPIRED, 403, "has expired"),
    ],
)
def test_a_faulty_old_form_answers_so_and_mails_nothing(
    site: Site, inbox: Inbox, fault: pages.Fault, status: int, words: str
) -> None:
    site.fault = fault

    answer = submit(site.url, {**OLD_FORM, "email": "anna@example.test"})

    assert answer.status == status
    assert words in answer.words
    assert len(site.received) == 1
    assert settled_mail(inbox) == 0


def test_a_garbled_answer_comes_after_the_mail_was_sent(
    site: Site, inbox: Inbox
) -> None:
    site.fault = pages.Fault.GARBAGE

    with pytest.raises(http.client.BadStatusLine):
        submit(site.url, {**OLD_FORM, "email": "anna@example.test"})

    inbox.wait_for_mail()


def test_a_page_can_be_broken_or_without_its_form(site: Site) -> None:
    site.fault = pages.Fault.PAGE_ERROR
    assert submit(site.url, {}).status == 500

    site.fault = pages.Fault.FORM_GONE
    assert "<form" not in submit(site.url, {}).words


def test_a_slow_site_takes_its_time_for_each_answer(site: Site) -> None:
    site.delay = 0.3
    began = time.monotonic()

    submit(site.url, {**OLD_FORM, "email": "anna@example.test"})

    assert time.monotonic() - began >= 0.6, "for the page, and for the form"


def test_a_site_that_is_down_refuses_connections_until_it_is_up(site: Site) -> None:
    site.stop()

    with pytest.raises(OSError, match="refused"):
        submit(site.url, OLD_FORM)

    site.go_on()
    assert submit(site.url, {**OLD_FORM, "email": "anna@example.test"}).status == 200


def test_wagtail_stores_and_mails(wagtail: Wagtail, inbox: Inbox) -> None:
    answer = submit(wagtail.url, {**WAGTAIL_FORM, "email": "anna@example.test"})

    assert "Thank you" in answer.words
    assert "Rye bread?" in inbox.wait_for_mail().get_content()
    assert wagtail.stored()[-1]["message"] == "Rye bread?"


def test_wagtail_has_stored_what_it_could_not_mail(
    wagtail: Wagtail, inbox: Inbox
) -> None:
    inbox.host.postfix.stop()
    before = len(wagtail.stored())

    answer = submit(wagtail.url, {**WAGTAIL_FORM, "email": "anna@example.test"})

    assert answer.status == 500
    assert len(wagtail.stored()) == before + 1


def test_wordpress_mails_with_the_visitor_to_reply_to(
    wordpress: WordPress, inbox: Inbox, visitor: Inbox
) -> None:
    said = {**WORDPRESS_FORM, "inquiry_email": visitor.address}

    assert "Thank you" in submit(wordpress.url, said).words

    mail = inbox.wait_for_mail()
    assert mail["Reply-To"] == visitor.address
    assert mail["Return-Path"] == "<www-data@example.test>"
    assert "Rye bread?" in mail.get_content()


@pytest.mark.parametrize(
    ("sendmail", "words"),
    [(Sendmail.FAILING, "could not be sent"), (Sendmail.BLACK_HOLE, "Thank you")],
)
def test_wordpress_without_a_working_sendmail_loses_mail(
    wordpress: WordPress, inbox: Inbox, sendmail: Sendmail, words: str
) -> None:
    wordpress.mail_by(sendmail)

    said = {**WORDPRESS_FORM, "inquiry_email": "anna@example.test"}

    assert words in submit(wordpress.url, said).words
    assert settled_mail(inbox) == 0


def test_a_stale_nonce_of_wordpress_is_refused(wordpress: WordPress) -> None:
    said = {**WORDPRESS_FORM, "inquiry_email": "a@b.test", "inquiry_nonce": "stale"}

    assert submit(wordpress.url, said).status == 403


def test_the_written_configuration_is_one(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    path = write_config(tmp_path, inbox, site.url, contact="it@example.test")

    (check,) = config.load(path).check

    assert check.form.url == site.url


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
