"""Reaching a mail server, and logging in."""

import base64
import logging
import traceback
from collections.abc import Callable

import pytest

from probes.errors import Refused, Unintelligible, Unreachable
from probes.mail.imap_answer import Bounds
from probes.secrets import Secret
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import ODD_PASSWORD, ODD_USER, Dovecot
from tests.world.process import free_ports
from tests.world.relay import Relay
from tests.world.scripted_imap import ScriptedImap

Keep = Callable[[str], Secret]
QUICK = Bounds(connect_within=0.5, answer_within=0.5)
STARTTLS_WITH_MORE = b"TAG OK begin\r\n* CAPABILITY IMAP4rev1 X-EVIL\r\n"


async def test_a_login_over_tls_succeeds(open_mailbox: Open) -> None:
    assert await open_mailbox().folders()


async def test_a_login_by_starttls_succeeds_and_is_encrypted(
    open_mailbox: Open, relay: Relay, user: str
) -> None:
    mailbox = open_mailbox(port=relay.port, security="starttls")

    assert await mailbox.folders()

    assert b"STARTTLS" in relay.asked
    assert b"LOGIN" not in relay.asked
    assert user.encode() not in relay.asked


async def test_odd_names_and_passwords_log_in(open_mailbox: Open, secret: Keep) -> None:
    mailbox = open_mailbox(user=ODD_USER, password=secret(ODD_PASSWORD))

    assert await mailbox.folders()


async def test_a_wrong_password_is_refused_for_good_with_the_servers_words(
    open_mailbox: Open, secret: Keep, user: str
) -> None:
    mailbox = open_mailbox(password=secret("wrong word"))

    with pytest.raises(Refused) as caught:
        await mailbox.folders()

    assert caught.value.permanent
    assert caught.value.message == (
        f"The mail server localhost refused the login of {user}: Authentication failed."
    )


@pytest.mark.parametrize("auth", [None, "xoauth2", "oauthbearer"])
async def test_a_good_token_logs_in(
    open_mailbox: Open, dovecot: Dovecot, user: str, secret: Keep, auth: str | None
) -> None:
    mailbox = open_mailbox(token=secret(dovecot.token(user)), auth=auth)

    assert await mailbox.folders()


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
async def test_a_bad_token_is_refused_at_once(
    open_mailbox: Open, user: str, secret: Keep, auth: str
) -> None:
    mailbox = open_mailbox(token=secret("a.bad.token"), auth=auth)

    with pytest.raises(Refused, match=f"refused the login of {user}"):
        await mailbox.folders()


async def test_no_secret_reaches_log_or_error(
    open_mailbox: Open,
    dovecot: Dovecot,
    secret: Keep,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="aioimaplib.aioimaplib")
    words = [ODD_PASSWORD, 'a wr"ong\\ word', "a.bad.token", dovecot.token(ODD_USER)]
    told = []

    await open_mailbox(user=ODD_USER, password=secret(words[0])).folders()
    await open_mailbox(user=ODD_USER, token=secret(words[3])).folders()
    for wrong in ({"password": secret(words[1])}, {"token": secret(words[2])}):
        mailbox = open_mailbox(user=ODD_USER, **wrong)
        with pytest.raises(Refused) as caught:
            await mailbox.folders()
        told += traceback.format_exception(caught.value)
        told += [repr(mailbox), repr(vars(mailbox)), repr(caught.value)]

    everything = "".join([caplog.text, *told])
    for word in words:
        spellings = [word, word.replace("\\", "\\\\").replace('"', '\\"'), repr(word)]
        assert not [each for each in spellings if each in everything]
        assert base64.b64encode(word.encode()).decode()[4:-4] not in everything


async def test_a_server_that_repeats_the_password_is_not_quoted(
    open_mailbox: Open, secret: Keep
) -> None:
    says = {"LOGIN": "TAG NO hunter2 is not the password\r\n"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(
            port=server.port, security="none", password=secret("hunter2")
        )

        with pytest.raises(Refused, match="… is not the password"):
            await mailbox.folders()


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("TAG NO [UNAVAILABLE] Back end down\r\n", False),
        ("TAG NO [LIMIT] Too many connections\r\n", False),
        ("TAG NO [AUTHENTICATIONFAILED] No\r\n", True),
        ("TAG BAD What?\r\n", True),
    ],
)
async def test_a_refused_login_says_whether_to_try_again(
    open_mailbox: Open, answer: str, *, permanent: bool
) -> None:
    async with ScriptedImap({"LOGIN": answer}).running() as server:
        with pytest.raises(Refused) as caught:
            await open_mailbox(port=server.port, security="none").folders()

    assert caught.value.permanent is permanent


async def test_an_alert_is_shown_clean(open_mailbox: Open) -> None:
    says = {
        "LOGIN": "* NO [ALERT] Use an \x1b[1mapp password\r\nTAG NO Login failed\r\n"
    }
    async with ScriptedImap(says).running() as server:
        with pytest.raises(Refused, match=r"failed \(Use an \[1mapp password\)"):
            await open_mailbox(port=server.port, security="none").folders()


async def test_a_server_that_is_full_turns_us_away_for_now(open_mailbox: Open) -> None:
    greeting = "* BYE Too many connections\r\n"
    async with ScriptedImap(greeting=greeting).running() as server:
        with pytest.raises(Refused, match="turned us away: Too many") as caught:
            await open_mailbox(port=server.port, security="none").folders()

    assert not caught.value.permanent


@pytest.mark.parametrize("greeting", ["220 smtp ready\r\n", "* PREAUTH root\r\n"])
async def test_whoever_greets_otherwise_is_no_mail_server_for_us(
    open_mailbox: Open, greeting: str
) -> None:
    async with ScriptedImap(greeting=greeting).running() as server:
        with pytest.raises(Unintelligible):
            await open_mailbox(port=server.port, security="none").folders()


async def test_a_silent_server_is_given_up(open_mailbox: Open) -> None:
    async with ScriptedImap(greeting="").running() as server:
        with pytest.raises(Unreachable, match="does not answer"):
            await open_mailbox(QUICK, port=server.port, security="none").folders()


async def test_a_refused_connection_was_at_least_answered(open_mailbox: Open) -> None:
    (port,) = free_ports(1)

    with pytest.raises(Unreachable, match="does not take connections") as caught:
        await open_mailbox(port=port).folders()

    assert caught.value.answered


async def test_an_unknown_authority_is_not_trusted(open_mailbox: Open) -> None:
    with pytest.raises(Unreachable, match="no valid certificate") as caught:
        await open_mailbox(ca=None).folders()

    assert caught.value.answered


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_for_another_name_is_not_trusted(
    open_mailbox: Open, dovecot: Dovecot, security: str
) -> None:
    port = dovecot.imaps_port if security == "tls" else dovecot.imap_port

    with pytest.raises(Unreachable, match="no valid certificate"):
        await open_mailbox(host="127.1", port=port, security=security).folders()


async def test_tls_to_a_plain_port_is_no_tls(
    open_mailbox: Open, dovecot: Dovecot
) -> None:
    with pytest.raises(Unreachable, match="does not speak TLS"):
        await open_mailbox(port=dovecot.imap_port).folders()


async def test_a_server_without_starttls_gets_no_password(open_mailbox: Open) -> None:
    says = {"STARTTLS": "TAG BAD unknown\r\n"}
    async with ScriptedImap(says).running() as server:
        with pytest.raises(Refused, match="STARTTLS"):
            await open_mailbox(port=server.port, security="starttls").folders()

    assert server.heard == ["STARTTLS"]


async def test_words_put_in_before_the_encryption_are_not_heard(
    open_mailbox: Open,
) -> None:
    async with ScriptedImap({"STARTTLS": STARTTLS_WITH_MORE}).running() as server:
        with pytest.raises(Unintelligible, match="before the encryption"):
            await open_mailbox(port=server.port, security="starttls").folders()


async def test_a_server_that_takes_no_password_unencrypted_gets_none(
    open_mailbox: Open,
) -> None:
    says = {"CAPABILITY": "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK\r\n"}
    async with ScriptedImap(says).running() as server:
        with pytest.raises(Refused, match="takes no password"):
            await open_mailbox(port=server.port, security="none").folders()

    assert server.heard == ["CAPABILITY"]


async def test_no_password_goes_unencrypted_to_another_machine(
    open_mailbox: Open,
) -> None:
    with pytest.raises(Refused, match="would travel unencrypted"):
        await open_mailbox(host="mail.example.test", security="none").folders()


async def test_an_authority_file_without_a_certificate_is_said(
    open_mailbox: Open, dovecot: Dovecot
) -> None:
    with pytest.raises(Refused, match="authority file"):
        await open_mailbox(ca=dovecot.folder / "users").folders()
