"""`check` sees through whatever befalls the mailbox, or says that it is blind."""

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from mailbox import mbox
from pathlib import Path

import pytest

from tests.world import command, process
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.pages import Fault, Site
from tests.world.relay import Relay
from watchdog.config import load
from watchdog.ledger import open_ledger
from watchdog.model import Outcome
from watchdog.once import Round


def test_a_message_is_seen_over_any_connection(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    plain, tls = inbox.host.dovecot.imap_port, inbox.host.dovecot.imaps_port
    ports = {"tls": tls, "starttls": plain, "none": plain}
    config = write_config(
        tmp_path,
        *(
            Watched(
                name=security,
                url=site.url,
                mailbox=imap(inbox, f'security = "{security}"', port=port),
            )
            for security, port in ports.items()
        ),
    )

    ended = command.check(config)

    assert ended.code == 0
    assert {row["outcome"] for row in ended.rows.values()} == {"delivered"}


def test_a_refused_login_is_told_at_once(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    box = imap(inbox, password="wrong")
    config = write_config(tmp_path, Watched(url=site.url, mailbox=box, deadline="15m"))

    ended = command.check(config)

    row = ended.rows["Contact form"]
    assert (ended.code, row["outcome"], row["stage"]) == (3, "blind", "mailbox")
    assert "login" in row["cause"]
    assert "password" in row["advice"]
    assert ended.talk == ""


@contextmanager
def checking(site: Site, config: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run `check`; inside, the site has the message and has not mailed it yet."""
    site.delay = 2
    checked = command.start(config, "check", "--json")
    wait_for_submission(site)
    yield checked


def wait_for_submission(site: Site) -> None:
    process.wait_until(lambda: bool(site.received), "a message", within=command.BOUND)


def kill(inbox: Inbox) -> None:
    inbox.host.dovecot.kill_sessions()


def start_again(inbox: Inbox) -> None:
    inbox.host.dovecot.stop()
    inbox.host.dovecot.go_on()


@pytest.mark.parametrize("befalls", [kill, start_again])
def test_a_mailbox_that_is_lost_while_we_wait_is_found_again(
    site: Site, inbox: Inbox, tmp_path: Path, befalls: Callable[[Inbox], None]
) -> None:
    config = write_config(tmp_path, Watched(url=site.url, mailbox=imap(inbox)))

    with checking(site, config) as checked:
        befalls(inbox)
    ended = command.end(checked)

    assert ended.rows["Contact form"]["outcome"] == "delivered"
    assert (ended.code, ended.talk) == (0, "")


async def test_a_connection_that_died_in_silence_is_made_anew(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    async with Relay(inbox.host.dovecot.imaps_port).running() as relay:
        box = imap(inbox, port=relay.port)
        config = write_config(tmp_path, Watched(url=site.url, mailbox=box))
        site.delay = 1
        checking = asyncio.create_task(asyncio.to_thread(command.check, config))
        await asyncio.to_thread(wait_for_submission, site)

        relay.strand()
        ended = await checking

    assert ended.rows["Contact form"]["outcome"] == "delivered"
    assert ended.code == 0


def behind_a_closed_port(inbox: Inbox) -> str:
    (port,) = process.free_ports(1)
    return imap(inbox, port=port)


def signed_by_a_stranger(inbox: Inbox) -> str:
    return imap(inbox).replace("ca = ", "# ca = ")


@pytest.mark.parametrize(
    ("account", "cause"),
    [
        (behind_a_closed_port, "does not take connections"),
        (signed_by_a_stranger, "certificate"),
    ],
)
async def test_a_mailbox_that_is_never_reached_makes_us_blind_and_not_for_ever(
    site: Site,
    inbox: Inbox,
    tmp_path: Path,
    account: Callable[[Inbox], str],
    cause: str,
) -> None:
    box = account(inbox)
    config = load(
        write_config(
            tmp_path, Watched(url=site.url, mailbox=box, expected="1s", deadline="1s")
        )
    )

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        now = Round(
            config=config,
            ledger=ledger,
            clock=lambda: datetime.now(UTC),
            tell=lambda _check, _words: None,
            patience=timedelta(seconds=1),
        )
        async with asyncio.timeout(20):
            ((_, verdict),) = await now.run(config.check)

    assert verdict is not None
    assert verdict.outcome is Outcome.BLIND
    assert cause in verdict.cause


def test_a_folder_that_is_closed_to_us_does_no_harm(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    dovecot = inbox.host.dovecot
    dovecot.doveadm("mailbox", "create", "-u", inbox.address, "Closed")
    closed = dovecot.folder / "mail" / inbox.address / "Maildir" / ".Closed"
    closed.chmod(0)
    site.fault = Fault.BLACK_HOLE
    config = write_config(
        tmp_path,
        Watched(url=site.url, mailbox=imap(inbox), expected="2s", deadline="2s"),
    )

    ended = command.check(config)

    assert ended.rows["Contact form"]["outcome"] == "missing"


def test_a_maildir_on_this_machine_is_a_mailbox_too(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    tree = inbox.host.dovecot.folder / "mail" / inbox.address / "Maildir"
    inbox.host.dovecot.doveadm("mailbox", "status", "-u", inbox.address, "all", "INBOX")
    box = f'kind = "maildir"\npath = "{tree}"'
    config = write_config(tmp_path, Watched(url=site.url, mailbox=box))

    ended = command.check(config)

    row = ended.rows["Contact form"]
    assert (ended.code, row["outcome"], row["folder"]) == (0, "delivered", "INBOX")
    assert inbox.mail() == []
    (moved,) = inbox.mail("Contact Watchdog")
    assert row["evidence"]["marker"] in moved.get_content()


def test_a_folder_of_mbox_files_is_a_mailbox_too(site: Site, tmp_path: Path) -> None:
    tree = tmp_path / "mail"
    tree.mkdir()
    inbox_file = mbox(tree / "inbox.mbox")
    inbox_file.flush()
    box = f'kind = "mbox"\npath = "{tree}"'
    config = write_config(tmp_path, Watched(url=site.url, mailbox=box))
    site.fault = Fault.BLACK_HOLE

    with checking(site, config) as checked:
        inbox_file.lock()
        inbox_file.add(site.compose(site.received[0]))
        inbox_file.close()
    ended = command.end(checked)

    row = ended.rows["Contact form"]
    assert (ended.code, row["outcome"]) == (0, "delivered")
