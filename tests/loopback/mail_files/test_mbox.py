"""An mbox file may grow, be replaced, be half written, and be huge."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from probes.errors import Refused, Unintelligible
from probes.mail.mailbox import Bookmark, Folder, Letter, News, Role, Tidy
from probes.mail.mbox import MboxMailbox
from probes.settings import MboxSettings

INBOX = Folder(name="INBOX", role=Role.INBOX)
START = Bookmark(folder="INBOX", validity=0, next_uid=1)
FROM = "From anna@example.org Sun May  3 10:00:00 2026\n"


def mail(subject: str, body: str = "Rye?\n") -> str:
    return f"{FROM}Subject: {subject}\n\n{body}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "INBOX.mbox"


@pytest.fixture
def mailbox(path: Path) -> MboxMailbox:
    return MboxMailbox(MboxSettings(path=path.parent, poll=0.05))


def write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


def subjects(news: News) -> list[str]:
    return [subject_of(one) for one in news.letters]


def subject_of(letter: Letter) -> str:
    return letter.raw.partition(b"\n")[0].decode().removeprefix("Subject: ").strip()


@pytest.mark.parametrize("name", ["INBOX.mbox", "inbox.mbox", "Inbox.MBOX"])
async def test_the_inbox_is_known_in_any_case_of_letters(
    name: str, tmp_path: Path
) -> None:
    write(tmp_path / name, mail("one"))
    mailbox = MboxMailbox(MboxSettings(path=tmp_path))

    (inbox,) = await mailbox.folders()

    assert inbox.role is Role.INBOX
    assert subjects(await mailbox.news(inbox, START)) == ["one"]


async def test_a_file_that_grows_tells_only_its_end(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one") + mail("two"))
    (since,) = await mailbox.bookmarks([INBOX])
    add(path, mail("three"))

    news = await mailbox.news(INBOX, since)

    assert subjects(news) == ["three"]
    assert not (await mailbox.news(INBOX, news.bookmark)).letters


async def test_numbers_and_validity_stay_while_a_file_grows(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one"))
    before = await mailbox.news(INBOX, START)
    add(path, mail("two", "long " * 5_000))
    after = await mailbox.news(INBOX, START)

    assert before.bookmark.validity == after.bookmark.validity
    assert before.letters[0].uid == after.letters[0].uid


@pytest.mark.parametrize(
    "instead",
    [
        pytest.param(mail("other") * 3, id="another beginning"),
        pytest.param(mail("one"), id="shorter"),
        pytest.param(mail("one") + mail("a longer subject") * 3, id="another middle"),
    ],
)
async def test_a_file_that_was_replaced_is_told_from_its_beginning(
    instead: str, path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one") + mail("two"))
    (since,) = await mailbox.bookmarks([INBOX])
    write(path, instead)

    news = await mailbox.news(INBOX, since)

    assert len(news.letters) == instead.count("From anna")


async def test_a_message_half_written_is_told_again_when_it_is_whole(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one") + f"{FROM}Subject: two\n\nDo you")
    half = await mailbox.news(INBOX, START)
    add(path, " have rye?\n\n")
    whole = await mailbox.news(INBOX, half.bookmark)

    assert subjects(half) == ["one", "two"]
    assert [one.raw for one in whole.letters] == [b"Subject: two\n\nDo you have rye?\n"]


async def test_a_last_message_without_a_blank_line_is_whole_in_the_end(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one") + f"{FROM}Subject: two\n\nDo you have rye?")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    news = await mailbox.news(INBOX, START)

    again = await mailbox.news(INBOX, news.bookmark)

    assert subjects(news) == ["one", "two"]
    assert not again.letters


async def test_the_words_of_a_body_are_no_new_message(
    path: Path, mailbox: MboxMailbox
) -> None:
    body = "Hello\n\nFrom Anna\nSubject: rye\n\nFrom here at 10:30 we walk\n"
    write(path, mail("one", body) + mail("two"))

    assert subjects(await mailbox.news(INBOX, START)) == ["one", "two"]


async def test_quoted_from_lines_are_as_they_were_written(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one", ">From the start\n>>From the quoted\n> From no\n"))

    (one,) = (await mailbox.news(INBOX, START)).letters

    assert one.raw == b"Subject: one\n\nFrom the start\n>From the quoted\n> From no\n"
    assert one.size == len(one.raw)


@pytest.mark.parametrize(
    ("line", "arrived_at"),
    [
        ("From a@b.example Sun May  3 10:00:00 2026", (2026, 5, 3, 10)),
        ("From - Sun May  3 10:00:00 2026", (2026, 5, 3, 10)),
        ("From 18@xxx Sun May 03 10:00:00 +0200 2026", (2026, 5, 3, 8)),
        ("From a@b.example Sun May  3 10:00 2026", (2026, 5, 3, 10)),
        ("From a@b.example", (2025, 1, 2, 3)),
        ("From a@b.example Xxx Yyy 99 10:00:00 2026", (2025, 1, 2, 3)),
    ],
)
async def test_the_first_line_tells_the_time_else_the_date_does(
    line: str, arrived_at: tuple[int, ...], path: Path, mailbox: MboxMailbox
) -> None:
    write(path, f"{line}\nDate: Thu, 2 Jan 2025 03:00:00 +0000\n\nRye?\n\n")

    (one,) = (await mailbox.news(INBOX, START)).letters

    year, month, day, hour = arrived_at
    assert one.arrived_at == datetime(year, month, day, hour, tzinfo=UTC)


async def test_without_any_time_the_files_own_counts(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, "From anna\nSubject: one\n\nRye?\n\n")
    os.utime(path, (1_000_000_000, 1_000_000_000))

    (one,) = (await mailbox.news(INBOX, START)).letters

    assert one.arrived_at == datetime.fromtimestamp(1_000_000_000, UTC)


async def test_messages_over_the_edges_of_blocks_are_whole(
    path: Path, mailbox: MboxMailbox
) -> None:
    sizes = [1_048_576 - 300 + step * 7 for step in range(5)]
    write(path, "".join(mail(str(size), "x" * size + "\n") for size in sizes))

    news = await mailbox.news(INBOX, START)

    assert subjects(news) == [str(size) for size in sizes]
    assert [one.size for one in news.letters] == [
        len(f"Subject: {size}\n\n") + size + 1 for size in sizes
    ]


async def test_windows_line_ends_part_messages_too(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, (mail("one") + mail("two")).replace("\n", "\r\n"))
    news = await mailbox.news(INBOX, START)

    assert subjects(news) == ["one", "two"]
    assert news.letters[0].raw == b"Subject: one\r\n\r\nRye?\r\n"


async def test_an_empty_file_is_an_empty_folder(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, "")
    (since,) = await mailbox.bookmarks([INBOX])
    empty = await mailbox.news(INBOX, since)
    add(path, mail("one"))

    assert (empty.complete, list(empty.letters)) == (True, [])
    assert subjects(await mailbox.news(INBOX, empty.bookmark)) == ["one"]


async def test_a_file_that_is_no_mbox_is_said_to_be_none(
    path: Path, mailbox: MboxMailbox
) -> None:
    write(path, "Subject: a single mail\n\nRye?\n")

    with pytest.raises(Unintelligible, match="no mbox file"):
        await mailbox.news(INBOX, START)


@pytest.mark.parametrize("how", [Tidy.READ, Tidy.MOVE, Tidy.DELETE])
async def test_nothing_in_the_file_is_changed(
    how: Tidy, path: Path, mailbox: MboxMailbox
) -> None:
    write(path, mail("one"))
    (one,) = (await mailbox.news(INBOX, START)).letters

    with pytest.raises(Refused, match="only read"):
        await mailbox.tidy([one], how, folder="Contact Watchdog")
    with pytest.raises(Refused, match="only read"):
        await mailbox.append(INBOX, one.raw, flags=[])

    assert subjects(await mailbox.news(INBOX, START)) == ["one"]
