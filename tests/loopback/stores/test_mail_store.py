"""A mailbox that gets a copy of every notice, read as a store of inquiries."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from probes.errors import Refused, Unreachable
from probes.settings import MaildirSettings
from probes.stores.mail_settings import MailStoreSettings
from probes.stores.open import open_store
from probes.stores.store import Piece, Store

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SINCE = NOON - timedelta(days=7)

NOTICE = """From: Shop <wordpress@shop.example>
To: owner@shop.example
Reply-To: Ann Lee <ann@example.org>
Subject: Shop "A room in May"
Message-ID: <notice{number}@shop.example>
Date: Wed, 01 Jul 2026 11:58:00 +0000
Content-Type: text/plain; charset=utf-8

Your name: Ann Lee
Phone: +1 555 0100
Your message: Do you have a room in May?
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in (tmp_path, tmp_path / ".Copies", tmp_path / ".Junk"):
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    return tmp_path


def put(root: Path, number: int, text: str = NOTICE, folder: str = "") -> None:
    path = root / folder / "new" / f"{number}.M{number}P1.host"
    path.write_text(text.replace("{number}", str(number)))
    at = (NOON + timedelta(minutes=number)).timestamp()
    os.utime(path, (at, at))


def copies(root: Path, folder: str | None = None) -> Store:
    settings = MailStoreSettings(mailbox="copies", folder=folder)
    return open_store(settings.of(MaildirSettings(path=root)))


async def piece(store: Store, cursor: str = "", most: int = 500) -> Piece:
    return await store.read(since=SINCE, cursor=cursor, most=most)


def ids(read: Piece) -> list[str]:
    return [entry.id.partition("@")[0] for entry in read.entries]


async def test_a_notice_tells_who_wrote_what(root: Path) -> None:
    put(root, 1)

    (entry,) = (await piece(copies(root))).entries

    assert entry.id == "notice1@shop.example"
    assert (entry.name, entry.email) == ("Ann Lee", "ann@example.org")
    assert entry.phone == "+1 555 0100"
    assert entry.subject == 'Shop "A room in May"'
    assert "Do you have a room in May?" in entry.message
    assert entry.fields["Your name"] == "Ann Lee"
    assert entry.submitted_at == datetime(2026, 7, 1, 11, 58, tzinfo=UTC)


async def test_the_writer_is_found_in_the_text_where_no_reply_to_says_it(
    root: Path,
) -> None:
    text = NOTICE.replace("Reply-To: Ann Lee <ann@example.org>\n", "")
    put(root, 1, text.replace("Phone:", "E-mail: ann@example.org\nPhone:"))

    (entry,) = (await piece(copies(root))).entries

    assert (entry.name, entry.email) == ("Ann Lee", "ann@example.org")


@pytest.mark.parametrize("date", ["Tue, 01 Jul 2036 12:00:00 +0000", "soon"])
async def test_a_date_that_cannot_be_is_not_believed(root: Path, date: str) -> None:
    put(root, 3, NOTICE.replace("Wed, 01 Jul 2026 11:58:00 +0000", date))

    (entry,) = (await piece(copies(root))).entries

    assert entry.submitted_at == NOON + timedelta(minutes=3)


async def test_copies_in_the_spam_folder_count_too(root: Path) -> None:
    put(root, 1)
    put(root, 2, folder=".Junk")
    put(root, 3, folder=".Copies")

    assert sorted(ids(await piece(copies(root)))) == ["notice1", "notice2"]
    assert ids(await piece(copies(root, "Copies"))) == ["notice3"]


async def test_an_answer_is_no_notice(root: Path) -> None:
    put(root, 1)
    put(root, 2, "In-Reply-To: <notice1@shop.example>\n" + NOTICE)

    assert ids(await piece(copies(root))) == ["notice1"]


async def test_reading_goes_on_piece_by_piece_and_later(root: Path) -> None:
    store = copies(root)
    for number in range(1, 6):
        put(root, number, folder="" if number % 2 else ".Junk")
    read, cursor, is_last = [], "", False
    while not is_last:
        found = await piece(store, cursor, most=2)
        read += ids(found)
        cursor, is_last = found.cursor, found.is_last
    put(root, 6)

    assert {*read} == {f"notice{number}" for number in range(1, 6)}
    assert "notice6" in ids(await piece(copies(root), cursor))


async def test_a_folder_that_is_not_there_is_told(root: Path) -> None:
    with pytest.raises(Refused, match="has no folder “Archive”; it has “INBOX”"):
        await piece(copies(root, "Archive"))


async def test_a_mailbox_that_is_not_there_is_told(root: Path) -> None:
    with pytest.raises(Unreachable, match="There is no mail at"):
        await piece(copies(root / "gone"))
    with pytest.raises(Refused, match="No mailbox is known by the name copies"):
        open_store(MailStoreSettings(mailbox="copies"))
