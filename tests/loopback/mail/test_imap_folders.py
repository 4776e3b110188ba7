"""The folders of a mailbox on a real Dovecot, and where they end."""

from probes.mail.mailbox import Folder, Role
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import Dovecot

INBOX = Folder(name="INBOX", role=Role.INBOX)


async def test_folders_have_readable_names_and_roles(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.doveadm("mailbox", "create", "-u", user, 'Kundé "Ä & Ö\\" 日本', "a/b")
    mailbox = open_mailbox()

    folders = await mailbox.folders()

    assert folders[0] == INBOX
    assert set(folders[1:]) == {
        Folder(name="Junk", role=Role.SPAM),
        Folder(name="Sent", role=Role.SENT),
        Folder(name="Drafts", role=Role.DRAFTS),
        Folder(name="Trash", role=Role.TRASH),
        Folder(name='Kundé "Ä & Ö\\" 日本', role=Role.OTHER),
        Folder(name="a/b", role=Role.OTHER),
    }


async def test_the_owners_word_on_the_spam_folder_counts(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.doveadm("mailbox", "create", "-u", user, "Dubious")

    folders = await open_mailbox(spam="Dubious").folders()

    assert Folder(name="Dubious", role=Role.SPAM) in folders


async def test_the_owners_word_on_the_inbox_counts(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.doveadm("mailbox", "create", "-u", user, "Inquiries")

    folders = await open_mailbox(inbox="Inquiries").folders()

    assert folders[0] == Folder(name="Inquiries", role=Role.INBOX)
    assert Folder(name="INBOX", role=Role.OTHER) in folders


async def test_bookmarks_tell_every_folders_end(
    open_mailbox: Open, dovecot: Dovecot, user: str
) -> None:
    dovecot.deliver(user, b"Subject: Hello\r\n\r\nx\r\n")
    mailbox = open_mailbox()
    folders = await mailbox.folders()

    bookmarks = await mailbox.bookmarks(folders)

    assert {each.folder: each.next_uid for each in bookmarks} == {
        folder.name: 2 if folder == INBOX else 1 for folder in folders
    }


async def test_a_folder_that_is_gone_has_no_bookmark(open_mailbox: Open) -> None:
    gone = Folder(name="Gone", role=Role.OTHER)

    bookmarks = await open_mailbox().bookmarks([gone, INBOX])

    assert [each.folder for each in bookmarks] == ["INBOX"]
