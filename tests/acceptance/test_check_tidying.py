"""An arrival is tidied away as told, and no other mail is touched."""

import imaplib
import ssl
from pathlib import Path

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.pages import Site

MANY = 3000
"""Messages that were there before."""


def flags(inbox: Inbox, folder: str = "INBOX") -> list[str]:
    """Return each message's number, UID and flags, without touching them."""
    dovecot = inbox.host.dovecot
    context = ssl.create_default_context(cafile=dovecot.ca)
    port = dovecot.imaps_port
    with imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as imap:
        imap.login(inbox.address, dovecot.password)
        imap.select(f'"{folder}"', readonly=True)
        told = imap.fetch("1:*", "(UID FLAGS)")[1]
    return [
        line.decode().replace("\\Recent", "").replace(" )", ")")
        for line in told
        if isinstance(line, bytes)
    ]


def test_an_arrival_is_moved_and_thousands_of_unseen_messages_stay_unseen(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    inbox.host.dovecot.fill(inbox.address, MANY)
    before = flags(inbox)
    config = write_config(tmp_path, Watched(url=site.url, mailbox=imap(inbox)))

    ended = command.check(config)

    assert ended.code == 0
    (moved,) = inbox.mail("Contact Watchdog")
    marker = ended.rows["Contact form"]["evidence"]["marker"]
    assert marker in moved.get_content()
    assert len(before) == MANY
    assert flags(inbox) == before


@pytest.mark.parametrize(
    ("after", "left"), [("keep", ["()"]), ("read", [r"(\Seen)"]), ("delete", [])]
)
def test_an_arrival_is_kept_read_or_deleted_as_told(
    site: Site, inbox: Inbox, tmp_path: Path, after: str, left: list[str]
) -> None:
    inbox.host.dovecot.deliver(inbox.address, b"Subject: Rye bread?\n\nRye?\n")
    (other,) = flags(inbox)
    box = imap(inbox, f'after = "{after}"')
    config = write_config(tmp_path, Watched(url=site.url, mailbox=box))

    ended = command.check(config)

    assert ended.code == 0
    assert [line.split("FLAGS ")[1][:-1] for line in flags(inbox)[1:]] == left
    assert flags(inbox)[0] == other


def test_two_checks_share_a_site_and_a_mailbox(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    box = imap(inbox, 'after_folder = "Tests/Form"')
    watched = [Watched(name=name, url=site.url, mailbox=box) for name in ("A", "B")]
    config = write_config(tmp_path, *watched)

    ended = command.check(config)

    assert ended.code == 0
    assert {name: row["outcome"] for name, row in ended.rows.items()} == {
        "A": "delivered",
        "B": "delivered",
    }
    assert len(site.received) == 2
    assert inbox.mail() == []
    assert len(inbox.mail("Tests/Form")) == 2
