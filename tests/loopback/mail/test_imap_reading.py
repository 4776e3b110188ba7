"""Reading a mailbox on a real Dovecot."""

import asyncio
import imaplib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from probes.mail.imap_answer import Bounds
from probes.mail.mailbox import MOST_BYTES, Bookmark, Folder, Letter, Role
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import PASSWORD, Dovecot
from tests.world.relay import Relay

INBOX = Folder(name="INBOX", role=Role.INBOX)


def mail(subject: str = "Hello", size: int = 10) -> bytes:
    return f"Subject: {subject}\r\n\r\n".encode() + b"x" * size + b"\r\n"


def subjects(letters: Sequence[Letter]) -> list[str]:
    lines = [line for letter in letters for line in letter.raw.splitlines()]
    return [line[9:].decode() for line in lines if line.startswith(b"Subject: ")]


def witness(dovecot: Dovecot, user: str) -> imaplib.IMAP4:
    """Return another program's view of the same mailbox."""
    client = imaplib.IMAP4("127.0.0.1", dovecot.imap_port)
    client.login(user, PASSWORD)
    return client


def append(
    client: imaplib.IMAP4, subject: str, at: datetime, folder: str = "INBOX"
) -> None:
    client.append(folder, "", at, mail(subject))


async def test_a_folder_with_a_difficult_name_is_the_one_that_is_read(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    name = 'Sent "Mä & Ö\\" x'
    dovecot.doveadm("mailbox", "create", "-u", user, name)
    dovecot.deliver(user, mail("here"), name)
    dovecot.deliver(user, mail("elsewhere"), "Sent")
    mailbox = open_mailbox()
    folder = Folder(name=name, role=Role.OTHER)
    (start,) = await mailbox.bookmarks([folder])

    news = await mailbox.news(folder, Bookmark(folder=name, validity=0, next_uid=1))

    assert subjects(news.letters) == ["here"]
    assert news.bookmark == start


async def test_news_are_what_came_since_the_bookmark(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, mail("old"))
    mailbox = open_mailbox()
    (bookmark,) = await mailbox.bookmarks([INBOX])
    before = datetime.now(UTC) - timedelta(seconds=2)
    dovecot.deliver(user, mail("new"))

    news = await mailbox.news(INBOX, bookmark)
    nothing = await mailbox.news(INBOX, news.bookmark)

    (letter,) = news.letters
    assert subjects([letter]) == ["new"]
    assert (letter.folder, letter.role, letter.uid) == ("INBOX", Role.INBOX, 2)
    assert letter.size == len(letter.raw)
    assert before <= letter.arrived_at <= datetime.now(UTC)
    assert news.complete
    assert not nothing.letters
    assert nothing.complete
    assert nothing.bookmark == news.bookmark


async def test_only_peeked_a_hundred_unseen_messages_stay_unseen(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    client = witness(dovecot, user)
    for number in range(100):
        append(client, str(number), datetime.now(UTC))
    mailbox = open_mailbox()

    news = await mailbox.news(INBOX, datetime.now(UTC) - timedelta(hours=1))

    assert subjects(news.letters) == [str(number) for number in range(100)]
    client.select("INBOX", readonly=True)
    unseen = client.search(None, "UNSEEN")[1][0].split()
    client.logout()
    assert len(unseen) == 100


async def test_it_is_told_which_messages_somebody_has_read(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    client = witness(dovecot, user)
    client.append("INBOX", r"(\Seen \Flagged)", "", mail("read"))
    client.append("INBOX", r"(\Flagged)", "", mail("unread"))
    client.logout()

    news = await open_mailbox().news(INBOX, Bookmark(folder="", validity=0, next_uid=1))

    assert [one.is_read for one in news.letters] == [True, False]


async def test_a_time_counts_to_the_second_not_to_the_day(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    since = datetime(2026, 11, 5, 0, 30, tzinfo=UTC)
    client = witness(dovecot, user)
    for seconds in (-86400 * 3, -1, 0, 1):
        append(client, str(seconds), since + timedelta(seconds=seconds))
    client.logout()

    news = await open_mailbox().news(INBOX, since)

    assert subjects(news.letters) == ["0", "1"]
    assert news.bookmark.next_uid == 5


async def test_a_long_reading_comes_in_pieces_that_miss_nothing(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    client = witness(dovecot, user)
    for number in range(25):
        append(client, str(number), datetime.now(UTC))
    mailbox = open_mailbox(Bounds(batch=3))
    stale = Bookmark(folder="INBOX", validity=1, next_uid=999)

    first = await mailbox.news(INBOX, stale, most=10)
    second = await mailbox.news(INBOX, first.bookmark, most=10)
    append(client, "during", datetime.now(UTC))
    client.logout()
    third = await mailbox.news(INBOX, second.bookmark, most=10)

    assert [len(news.letters) for news in (first, second, third)] == [10, 10, 6]
    assert [news.complete for news in (first, second, third)] == [False, False, True]
    letters = [*first.letters, *second.letters, *third.letters]
    assert subjects(letters) == [*map(str, range(25)), "during"]


async def test_a_reading_stops_at_its_bound_of_bytes(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    for number in range(3):
        dovecot.deliver(user, mail(str(number), 2000))
    mailbox = open_mailbox(Bounds(batch=1, most_news=3000))
    stale = Bookmark(folder="INBOX", validity=1, next_uid=1)

    news = await mailbox.news(INBOX, stale)

    assert subjects(news.letters) == ["0", "1"]
    assert not news.complete
    rest = await mailbox.news(INBOX, news.bookmark)
    assert subjects(rest.letters) == ["2"]
    assert rest.complete


async def test_a_huge_message_is_read_from_its_start_only(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, mail("huge", 3 * MOST_BYTES))

    news = await open_mailbox().news(INBOX, datetime.now(UTC) - timedelta(hours=1))

    (letter,) = news.letters
    assert len(letter.raw) == MOST_BYTES
    assert letter.size > 3 * MOST_BYTES
    assert subjects([letter]) == ["huge"]


async def test_a_thousand_messages_in_one_answer_are_read(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.fill(user, 1500)
    mailbox = open_mailbox(Bounds(batch=2000))

    news = await mailbox.news(INBOX, datetime(2020, 1, 1, tzinfo=UTC), most=2000)

    assert len(news.letters) == 1500


async def test_vanished_messages_are_passed_over(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    mailbox = open_mailbox()
    (bookmark,) = await mailbox.bookmarks([INBOX])
    for subject in ("a", "b", "c"):
        dovecot.deliver(user, mail(subject))
    await mailbox.news(INBOX, bookmark)
    dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "subject", "b")

    news = await mailbox.news(INBOX, bookmark)

    assert subjects(news.letters) == ["a", "c"]


async def test_cost_follows_new_mail_and_not_the_mailboxs_size(
    relayed: Open, relay: Relay, dovecot: Dovecot, user: str
) -> None:
    costs = []
    for size, who in ((10, f"few-{user}"), (5000, f"many-{user}")):
        dovecot.fill(who, size)
        mailbox = relayed(user=who)
        (bookmark,) = await mailbox.bookmarks([INBOX])
        await mailbox.news(INBOX, bookmark)
        relay.forget()
        dovecot.deliver(who, mail("new"))
        news = await mailbox.news(INBOX, bookmark)
        await mailbox.news(INBOX, news.bookmark)
        assert subjects(news.letters) == ["new"]
        costs.append((relay.commands, relay.told))
    (few_commands, few_bytes), (many_commands, many_bytes) = costs

    assert few_commands == many_commands == 5
    # Larger numbers have more digits; no more than that.
    assert abs(many_bytes - few_bytes) < 50


async def test_fragments_of_one_byte_make_no_difference(
    relayed: Open, relay: Relay, dovecot: Dovecot, user: str
) -> None:
    relay.piece = 1
    dovecot.deliver(user, mail("sliced"))

    news = await relayed().news(INBOX, datetime.now(UTC) - timedelta(hours=1))

    assert subjects(news.letters) == ["sliced"]


async def test_two_tasks_on_one_mailbox_do_not_mix_their_answers(
    open_mailbox: Open,
) -> None:
    mailbox = open_mailbox()
    folders = await mailbox.folders()

    all_bookmarks = await asyncio.gather(
        *[mailbox.bookmarks([folder]) for folder in folders]
    )

    assert [each.folder for (each,) in all_bookmarks] == [f.name for f in folders]


async def test_after_a_cancelled_call_the_right_folder_is_read(
    relayed: Open, relay: Relay, dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, mail("spam"), "Junk")
    dovecot.deliver(user, mail("ham"))
    mailbox = relayed()
    since = datetime.now(UTC) - timedelta(hours=1)
    await mailbox.news(INBOX, since)
    relay.forget()

    reading = asyncio.create_task(
        mailbox.news(Folder(name="Junk", role=Role.SPAM), since)
    )
    await relay.hears(b"EXAMINE")
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    news = await mailbox.news(INBOX, since)

    assert subjects(news.letters) == ["ham"]
