"""What every mailbox of files keeps, whichever way the files are laid out."""

import asyncio
import mailbox as witness
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from probes.errors import ProbeError, Refused, Unreachable
from probes.mail.mailbox import MOST_BYTES, Bookmark, Folder, Mailbox, Role, Tidy
from probes.mail.message import read_message
from probes.mail.open import open_mailbox
from probes.settings import MaildirSettings, MboxSettings

MAY = datetime(2026, 5, 3, 10, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)


def letter(subject: str, body: str = "Do you have rye bread?") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anna <anna@example.org>"
    message["Subject"] = subject
    message.set_content(body)
    return message


@dataclass
class Place:
    """A mailbox of files, the standard library as its mail host."""

    path: Path
    mailbox: Mailbox
    deliver: Callable[..., None]


@pytest.fixture
def maildir(tmp_path: Path) -> Place:
    path = tmp_path / "Maildir"
    box = witness.Maildir(path)

    def deliver(
        message: EmailMessage, folder: str | None = None, at: datetime = JUNE
    ) -> None:
        one = witness.MaildirMessage(message)
        one.set_date(at.timestamp())
        (box.add_folder(folder) if folder else box).add(one)

    settings = MaildirSettings(path=path, poll=0.05)
    return Place(path, open_mailbox(settings), deliver)


@pytest.fixture
def mbox(tmp_path: Path) -> Place:
    path = tmp_path / "mail"
    path.mkdir()
    (path / "INBOX.mbox").touch()

    def deliver(
        message: EmailMessage, folder: str | None = None, at: datetime = JUNE
    ) -> None:
        box = witness.mbox(path / f"{folder or 'INBOX'}.mbox")
        one = witness.mboxMessage(message)
        one.set_from("anna@example.org", at.utctimetuple())
        box.add(one)
        box.close()

    settings = MboxSettings(path=path, poll=0.05)
    return Place(path, open_mailbox(settings), deliver)


@pytest.fixture(params=["maildir", "mbox"])
def place(request: pytest.FixtureRequest) -> Place:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found


async def inbox_of(mailbox: Mailbox) -> Folder:
    return (await mailbox.folders())[0]


def start_of(folder: Folder) -> Bookmark:
    return Bookmark(folder=folder.name, validity=0, next_uid=0)


async def subjects(
    mailbox: Mailbox, folder: Folder, since: Bookmark | datetime
) -> list[str]:
    news = await mailbox.news(folder, since)
    return [read_message(one.raw).subject for one in news.letters]


async def test_in_a_maildir_the_flag_tells_what_was_read(maildir: Place) -> None:
    maildir.deliver(letter("unread"))
    maildir.deliver(letter("read"))
    box = witness.Maildir(maildir.path)
    for key, one in box.items():
        if one["Subject"] == "read":
            one.set_subdir("cur")
            one.add_flag("S")
            box[key] = one

    inbox = await inbox_of(maildir.mailbox)
    news = await maildir.mailbox.news(inbox, start_of(inbox))

    read = {read_message(one.raw).subject: one.is_read for one in news.letters}
    assert read == {"unread": False, "read": True}


async def test_in_an_mbox_the_status_tells_what_was_read(mbox: Place) -> None:
    for status in ("RO", "O", ""):
        message = letter(status or "none", body="Status: R\n")
        if status:
            message["Status"] = status
        mbox.deliver(message)

    inbox = await inbox_of(mbox.mailbox)
    news = await mbox.mailbox.news(inbox, start_of(inbox))

    assert [one.is_read for one in news.letters] == [True, False, None]


async def test_the_inbox_comes_first_and_folders_have_their_roles(place: Place) -> None:
    place.deliver(letter("ad"), "Junk")
    place.deliver(letter("old"), "Archive")
    place.deliver(letter("mine"), "Sent")

    folders = await place.mailbox.folders()

    assert [(one.name, one.role) for one in folders] == [
        ("INBOX", Role.INBOX),
        ("Archive", Role.OTHER),
        ("Junk", Role.SPAM),
        ("Sent", Role.SENT),
    ]


async def test_what_came_is_told_as_it_was_written(place: Place) -> None:
    written = letter("Rye", "Dear baker,\n\nFrom here it is far.\n> quoted\n")
    place.deliver(written, at=MAY)
    inbox = await inbox_of(place.mailbox)

    news = await place.mailbox.news(inbox, start_of(inbox))

    (one,) = news.letters
    assert news.complete
    assert one.raw == written.as_bytes()
    assert one.size == len(one.raw)
    assert (one.folder, one.role, one.arrived_at) == ("INBOX", Role.INBOX, MAY)


async def test_beyond_a_bookmark_lies_only_what_came_after_it(place: Place) -> None:
    inbox = await inbox_of(place.mailbox)
    (empty,) = await place.mailbox.bookmarks([inbox])
    place.deliver(letter("one"))
    first = await place.mailbox.news(inbox, empty)
    place.deliver(letter("two"))

    assert [read_message(one.raw).subject for one in first.letters] == ["one"]
    assert "two" in await subjects(place.mailbox, inbox, first.bookmark)


async def test_since_a_time_counts_what_arrived_since(place: Place) -> None:
    place.deliver(letter("may"), at=MAY)
    place.deliver(letter("june"), at=JUNE)
    inbox = await inbox_of(place.mailbox)

    since = JUNE - timedelta(days=1)

    assert await subjects(place.mailbox, inbox, since) == ["june"]


async def test_page_after_page_everything_is_told(place: Place) -> None:
    sent = [f"letter {number}" for number in range(25)]
    for subject in sent:
        place.deliver(letter(subject))
    inbox = await inbox_of(place.mailbox)
    since = start_of(inbox)
    told: list[str] = []

    for _ in range(30):
        news = await place.mailbox.news(inbox, since, most=4)
        told += [read_message(one.raw).subject for one in news.letters]
        since = news.bookmark
        if news.complete:
            break

    assert news.complete
    assert sorted(set(told)) == sorted(sent)


async def test_reading_changes_nothing(place: Place) -> None:
    place.deliver(letter("one"))
    inbox = await inbox_of(place.mailbox)
    before = {path: path.stat().st_mtime_ns for path in place.path.rglob("*")}

    await place.mailbox.news(inbox, start_of(inbox))

    assert {path: path.stat().st_mtime_ns for path in place.path.rglob("*")} == before


async def test_of_a_huge_message_the_beginning_is_told(place: Place) -> None:
    place.deliver(letter("big", "line of text\n" * 60_000))
    inbox = await inbox_of(place.mailbox)

    news = await place.mailbox.news(inbox, start_of(inbox))

    (one,) = news.letters
    assert one.size > len(one.raw) == MOST_BYTES


async def test_waiting_ends_when_mail_comes(place: Place) -> None:
    inbox = await inbox_of(place.mailbox)
    await place.mailbox.news(inbox, start_of(inbox))
    loop = asyncio.get_running_loop()
    begun = loop.time()

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(place.mailbox.wait(60))
        tasks.create_task(asyncio.to_thread(place.deliver, letter("one")))
        await waiting

    assert loop.time() - begun < 10
    assert await subjects(place.mailbox, inbox, MAY) == ["one"]


async def test_mail_that_came_before_the_waiting_ends_it_too(place: Place) -> None:
    inbox = await inbox_of(place.mailbox)
    await place.mailbox.news(inbox, start_of(inbox))
    place.deliver(letter("one"))
    loop = asyncio.get_running_loop()
    begun = loop.time()

    await place.mailbox.wait(60)

    assert loop.time() - begun < 10


async def test_kept_mail_is_left_alone(place: Place) -> None:
    place.deliver(letter("one"))
    inbox = await inbox_of(place.mailbox)
    (one,) = (await place.mailbox.news(inbox, MAY)).letters

    await place.mailbox.tidy([one], Tidy.KEEP, folder="Contact Watchdog")

    assert await subjects(place.mailbox, inbox, MAY) == ["one"]


@pytest.mark.parametrize("kind", [MaildirSettings, MboxSettings])
async def test_a_folder_that_is_not_there_is_named(
    kind: type[MaildirSettings] | type[MboxSettings], tmp_path: Path
) -> None:
    mailbox = open_mailbox(kind(path=tmp_path / "nowhere"))

    with pytest.raises(Unreachable, match="nowhere") as caught:
        await mailbox.folders()

    assert caught.value.answered


@pytest.mark.parametrize("kind", [MaildirSettings, MboxSettings])
async def test_a_file_in_the_place_of_a_folder_is_refused(
    kind: type[MaildirSettings] | type[MboxSettings], tmp_path: Path
) -> None:
    (tmp_path / "mail").write_text("no folder")

    with pytest.raises(Refused, match="no folder of mail"):
        await open_mailbox(kind(path=tmp_path / "mail")).folders()


async def test_a_folder_that_went_away_is_an_answer_and_no_crash(place: Place) -> None:
    gone = Folder(name="Gone", role=Role.OTHER)

    with pytest.raises(ProbeError, match="Gone"):
        await place.mailbox.news(gone, MAY)


@pytest.mark.parametrize("kind", [MaildirSettings, MboxSettings])
async def test_the_owner_says_which_folder_is_for_spam(
    kind: type[MaildirSettings] | type[MboxSettings], tmp_path: Path
) -> None:
    for name in ("cur", "new", ".Dubious/cur"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("INBOX.mbox", "Dubious.mbox"):
        (tmp_path / name).touch()
    mailbox = open_mailbox(kind(path=tmp_path, spam="Dubious"))

    folders = await mailbox.folders()

    assert [one.role for one in folders] == [Role.INBOX, Role.SPAM]
