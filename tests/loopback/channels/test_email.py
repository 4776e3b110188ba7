"""Alarms by email, against servers that take them and servers that do not."""

import asyncio
import ssl
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from probes.channels import email
from probes.errors import Refused, Unintelligible, Unreachable
from probes.settings import EmailSettings, SmtpServer
from tests.loopback.channels.conftest import Keep
from tests.loopback.channels.mail_server import (
    PASSWORD,
    USER,
    MailServer,
    mail_server,
    scripted_server,
    tunnel,
)
from tests.loopback.channels.notices import NOTICE, notice
from tests.world.process import free_ports

OWNER, PARTNER = "owner@gmail.example", "partner@web.example"


def server(port: int, **changes: Any) -> SmtpServer:
    known = {"host": "localhost", "port": port, "security": "none"}
    return SmtpServer(**(known | changes))


def settings(*servers: SmtpServer | MailServer, **changes: Any) -> EmailSettings:
    known = {
        "to": (OWNER,),
        "sender": "alarms@agency.example",
        "server": tuple(
            server(each.port) if isinstance(each, MailServer) else each
            for each in servers
        ),
    }
    return EmailSettings(**(known | changes))


async def test_an_alarm_is_taken_encrypted_and_with_a_password(
    tls: ssl.SSLContext, ca: Path, keep: Keep
) -> None:
    async with mail_server(tls, login=True) as host:
        relay = server(
            host.port, security="starttls", ca=ca, user=USER, password=keep(PASSWORD)
        )

        sent = await email.send(settings(relay), NOTICE)

    (taken,) = host.taken
    assert (taken.encrypted, taken.logged_in) == (True, True)
    assert (taken.sender, taken.to) == ("alarms@agency.example", [OWNER])
    assert sent.reference == NOTICE.message_id
    assert "queued as 4711" in sent.words
    assert sent.refused == {}


async def test_encryption_from_the_first_byte_is_spoken_too(
    tls: ssl.SSLContext, ca: Path
) -> None:
    async with mail_server() as host, tunnel(tls, host.port) as port:
        await email.send(settings(server(port, security="tls", ca=ca)), NOTICE)

    assert len(host.taken) == 1


async def test_it_reads_as_text_and_html_in_one_thread_with_its_lists(
    plain: MailServer,
) -> None:
    await email.send(settings(plain, to=(OWNER, PARTNER)), NOTICE)

    mail = plain.taken[0].mail
    assert mail["From"] == "Contact Watchdog <alarms@agency.example>"
    assert mail["To"] == f"{OWNER}, {PARTNER}"
    assert mail["Subject"] == NOTICE.subject
    assert mail["Date"].datetime == NOTICE.written_at
    assert mail["Message-ID"] == NOTICE.message_id
    assert mail["In-Reply-To"] == mail["References"] == NOTICE.in_reply_to
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "OOF" in mail["X-Auto-Response-Suppress"]
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().split() == NOTICE.text.split()
    assert html.get_content().rstrip() == NOTICE.html
    (csv,) = mail.iter_attachments()
    assert (csv.get_filename(), csv.get_content_type()) == ("missed.csv", "text/csv")
    assert csv.get_content().split() == ["name,email", "Zoë,z@b.ex"]


async def test_a_server_whose_certificate_is_not_trusted_gets_nothing(
    tls: ssl.SSLContext,
) -> None:
    async with mail_server(tls) as host:
        with pytest.raises(Unreachable, match="certificate") as trouble:
            await email.send(settings(server(host.port, security="starttls")), NOTICE)

    assert trouble.value.answered
    assert host.asked == []


async def test_a_certificate_made_out_to_another_name_is_not_trusted(
    tls: ssl.SSLContext, ca: Path
) -> None:
    async with mail_server(tls) as host:
        relay = server(host.port, host="127.0.0.1", security="starttls", ca=ca)
        with pytest.raises(Unreachable, match="certificate"):
            await email.send(settings(relay), NOTICE)

    assert host.asked == []


async def test_without_starttls_nothing_is_sent(plain: MailServer, keep: Keep) -> None:
    relay = server(plain.port, security="starttls", user=USER, password=keep(PASSWORD))

    with pytest.raises(Refused, match="STARTTLS"):
        await email.send(settings(relay), NOTICE)

    assert plain.asked == []


async def test_nothing_travels_unencrypted_to_another_machine(
    plain: MailServer,
) -> None:
    # Another spelling of 127.0.0.1, which need not be this machine.
    elsewhere = server(plain.port, host="127.1")

    with pytest.raises(Refused, match="unencrypted"):
        await email.send(settings(elsewhere), NOTICE)
    assert plain.asked == []

    spelt_out = server(plain.port, host="127.1", insecure_login=True)
    await email.send(settings(spelt_out), NOTICE)
    assert len(plain.taken) == 1


async def test_a_wrong_password_is_told_and_the_next_server_asked(
    tls: ssl.SSLContext, ca: Path, keep: Keep, second: MailServer
) -> None:
    async with mail_server(tls, login=True) as host:
        wrong = server(
            host.port, security="starttls", ca=ca, user=USER, password=keep("wrong one")
        )
        with pytest.raises(Refused, match="535") as trouble:
            await email.send(settings(wrong), NOTICE)
        assert trouble.value.permanent

        await email.send(settings(wrong, second), NOTICE)

    assert len(second.taken) == 1


async def test_a_server_that_repeats_the_password_gives_it_not_away(keep: Keep) -> None:
    def reply(line: str) -> str:
        if line.startswith("EHLO"):
            return "250-hello\r\n250 AUTH PLAIN LOGIN\r\n"
        return f"535 What is {line} of {PASSWORD}?\r\n"

    async with scripted_server(reply) as port:
        relay = server(port, user=USER, password=keep(PASSWORD))
        with pytest.raises(Refused, match="535 What is") as trouble:
            await email.send(settings(relay), NOTICE)

    told = f"{trouble.value!r} {trouble.value.__cause__!r}"
    assert PASSWORD not in told
    for sent in (PASSWORD, f"\0{USER}\0{PASSWORD}"):
        assert b64encode(sent.encode()).decode() not in told


async def test_the_next_server_gets_it_where_one_refuses_connections(
    second: MailServer,
) -> None:
    (port,) = free_ports(1)

    sent = await email.send(settings(server(port), second), NOTICE)

    assert len(second.taken) == 1
    assert sent.refused == {}


@pytest.mark.parametrize("data", ["451 4.7.1 Later", "554 5.7.1 Spam"])
async def test_the_next_server_gets_it_where_one_says_no(
    plain: MailServer, second: MailServer, data: str
) -> None:
    plain.data = data

    await email.send(settings(plain, second), NOTICE)

    assert (len(plain.taken), len(second.taken)) == (0, 1)


async def test_the_next_server_gets_it_where_one_is_silent(second: MailServer) -> None:
    async with scripted_server(lambda _: "", greeting="") as port:
        async with asyncio.timeout(20):
            await email.send(settings(server(port), second), NOTICE, seconds=0.2)

    assert len(second.taken) == 1


async def test_an_alarm_whose_answer_is_lost_is_told_again_under_the_same_id(
    plain: MailServer, second: MailServer
) -> None:
    plain.hangs_up = True

    await email.send(settings(plain, second), NOTICE)

    ids = [host.taken[0].mail["Message-ID"] for host in (plain, second)]
    assert ids == [NOTICE.message_id] * 2


async def test_a_server_that_does_not_say_goodbye_has_taken_it_all_the_same() -> None:
    def reply(line: str) -> str | None:
        if line == "DATA":
            return "354 go on\r\n"
        if line == "QUIT":
            return None
        return "250 OK\r\n" if line == "." or line[:4] in COMMANDS else ""

    async with scripted_server(reply) as port:
        sent = await email.send(settings(server(port)), NOTICE)

    assert sent.words == "OK"


COMMANDS = {"EHLO", "MAIL", "RCPT"}


@pytest.mark.parametrize(
    ("first", "then", "final"),
    [
        ("550 5.1.1 Nobody here", "554 5.7.1 Spam", True),
        ("451 4.3.0 Later", "554 5.7.1 Spam", False),
        ("554 5.7.1 Spam", "451 4.3.0 Later", False),
    ],
)
async def test_it_is_given_up_only_if_every_server_says_never(
    plain: MailServer,
    second: MailServer,
    first: str,
    then: str,
    final: bool,  # noqa: FBT001
) -> None:
    plain.recipients[OWNER] = first
    second.data = then

    with pytest.raises(Refused) as trouble:
        await email.send(settings(plain, second), NOTICE)

    assert trouble.value.permanent is final
    assert first.split(maxsplit=2)[2] in trouble.value.message
    assert then.split(maxsplit=2)[2] in trouble.value.message


async def test_a_refusal_of_one_server_and_silence_of_the_other_is_not_final(
    plain: MailServer,
) -> None:
    plain.data = "554 5.7.1 Spam"
    (port,) = free_ports(1)

    with pytest.raises(Refused, match=r"Spam.*refused the connection") as trouble:
        await email.send(settings(plain, server(port)), NOTICE)

    assert not trouble.value.permanent


async def test_servers_that_are_all_away_are_unreachable() -> None:
    one, other = free_ports(2)

    with pytest.raises(Unreachable, match="refused the connection") as trouble:
        await email.send(settings(server(one), server(other)), NOTICE)

    assert trouble.value.answered


async def test_a_host_that_can_have_no_such_name_is_told() -> None:
    with pytest.raises(Unreachable, match="no name of a host"):
        await email.send(settings(server(25, host="x" * 80, security="tls")), NOTICE)


def test_a_user_without_a_password_is_no_login() -> None:
    with pytest.raises(ValidationError, match="`user` and `password` together"):
        SmtpServer(host="localhost", user="alarms")


async def test_who_was_refused_is_named_and_the_others_are_told(
    plain: MailServer,
) -> None:
    plain.recipients[PARTNER] = "550 5.1.1 Nobody here"

    sent = await email.send(settings(plain, to=(OWNER, PARTNER)), NOTICE)

    assert plain.taken[0].to == [OWNER]
    assert list(sent.refused) == [PARTNER]
    assert "550 5.1.1 Nobody here" in sent.refused[PARTNER]


async def test_whom_one_server_refuses_the_next_one_may_take(
    plain: MailServer, second: MailServer
) -> None:
    plain.recipients[PARTNER] = "450 4.2.0 Greylisted"

    sent = await email.send(settings(plain, second, to=(OWNER, PARTNER)), NOTICE)

    assert [host.taken[0].to for host in (plain, second)] == [[OWNER], [PARTNER]]
    assert sent.refused == {}


async def test_what_is_no_mail_server_is_not_understood() -> None:
    async with scripted_server(lambda _: None, greeting="SSH-2.0-x\r\n") as port:
        with pytest.raises(Unintelligible, match="does not speak SMTP"):
            await email.send(settings(server(port)), NOTICE)


async def test_answers_are_shown_without_control_characters(plain: MailServer) -> None:
    plain.data = "554 5.7.1 \x1b[31mRed\x07 " + "x" * 400

    with pytest.raises(Refused, match=r"554 5\.7\.1 \[31mRed x+$") as trouble:
        await email.send(settings(plain), NOTICE)

    assert len(trouble.value.message) < 400


async def test_an_authority_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    relay = server(1, security="tls", ca=tmp_path / "no-such.pem")

    with pytest.raises(Refused, match=r"no-such\.pem cannot be read"):
        await email.send(settings(relay), NOTICE)


@pytest.mark.parametrize("to", ["ü@web.example", "a,b@web.example", "a>b@x.example"])
async def test_addresses_that_servers_may_not_take_are_refused(
    plain: MailServer, to: str
) -> None:
    with pytest.raises(Refused, match="no email address"):
        await email.send(settings(plain, to=(to,)), NOTICE)

    assert plain.asked == []


async def test_an_impossible_address_keeps_the_alarm_from_nobody_else(
    plain: MailServer,
) -> None:
    sent = await email.send(settings(plain, to=("ü@web.example", OWNER)), NOTICE)

    assert plain.taken[0].to == [OWNER]
    assert list(sent.refused) == ["ü@web.example"]


async def test_international_domains_are_spelt_for_the_wire(plain: MailServer) -> None:
    await email.send(settings(plain, to=("info@müller.example",)), NOTICE)

    assert plain.taken[0].to == ["info@xn--mller-kva.example"]


async def test_an_alarm_without_a_proper_message_id_is_not_sent(
    plain: MailServer,
) -> None:
    with pytest.raises(Refused, match="message id"):
        await email.send(settings(plain), notice(message_id="<a@b>\r\nBcc: x@y.ex"))

    assert plain.asked == []
