"""Servers that are old, odd or hostile."""

from datetime import UTC, datetime

import pytest

from probes.errors import Refused, Unintelligible
from probes.mail.imap_answer import Bounds
from probes.mail.mailbox import Bookmark, Folder, Role
from tests.loopback.mail.conftest import Open
from tests.world.scripted_imap import ANSWERS, ScriptedImap

INBOX = Folder(name="INBOX", role=Role.INBOX)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TIGHT = Bounds(most_literal=1000, most_response=5000, most_answer=20_000)


async def test_a_plain_old_server_is_enough(open_mailbox: Open) -> None:
    async with ScriptedImap().running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        assert await mailbox.folders() == [INBOX]
        assert await mailbox.bookmarks([INBOX]) == [
            Bookmark(folder="INBOX", validity=1, next_uid=6)
        ]
        news = await mailbox.news(INBOX, LONG_AGO)

    assert [letter.raw for letter in news.letters] == [b"Subject: x\n"]
    assert not [command for command in server.heard if "CHARSET" in command]


async def test_gmails_second_views_are_not_read(open_mailbox: Open) -> None:
    lists = (
        '* LIST (\\HasNoChildren) "/" "INBOX"\r\n'
        '* LIST (\\HasChildren \\Noselect) "/" "[Gmail]"\r\n'
        '* LIST (\\All \\HasNoChildren) "/" "[Gmail]/All Mail"\r\n'
        '* LIST (\\HasNoChildren \\Junk) "/" "[Gmail]/Ver&ANw-ngstigendes"\r\n'
        '* LIST (\\Flagged \\HasNoChildren) "/" "[Gmail]/Starred"\r\n'
        "TAG OK\r\n"
    )
    async with ScriptedImap({"LIST": lists}).running() as server:
        folders = await open_mailbox(port=server.port, security="none").folders()

    assert folders == [INBOX, Folder(name="[Gmail]/VerÜngstigendes", role=Role.SPAM)]


async def test_special_use_is_asked_for_where_it_must_be(open_mailbox: Open) -> None:
    can = "* CAPABILITY IMAP4rev1 SPECIAL-USE LIST-EXTENDED\r\nTAG OK\r\n"
    async with ScriptedImap({"CAPABILITY": can}).running() as server:
        await open_mailbox(port=server.port, security="none").folders()

    assert server.heard[-1] == 'LIST "" "*" RETURN (SPECIAL-USE)'


@pytest.mark.parametrize(
    ("octets", "name"),
    [
        (b"AT&T", "AT&T"),
        ("Entwürfe".encode(), "Entwürfe"),
        (b"x\xff", "x\ufffd"),
        (b"x&AAA-", "x\ufffd"),
    ],
)
async def test_a_name_against_the_standard_can_be_opened_all_the_same(
    open_mailbox: Open, octets: bytes, name: str
) -> None:
    lists = b'* LIST () "/" "%b"\r\nTAG OK\r\n' % octets
    async with ScriptedImap({"LIST": lists}).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")
        (folder,) = await mailbox.folders()
        await mailbox.news(folder, LONG_AGO)

    assert folder.name == name
    spelt = octets.decode("utf-8", "surrogateescape")
    assert f'EXAMINE "{spelt}"' in server.heard


async def test_foreign_answers_between_ours_are_passed_over(open_mailbox: Open) -> None:
    odd = (
        b"* OK [X-\xff] \xfe\r\n\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"
        b'* 9 FETCH (UID 9 FLAGS ("*( \xff"))\r\n* 3 EXPUNGE\r\n'
    )
    says = {"UID FETCH": odd + ANSWERS["UID FETCH"].encode()}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        news = await mailbox.news(INBOX, LONG_AGO)

    assert [letter.uid for letter in news.letters] == [5]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"* 1 FETCH (BODY[]<0> {99999999999}\r\n", id="huge literal"),
        pytest.param(b"* " + b"x" * 6000, id="line without end"),
        pytest.param(b"* 1 FETCH (UID 5)\r\n" * 5000, id="answer without end"),
        pytest.param(b"* 1 FETCH (UID 5\r\nTAG OK\r\n", id="ends too early"),
        pytest.param(b"* 1 FETCH " + b"(" * 999 + b"\r\nTAG OK\r\n", id="too deep"),
        pytest.param(b"+ more?\r\n", id="asks for what there is not"),
        pytest.param(b"X9 OK done\r\n", id="an answer to nobody"),
        pytest.param(b"TAG PERHAPS\r\n", id="no result"),
        pytest.param(b"\xff\xfe\r\n", id="no IMAP at all"),
    ],
)
async def test_nonsense_ends_the_reading_and_not_the_watchdog(
    open_mailbox: Open, answer: bytes
) -> None:
    async with ScriptedImap({"UID FETCH": answer}).running() as server:
        mailbox = open_mailbox(TIGHT, port=server.port, security="none")
        with pytest.raises(Unintelligible):
            await mailbox.news(INBOX, LONG_AGO)
        server.answers["UID FETCH"] = ANSWERS["UID FETCH"]

        news = await mailbox.news(INBOX, LONG_AGO)

    assert [letter.uid for letter in news.letters] == [5]


async def test_a_server_that_numbers_nothing_is_unintelligible(
    open_mailbox: Open,
) -> None:
    async with ScriptedImap(
        {"EXAMINE": "* 1 EXISTS\r\nTAG OK\r\n"}
    ).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        with pytest.raises(Unintelligible, match="numbers no messages"):
            await mailbox.news(INBOX, LONG_AGO)


async def test_messages_nobody_asked_for_are_not_taken(open_mailbox: Open) -> None:
    more = ANSWERS["UID FETCH"].replace("UID 5", "UID 77")
    async with ScriptedImap({"UID FETCH": more}).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        news = await mailbox.news(INBOX, LONG_AGO)

    assert not news.letters


async def test_the_last_message_is_not_news_again(open_mailbox: Open) -> None:
    bookmark = Bookmark(folder="INBOX", validity=1, next_uid=6)
    async with ScriptedImap().running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        news = await mailbox.news(INBOX, bookmark)

    assert not news.letters
    assert news.bookmark == bookmark
    assert server.heard[-1] == "UID SEARCH UID 6:*"


async def test_a_folder_that_cannot_be_opened_is_refused(open_mailbox: Open) -> None:
    says = {"EXAMINE": "TAG NO [INUSE] locked\r\n"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        with pytest.raises(Refused, match="refused EXAMINE: locked") as caught:
            await mailbox.news(INBOX, LONG_AGO)

    assert not caught.value.permanent
