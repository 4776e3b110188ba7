"""What is written to a mailbox: to the messages that are named, and no other."""

import imaplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from probes.errors import Refused
from probes.mail.imap import ImapMailbox
from probes.mail.mailbox import Folder, Letter, Role, Tidy
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import PASSWORD, Dovecot
from tests.world.scripted_imap import ScriptedImap

INBOX = Folder(name="INBOX", role=Role.INBOX)
TARGET = "Contact Wätchdog"
TARGET_ON_WIRE = '"Contact W&AOQ-tchdog"'


@pytest.fixture
def witness(dovecot: Dovecot, user: str) -> Iterator[imaplib.IMAP4]:
    """Another program's view of the same mailbox."""
    client = imaplib.IMAP4("127.0.0.1", dovecot.imap_port)
    client.login(user, PASSWORD)
    yield client
    client.logout()


def flags(witness: imaplib.IMAP4, folder: str = "INBOX") -> list[str]:
    """Return each message's flags in a folder, without Recent."""
    witness.select(folder, readonly=True)
    found = witness.search(None, "ALL")[1][0].split()
    answers = [witness.fetch(each.decode(), "(FLAGS)")[1][0] for each in found]
    return [
        " ".join(
            flag.decode() for flag in imaplib.ParseFlags(answer) if flag != b"\\Recent"
        )
        for answer in answers
        if isinstance(answer, bytes)
    ]


async def two_letters(
    mailbox: ImapMailbox, dovecot: Dovecot, user: str
) -> tuple[Letter, Letter]:
    for subject in (b"ours", b"theirs"):
        dovecot.deliver(user, b"Subject: %b\r\n\r\nx\r\n" % subject)
    news = await mailbox.news(INBOX, datetime.now(UTC) - timedelta(hours=1))
    ours, theirs = news.letters
    return ours, theirs


async def test_marked_read_is_only_the_one(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)

    await mailbox.tidy([ours], Tidy.READ, folder=TARGET)

    assert flags(witness) == ["\\Seen", ""]


async def test_kept_is_kept(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)

    await mailbox.tidy([ours], Tidy.KEEP, folder=TARGET)

    assert flags(witness) == ["", ""]


async def test_moved_is_only_the_one_into_a_folder_that_is_made_and_seen(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    ours, theirs = await two_letters(mailbox, dovecot, user)

    await mailbox.tidy([ours], Tidy.MOVE, folder=TARGET)
    await mailbox.tidy([theirs], Tidy.READ, folder=TARGET)

    assert flags(witness) == ["\\Seen"]
    assert flags(witness, TARGET_ON_WIRE) == [""]
    subscribed = witness.lsub()[1]
    assert any(TARGET_ON_WIRE.encode() in line for line in subscribed)
    assert Folder(name=TARGET, role=Role.OTHER) in await mailbox.folders()


async def test_a_second_move_uses_the_same_folder(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()

    for letter in await two_letters(mailbox, dovecot, user):
        await mailbox.tidy([letter], Tidy.MOVE, folder=TARGET)

    assert flags(witness) == []
    assert len(flags(witness, TARGET_ON_WIRE)) == 2


@pytest.mark.parametrize(
    ("how", "left", "moved"),
    [
        (Tidy.READ, ["\\Seen", "", "\\Seen"], 0),
        (Tidy.MOVE, [""], 2),
        (Tidy.DELETE, [""], 0),
    ],
)
async def test_many_are_tidied_at_once_but_none_between_them(
    open_mailbox: Open,
    dovecot: Dovecot,
    user: str,
    witness: imaplib.IMAP4,
    how: Tidy,
    left: list[str],
    moved: int,
) -> None:
    for subject in (b"ours", b"theirs", b"ours too"):
        dovecot.deliver(user, b"Subject: %b\r\n\r\nx\r\n" % subject)
    mailbox = open_mailbox()
    news = await mailbox.news(INBOX, datetime.now(UTC) - timedelta(hours=1))
    first, _, last = news.letters

    await mailbox.tidy([first, last], how, folder=TARGET)

    assert flags(witness) == left
    if moved:
        assert len(flags(witness, TARGET_ON_WIRE)) == moved


async def test_of_many_those_that_are_gone_are_left_out(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    letters = await two_letters(mailbox, dovecot, user)
    dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "subject", "ours")

    await mailbox.tidy(letters, Tidy.MOVE, folder=TARGET)

    assert flags(witness) == []
    assert len(flags(witness, TARGET_ON_WIRE)) == 1


async def test_deleted_is_only_the_one_even_beside_what_others_marked(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)
    witness.select("INBOX")
    witness.store("2", "+FLAGS", "\\Deleted")

    await mailbox.tidy([ours], Tidy.DELETE, folder=TARGET)

    assert flags(witness) == ["\\Deleted"]


@pytest.mark.parametrize("how", [Tidy.READ, Tidy.MOVE, Tidy.DELETE])
async def test_a_folder_that_was_made_anew_is_not_touched(
    open_mailbox: Open,
    dovecot: Dovecot,
    user: str,
    witness: imaplib.IMAP4,
    how: Tidy,
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)
    stale = replace(ours, validity=ours.validity - 1)

    await mailbox.tidy([stale], how, folder=TARGET)

    assert flags(witness) == ["", ""]


@pytest.mark.parametrize("how", [Tidy.READ, Tidy.MOVE, Tidy.DELETE])
async def test_a_message_that_is_gone_is_no_error(
    open_mailbox: Open,
    dovecot: Dovecot,
    user: str,
    witness: imaplib.IMAP4,
    how: Tidy,
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)
    dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "subject", "ours")

    await mailbox.tidy([ours], how, folder=TARGET)

    assert flags(witness) == [""]


async def test_moved_to_where_it_lies_is_left_alone(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)

    await mailbox.tidy([ours], Tidy.MOVE, folder="INBOX")

    assert flags(witness) == ["", ""]


async def test_reading_goes_on_after_tidying(
    open_mailbox: Open, dovecot: Dovecot, user: str, witness: imaplib.IMAP4
) -> None:
    mailbox = open_mailbox()
    ours, _ = await two_letters(mailbox, dovecot, user)
    await mailbox.tidy([ours], Tidy.MOVE, folder=TARGET)

    news = await mailbox.news(INBOX, datetime.now(UTC) - timedelta(hours=1))

    assert [letter.uid for letter in news.letters] == [2]
    assert flags(witness) == [""]


async def test_a_draft_is_added_with_its_flags(
    open_mailbox: Open, witness: imaplib.IMAP4
) -> None:
    raw = b"Subject: Draft\n\nDear Ms Example,\r\n{5}\n"

    await open_mailbox().append(
        Folder(name="Drafts", role=Role.DRAFTS), raw, flags=["\\Draft", "\\Seen"]
    )

    witness.select("Drafts", readonly=True)
    (_, lines), _ = witness.fetch("1", "(FLAGS BODY.PEEK[])")[1]  # type: ignore[misc]
    assert lines == b"Subject: Draft\r\n\r\nDear Ms Example,\r\n{5}\r\n"
    assert sorted(flags(witness, "Drafts")[0].split()) == ["\\Draft", "\\Seen"]


async def test_a_draft_for_a_folder_that_is_not_there_is_refused(
    open_mailbox: Open,
) -> None:
    mailbox = open_mailbox()

    with pytest.raises(Refused, match="refused APPEND"):
        await mailbox.append(Folder(name="Gone", role=Role.OTHER), b"x", flags=[])

    assert await mailbox.folders()


def plain_letter() -> Letter:
    """Return the only letter of a scripted server."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Letter(
        folder="INBOX",
        role=Role.INBOX,
        validity=1,
        uid=5,
        arrived_at=at,
        size=1,
        raw=b"",
    )


async def test_without_move_it_is_copied_and_then_removed_alone(
    open_mailbox: Open,
) -> None:
    says = {"CAPABILITY": "* CAPABILITY IMAP4rev1 UIDPLUS\r\nTAG OK\r\n"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        await mailbox.tidy([plain_letter()], Tidy.MOVE, folder="Tests")

    assert server.heard[4:] == [
        'UID COPY 5 "Tests"',
        "UID STORE 5 +FLAGS.SILENT (\\Deleted)",
        "UID EXPUNGE 5",
    ]


async def test_thousands_are_named_in_lines_that_every_server_takes(
    open_mailbox: Open,
) -> None:
    letters = [replace(plain_letter(), uid=10**9 + number) for number in range(1000)]
    says = {"CAPABILITY": "* CAPABILITY IMAP4rev1 MOVE\r\nTAG OK\r\n"}
    async with ScriptedImap(says).running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        await mailbox.tidy(letters, Tidy.MOVE, folder="Tests")

    moves = [command for command in server.heard if command.startswith("UID MOVE")]
    named = [uid for move in moves for uid in move.split()[2].split(",")]
    assert named == [str(letter.uid) for letter in letters]
    assert max(map(len, moves)) < 8000


@pytest.mark.parametrize("how", [Tidy.MOVE, Tidy.DELETE])
async def test_where_others_mail_might_go_too_it_is_only_marked_read(
    open_mailbox: Open, how: Tidy
) -> None:
    async with ScriptedImap().running() as server:
        mailbox = open_mailbox(port=server.port, security="none")

        with pytest.raises(Refused, match="marked as read and left where it is"):
            await mailbox.tidy([plain_letter()], how, folder="Tests")

    assert server.heard[-1] == "UID STORE 5 +FLAGS.SILENT (\\Seen)"
    assert not [command for command in server.heard if "EXPUNGE" in command]
