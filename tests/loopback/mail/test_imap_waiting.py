"""Waiting for news on a mailbox: pushed, polled, lost."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from probes.errors import Unintelligible, Unreachable
from probes.mail.imap import ImapMailbox
from probes.mail.imap_answer import Bounds
from probes.mail.mailbox import Folder, Role
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import Dovecot
from tests.world.relay import Relay
from tests.world.scripted_imap import ScriptedImap

INBOX = Folder(name="INBOX", role=Role.INBOX)
JUNK = Folder(name="Junk", role=Role.SPAM)
MAIL = b"Subject: Hello\r\n\r\nx\r\n"
LONG = 60.0
PUSHING = {"CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK\r\n"}


async def read(mailbox: ImapMailbox) -> int:
    """Read the inbox to its end; return how many messages it holds."""
    news = await mailbox.news(INBOX, datetime.now(UTC) - timedelta(days=99))
    return len(news.letters)


async def test_a_delivery_ends_the_wait(
    relayed: Open, relay: Relay, dovecot: Dovecot, user: str
) -> None:
    mailbox = relayed()
    await read(mailbox)

    waiting = asyncio.create_task(mailbox.wait(LONG))
    await relay.hears(b"IDLE")
    dovecot.deliver(user, MAIL)
    async with asyncio.timeout(20):
        await waiting

    assert await read(mailbox) == 1


async def test_a_message_that_rides_on_another_command_ends_the_wait_at_once(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    mailbox = open_mailbox()
    await read(mailbox)

    for number in range(1, 21):
        (before,) = await mailbox.bookmarks([INBOX])
        dovecot.deliver(user, MAIL)
        # The STATUS of an open folder brings EXISTS along, or does not.
        await mailbox.bookmarks([INBOX, JUNK])
        async with asyncio.timeout(20):
            await mailbox.wait(LONG)
        news = await mailbox.news(INBOX, before)
        assert [letter.uid for letter in news.letters] == [number]


async def test_a_look_shows_what_was_delivered_before_it_began(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    mailbox = open_mailbox()
    await read(mailbox)

    for number in range(1, 21):
        dovecot.deliver(user, MAIL)

        assert await read(mailbox) == number


async def test_exists_on_a_search_is_not_lost(open_mailbox: Open) -> None:
    says = {**PUSHING, "UID SEARCH": "* SEARCH\r\n* 2 EXISTS\r\nTAG OK\r\n"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")
        await read(mailbox)

        async with asyncio.timeout(20):
            await mailbox.wait(LONG)

    assert "IDLE" not in server.heard


async def test_what_came_while_another_folder_was_read_ends_the_wait(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    mailbox = open_mailbox()
    await read(mailbox)
    await mailbox.news(JUNK, datetime.now(UTC))
    dovecot.deliver(user, MAIL)

    async with asyncio.timeout(20):
        await mailbox.wait(LONG)

    assert await read(mailbox) == 1


async def test_without_news_the_wait_takes_its_time_and_no_longer(
    open_mailbox: Open,
) -> None:
    mailbox = open_mailbox()
    await read(mailbox)
    began = time.monotonic()

    await mailbox.wait(0.3)
    await mailbox.wait(0.3)

    assert 0.6 <= time.monotonic() - began < 3


async def test_a_vanished_message_does_not_make_the_wait_spin(
    relayed: Open, relay: Relay, dovecot: Dovecot, user: str
) -> None:
    mailbox = relayed()
    dovecot.deliver(user, MAIL)
    dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "all")
    await read(mailbox)
    await mailbox.news(JUNK, datetime.now(UTC))
    relay.forget()

    await mailbox.wait(0.2)

    assert b"IDLE" in relay.asked


async def test_a_killed_session_ends_the_wait_at_once(
    relayed: Open, relay: Relay, dovecot: Dovecot
) -> None:
    mailbox = relayed()
    await read(mailbox)

    waiting = asyncio.create_task(mailbox.wait(LONG))
    await relay.hears(b"IDLE")
    dovecot.kill_sessions()

    with pytest.raises(Unreachable, match="ended the connection"):
        async with asyncio.timeout(20):
            await waiting
    assert await read(mailbox) == 0


async def test_a_connection_that_is_cut_ends_any_call(
    relayed: Open, relay: Relay
) -> None:
    mailbox = relayed()
    await read(mailbox)
    relay.forget()
    relay.stall()

    reading = asyncio.create_task(read(mailbox))
    await asyncio.sleep(0)
    relay.cut()

    with pytest.raises(Unreachable):
        async with asyncio.timeout(20):
            await reading


async def test_a_connection_lost_between_two_calls_is_made_anew(
    relayed: Open, relay: Relay
) -> None:
    mailbox = relayed(idle=False, poll=0.05)
    await read(mailbox)
    relay.cut()
    await mailbox.wait(LONG)  # for the poll, in which the loss is heard

    assert await read(mailbox) == 0


async def test_a_server_that_stalls_is_given_up(relayed: Open, relay: Relay) -> None:
    mailbox = relayed(Bounds(answer_within=0.3))
    await read(mailbox)
    relay.stall()

    with pytest.raises(Unreachable, match="stopped answering"):
        await read(mailbox)


async def test_a_server_that_stalls_in_a_push_is_noticed_at_its_end(
    relayed: Open, relay: Relay
) -> None:
    mailbox = relayed(Bounds(idle_ends_within=0.3))
    await read(mailbox)
    waiting = asyncio.create_task(mailbox.wait(0.3))
    await relay.hears(b"IDLE")
    relay.stall()

    with pytest.raises(Unreachable, match="stopped answering"):
        async with asyncio.timeout(20):
            await waiting


async def test_a_server_that_cannot_push_is_polled(open_mailbox: Open) -> None:
    async with ScriptedImap().running() as server:
        mailbox = open_mailbox(port=server.port, security="none", poll=0.05)

        async with asyncio.timeout(20):
            await mailbox.wait(LONG)

    assert "IDLE" not in server.heard


async def test_the_owner_may_have_pushing_switched_off(
    relayed: Open, relay: Relay
) -> None:
    mailbox = relayed(idle=False, poll=0.05)

    async with asyncio.timeout(20):
        await mailbox.wait(LONG)

    assert b"IDLE" not in relay.asked


async def test_a_push_in_pieces_is_heard_at_once(open_mailbox: Open) -> None:
    # The rest of "still here" never comes.
    pushes = "+ idling\r\n* 2 EXISTS\r\n* OK still"
    async with ScriptedImap({**PUSHING, "IDLE": pushes}).running() as server:
        mailbox = open_mailbox(
            Bounds(idle_ends_within=0.2), port=server.port, security="none"
        )
        await read(mailbox)

        with pytest.raises(Unreachable):
            await mailbox.wait(LONG)

    assert server.heard[-1] == "DONE"


async def test_a_server_that_ends_a_push_by_bye_is_quoted(open_mailbox: Open) -> None:
    says = {**PUSHING, "IDLE": "+ \r\n* BYE Going down for lunch\r\nHANG UP"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")
        await read(mailbox)

        with pytest.raises(Unreachable, match="Going down for lunch") as caught:
            await mailbox.wait(LONG)

    assert caught.value.answered


async def test_a_cancelled_wait_leaves_nothing_behind(
    relayed: Open, relay: Relay
) -> None:
    mailbox = relayed()
    await read(mailbox)
    waiting = asyncio.create_task(mailbox.wait(LONG))
    await relay.hears(b"IDLE")

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await read(mailbox) == 0


async def test_a_server_that_will_not_go_on_pushing_is_not_asked_in_a_hurry(
    open_mailbox: Open,
) -> None:
    says = {**PUSHING, "IDLE": "+ \r\nTAG OK that was it\r\n"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")
        await read(mailbox)

        with pytest.raises(Unintelligible, match="does not go on pushing"):
            await mailbox.wait(LONG)
