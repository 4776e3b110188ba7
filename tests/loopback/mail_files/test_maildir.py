"""A Maildir is shared with other programs: what they do, and what we do to it."""

import asyncio
import mailbox as witness
import os
import time
from pathlib import Path

import pytest

from probes.errors import Refused
from probes.mail.mailbox import Bookmark, Folder, Letter, Role, Tidy
from probes.mail.maildir import MaildirMailbox
from probes.settings import MaildirSettings

MAIL = b"Subject: %s\n\nDo you have rye bread?\n"
INBOX = Folder(name="INBOX", role=Role.INBOX)
START = Bookmark(folder="INBOX", validity=1, next_uid=0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "Maildir"
    witness.Maildir(path)
    return path


@pytest.fixture
def box(root: Path) -> witness.Maildir:
    return witness.Maildir(root)


@pytest.fixture
def mailbox(root: Path) -> MaildirMailbox:
    return MaildirMailbox(MaildirSettings(path=root, poll=0.05))


def files_in(root: Path) -> list[str]:
    return sorted(
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()
    )


async def told(mailbox: MaildirMailbox, since: Bookmark = START) -> list[Letter]:
    return list((await mailbox.news(INBOX, since)).letters)


def newest_stamp(root: Path) -> float:
    return max(path.stat().st_ctime for path in root.rglob("*"))


async def settled(root: Path) -> None:
    """Return when the stamps in a tree have settled; only time can do it."""
    await asyncio.sleep(max(0, newest_stamp(root) + 2.05 - time.time()))


async def test_a_number_stays_through_reading_and_flagging(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    key = box.add(MAIL % b"one")
    (fresh,) = await told(mailbox)
    message = box[key]
    message.set_subdir("cur")
    message.set_flags("SF")
    box[key] = message

    (seen,) = await told(mailbox)

    assert fresh.uid == seen.uid


async def test_mail_with_an_old_time_is_new_when_it_comes(
    root: Path, box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    box.add(MAIL % b"one")
    (since,) = await mailbox.bookmarks([INBOX])
    copied = root / "tmp" / "copied"
    copied.write_bytes(MAIL % b"two")
    os.utime(copied, (0, 0))
    copied.rename(root / "cur" / "copied:2,S")

    found = await told(mailbox, since)

    assert MAIL % b"two" in [one.raw for one in found]


async def test_two_messages_with_the_same_time_are_both_told(
    root: Path, mailbox: MaildirMailbox
) -> None:
    for name in ("1.a", "1.b"):
        path = root / "new" / name
        path.write_bytes(MAIL % name.encode())
        os.utime(path, (1_000_000_000, 1_000_000_000))

    found = await told(mailbox)

    assert len({one.uid for one in found}) == 2


async def test_a_settled_folder_tells_only_what_comes_then(
    root: Path, box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    box.add(MAIL % b"one")
    await settled(root)
    (since,) = await mailbox.bookmarks([INBOX])
    quiet = await mailbox.news(INBOX, since)
    box.add(MAIL % b"two")

    found = await told(mailbox, quiet.bookmark)

    assert (quiet.complete, list(quiet.letters)) == (True, [])
    assert quiet.bookmark == since
    assert [one.raw for one in found] == [MAIL % b"two"]


async def test_files_touched_by_a_backup_are_told_once_and_not_for_ever(
    root: Path, box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    name = root / "new" / box.add(MAIL % b"one")
    while name.stat().st_ctime_ns <= name.parent.stat().st_ctime_ns:
        name.chmod(0o600)
    await settled(root)

    first = await mailbox.news(INBOX, START)
    again = await mailbox.news(INBOX, first.bookmark)

    assert len(first.letters) == 1
    assert not again.letters


async def test_a_bookmark_from_a_clock_that_was_wrong_hides_nothing(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    box.add(MAIL % b"one")
    tomorrow = time.time_ns() + 86_400 * 10**9

    found = await told(mailbox, Bookmark(folder="INBOX", validity=1, next_uid=tomorrow))

    assert len(found) == 1


async def test_folders_have_the_names_that_people_read(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    for name in ("Entw&APw-rfe", "Kunden.2026", "Büro"):
        box.add_folder(name)

    names = [one.name for one in await mailbox.folders()]

    assert names == ["INBOX", "Büro", "Entwürfe", "Kunden.2026"]
    for name in names:
        folder = Folder(name=name, role=Role.OTHER)
        assert (await mailbox.news(folder, START)).complete


async def test_marking_read_sets_the_flag_and_nothing_else(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    key = box.add(MAIL % b"ours")
    other = box.add(MAIL % b"theirs")
    ours = next(one for one in await told(mailbox) if b"ours" in one.raw)

    await mailbox.tidy([ours], Tidy.READ, folder="")
    await mailbox.tidy([ours], Tidy.READ, folder="")

    assert (box[key].get_subdir(), box[key].get_flags()) == ("cur", "S")
    assert (box[other].get_subdir(), box[other].get_flags()) == ("new", "")


async def test_moving_makes_the_folder_and_keeps_the_flags(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    message = witness.MaildirMessage(MAIL % b"ours")
    message.set_subdir("cur")
    message.set_flags("S")
    box.add(message)
    (ours,) = await told(mailbox)

    await mailbox.tidy([ours], Tidy.MOVE, folder="Prüfungen & Tests")

    assert not list(box)
    (moved,) = box.get_folder("Pr&APw-fungen &- Tests")
    assert moved.as_bytes() == MAIL % b"ours"
    assert moved.get_flags() == "S"
    assert "Prüfungen & Tests" in [one.name for one in await mailbox.folders()]


async def test_deleting_takes_that_one_file(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    box.add(MAIL % b"ours")
    other = box.add(MAIL % b"theirs")
    ours = next(one for one in await told(mailbox) if b"ours" in one.raw)

    await mailbox.tidy([ours], Tidy.DELETE, folder="")
    await mailbox.tidy([ours], Tidy.DELETE, folder="")

    assert list(box.keys()) == [other]


async def test_mail_is_found_for_tidying_though_its_reader_flagged_it(
    box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    key = box.add(MAIL % b"ours")
    (ours,) = await told(mailbox)
    message = box[key]
    message.set_subdir("cur")
    message.set_flags("FS")
    box[key] = message

    await mailbox.tidy([ours], Tidy.DELETE, folder="")

    assert not list(box)


@pytest.mark.parametrize("name", ["../elsewhere", "a/b", "", "a..b", "nul\0"])
async def test_no_folder_name_leads_out_of_the_tree(
    name: str, root: Path, box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    box.add(MAIL % b"ours")
    before = files_in(root)
    (ours,) = await told(mailbox)

    with pytest.raises(Refused, match="cannot be named"):
        await mailbox.tidy([ours], Tidy.MOVE, folder=name)

    assert files_in(root) == before


async def test_what_is_added_lies_where_mail_programs_look(
    root: Path, box: witness.Maildir, mailbox: MaildirMailbox
) -> None:
    drafts = Folder(name="Drafts", role=Role.DRAFTS)

    await mailbox.append(drafts, MAIL % b"answer", flags=["\\Draft", "\\Seen"])
    await mailbox.append(INBOX, MAIL % b"hello", flags=[])

    (draft,) = box.get_folder("Drafts")
    assert (draft.get_subdir(), draft.get_flags()) == ("cur", "DS")
    (hello,) = box
    assert (hello.get_subdir(), hello.as_bytes()) == ("new", MAIL % b"hello")
    assert not list((root / "tmp").iterdir())


async def test_links_and_hidden_files_are_no_mail(
    root: Path, mailbox: MaildirMailbox, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password")
    (root / "cur" / "link:2,S").symlink_to(secret)
    (root / "cur" / ".hidden").write_text("index")

    assert await told(mailbox) == []
