"""A mail host is asked for an address, and gets no mail."""

import pytest

from probes.errors import Unreachable
from probes.mail import recipient
from probes.mail.recipient import Taking
from tests.loopback.channels.mail_server import MailServer

OWNER = "owner@cafe.example"


async def ask(server: MailServer) -> Taking:
    return await recipient.ask(
        "127.0.0.1", OWNER, sender="it@agency.example", port=server.port
    )


async def test_a_host_that_would_take_it_gets_no_mail(plain: MailServer) -> None:
    assert await ask(plain) == Taking(taken=True, words="")
    assert plain.asked == [OWNER]
    assert not plain.taken


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("550 5.1.1 No such user here", False),
        ("550 Requested action not taken: mailbox unavailable", None),
        ("550 The account does not exist", False),
        ("552 5.2.2 Over quota", False),
        ("450 4.7.1 Greylisted, come again", None),
        ("452 4.2.2 Mailbox full", None),
        ("554 5.7.1 Client host blocked using a list", None),
    ],
)
async def test_a_no_counts_only_where_it_is_about_the_address(
    plain: MailServer, said: str, *, taken: bool | None
) -> None:
    plain.recipients[OWNER] = said

    told = await ask(plain)

    assert told.taken is taken
    assert said in told.words


async def test_a_port_that_nobody_answers_is_no_clue() -> None:
    with pytest.raises(Unreachable):
        await recipient.ask("127.0.0.1", OWNER, sender="it@agency.example", port=9)
