"""A message that goes through no form is handed to a mail server, once."""

import email
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme

from probes.errors import Refused, Unintelligible, Unreachable
from probes.forms.errors import Unequipped
from probes.forms.form import Answer, Receipt, Visitor
from probes.mail import smtp_path
from probes.mail.smtp_path import Mail, compose
from probes.secrets import Secret
from probes.settings import SmtpPathSettings
from tests.loopback.channels.mail_server import (
    PASSWORD,
    USER,
    MailServer,
    Reply,
    mail_server,
    scripted_server,
)
from tests.world.process import free_ports

TO = "office@riverside.example"
VISITOR = Visitor(
    name="Delivery Test",
    email="tests+cwdabc@agency.example",
    phone="+44 20 7946 0123",
    subject="Automatic delivery test",
    message="Automatic delivery test cwdabc\n.\nNobody needs to answer.\n",
)
MAIL = compose(
    VISITOR,
    sender="tests@agency.example",
    to=TO,
    unique="cwdabc",
    written_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


def settings(port: int, **changes: Any) -> SmtpPathSettings:
    known = {"host": "localhost", "port": port, "security": "none", "to": TO}
    return SmtpPathSettings(**(known | changes))


def kept(folder: Path, word: str) -> Secret:
    path = folder / "secret"
    path.touch(mode=0o600)
    path.write_text(word)
    return Secret(file=path)


async def hand_over(
    server: SmtpPathSettings, mail: Mail = MAIL, **bounds: float
) -> Receipt:
    async with smtp_path.ready(server, mail, **bounds) as handing:
        return await handing.send()


async def test_the_message_is_taken_and_labelled(server: MailServer) -> None:
    receipt = await hand_over(settings(server.port))

    (taken,) = server.taken
    mail = taken.mail
    assert receipt.answer is Answer.ACCEPTED
    assert receipt.words == "250 2.0.0 OK: queued as 4711"
    assert receipt.url == f"smtp://localhost:{server.port}"
    assert receipt.system == "smtp"
    assert (taken.sender, taken.to) == ("tests@agency.example", [TO])
    assert mail["From"] == "Delivery Test <tests@agency.example>"
    assert mail["To"] == TO
    assert mail["Reply-To"] == VISITOR.email
    assert mail["Subject"] == VISITOR.subject
    assert mail["Message-ID"] == "<cwdabc@agency.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().split() == VISITOR.message.split()


async def test_it_is_taken_encrypted_and_with_a_password(tmp_path: Path) -> None:
    authority = trustme.CA()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(tls)
    ca = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(ca))
    known = {"security": "starttls", "ca": ca, "user": USER}
    async with mail_server(tls, login=True) as host:
        right = settings(host.port, **known, password=kept(tmp_path, PASSWORD))
        await hand_over(right)
        wrong = settings(host.port, **known, password=kept(tmp_path, "wrong one"))
        with pytest.raises(Refused, match="said no: 535") as trouble:
            await hand_over(wrong)

    (taken,) = host.taken
    assert (taken.encrypted, taken.logged_in) == (True, True)
    assert trouble.value.permanent
    assert not isinstance(trouble.value, Unequipped)


async def test_who_leaves_without_sending_has_sent_nothing(server: MailServer) -> None:
    async with smtp_path.ready(settings(server.port), MAIL):
        pass

    assert (server.asked, server.taken) == ([TO], [])


@pytest.mark.parametrize(
    ("words", "permanent"),
    [
        ("550 5.1.1 No such user", True),
        ("450 4.2.0 Greylisted, come again", False),
    ],
)
async def test_a_recipient_who_is_not_taken_ends_it_before_the_message(
    server: MailServer, words: str, *, permanent: bool
) -> None:
    server.recipients[TO] = words

    with pytest.raises(Refused, match=words) as trouble:
        await hand_over(settings(server.port))

    assert trouble.value.permanent is permanent
    assert server.taken == []


@pytest.mark.parametrize(
    ("words", "permanent"),
    [("554 5.7.1 Spam", True), ("451 4.3.0 Try again later", False)],
)
async def test_a_message_that_is_not_taken_is_not_taken(
    server: MailServer, words: str, *, permanent: bool
) -> None:
    server.data = words

    with pytest.raises(Refused, match=words) as trouble:
        await hand_over(settings(server.port))

    assert trouble.value.permanent is permanent


async def test_an_answer_that_is_lost_is_no_failure(server: MailServer) -> None:
    server.hangs_up = True

    receipt = await hand_over(settings(server.port))

    assert len(server.taken) == 1
    assert receipt.answer is Answer.UNCLEAR
    assert receipt.words == "localhost gave no answer to the message."


def spoken(*last: str) -> Reply:
    """Return a conversation that goes well until the message, and ends by `last`."""
    answers = {"DATA": "354 go on\r\n", ".": "".join(last)}

    def reply(line: str) -> str:
        is_command = line.startswith(("EHLO", "MAIL", "RCPT"))
        return "250 fine\r\n" if is_command else answers.get(line, "")

    return reply


@pytest.mark.parametrize("last", ["so be it\r\n", "354 more\r\n", "250\0fi"])
async def test_an_answer_that_nobody_understands_is_none(last: str) -> None:
    async with scripted_server(spoken(last)) as port:
        receipt = await hand_over(settings(port), seconds=2.0)

    assert receipt.answer is Answer.UNCLEAR


async def test_a_server_that_never_says_its_last_word_is_not_waited_for() -> None:
    async with scripted_server(spoken()) as port:
        receipt = await hand_over(settings(port), seconds=1.0)

    assert receipt.answer is Answer.UNCLEAR


async def test_nobody_there_is_unreachable() -> None:
    (port,) = free_ports(1)

    with pytest.raises(Unreachable, match="refused the connection") as trouble:
        await hand_over(settings(port))

    assert trouble.value.answered


async def test_what_speaks_no_smtp_is_unintelligible() -> None:
    async with scripted_server(lambda _: None, "HTTP/1.1 400 Bad\r\n") as port:
        with pytest.raises((Unintelligible, Unreachable)):
            await hand_over(settings(port))


async def test_a_password_that_is_lost_is_no_fault_of_the_server(
    server: MailServer, tmp_path: Path
) -> None:
    lost = Secret(file=tmp_path / "nowhere")

    with pytest.raises(Unequipped):
        await hand_over(settings(server.port, user=USER, password=lost))

    assert server.asked == []


async def test_no_line_of_a_header_can_be_slipped_in() -> None:
    with pytest.raises(Refused, match="no email address"):
        compose(
            VISITOR,
            sender="tests@agency.example",
            to="office@riverside.example\r\nBcc: all@example.com",
            unique="cwdabc",
            written_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        )


def test_an_international_domain_is_spelt_as_servers_take_it() -> None:
    mail = compose(
        VISITOR,
        sender="tests@büro.example",
        to="office@café.example",
        unique="cwdabc",
        written_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )

    read = email.message_from_bytes(mail.raw, policy=default)
    assert (mail.sender, mail.to) == (
        "tests@xn--bro-hoa.example",
        "office@xn--caf-dma.example",
    )
    assert read["To"] == mail.to
    assert read["Message-ID"] == "<cwdabc@xn--bro-hoa.example>"
    assert mail.raw.isascii()
