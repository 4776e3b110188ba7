"""Drafts are put where the owner finishes them, and known again there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from probes.errors import Refused
from probes.mail.drafts import FileDrafts, MailboxDrafts
from probes.mail.maildir import MaildirMailbox
from probes.settings import MaildirSettings
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import Dovecot

RAW = (
    b"From: office@example.test\r\nTo: anna@example.org\r\n"
    b"Message-ID: <one@example.test>\r\nSubject: Re: Hello\r\n\r\nHello\r\n"
)
KNOWN = "one@example.test"
OTHER = "two@example.test"


def lately() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)


async def test_a_letter_lies_among_the_drafts_as_one(
    dovecot: Dovecot, user: str, open_mailbox: Open
) -> None:
    drafts = MailboxDrafts(open_mailbox())

    await drafts.put("case-1", RAW)

    flags = dovecot.doveadm("fetch", "-u", user, "flags", "mailbox", "Drafts", "all")
    assert "\\Draft" in flags
    assert "\\Seen" in flags
    assert await drafts.holds("case-1", KNOWN, since=lately())
    assert not await drafts.holds("case-1", OTHER, since=lately())


async def test_a_letter_that_was_sent_is_found_too(
    dovecot: Dovecot, user: str, open_mailbox: Open
) -> None:
    drafts = MailboxDrafts(open_mailbox())
    await drafts.put("case-1", RAW)

    dovecot.doveadm("move", "-u", user, "Sent", "mailbox", "Drafts", "all")

    assert await drafts.holds("case-1", KNOWN, since=lately())


async def test_it_is_found_among_more_drafts_than_are_read_at_once(
    dovecot: Dovecot, user: str, open_mailbox: Open
) -> None:
    for _ in range(60):
        dovecot.deliver(user, b"Subject: a draft\r\n\r\nHello\r\n", "Drafts")
    drafts = MailboxDrafts(open_mailbox())

    await drafts.put("case-1", RAW)

    assert await drafts.holds("case-1", KNOWN, since=lately())


def maildir(path: Path, *folders: str) -> MailboxDrafts:
    for folder in ("", *folders):
        for part in ("cur", "new", "tmp"):
            (path / folder / part).mkdir(parents=True)
    return MailboxDrafts(MaildirMailbox(MaildirSettings(path=path)))


async def test_a_mailbox_without_drafts_says_what_to_do(tmp_path: Path) -> None:
    drafts = maildir(tmp_path)

    with pytest.raises(Refused, match="--eml"):
        await drafts.put("case-1", RAW)


async def test_a_maildir_takes_drafts_too(tmp_path: Path) -> None:
    drafts = maildir(tmp_path, ".Drafts")

    await drafts.put("case-1", RAW)

    [file] = (tmp_path / ".Drafts/cur").iterdir()
    assert "D" in file.name.rpartition(",")[2]
    assert await drafts.holds("case-1", KNOWN, since=lately())


async def test_a_file_is_a_draft_for_nobody_elses_eyes(tmp_path: Path) -> None:
    drafts = FileDrafts(tmp_path / "letters")
    assert not await drafts.holds("case-1", KNOWN, since=lately())

    await drafts.put("case-1", RAW)

    [file] = (tmp_path / "letters").iterdir()
    assert file.name == "case-1.eml"
    assert file.read_bytes() == b"X-Unsent: 1\r\n" + RAW
    assert file.stat().st_mode & 0o077 == 0
    assert await drafts.holds("case-1", KNOWN, since=lately())


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("a file")

    with pytest.raises(Refused, match="cannot be written"):
        await FileDrafts(tmp_path / "letters").put("case-1", RAW)


async def test_a_link_that_lies_in_the_way_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    (tmp_path / "case-1.part").symlink_to(target)

    with pytest.raises(Refused):
        await FileDrafts(tmp_path).put("case-1", RAW)
    assert not target.exists()
