"""Inquiries are traced through a real mailbox, whatever befalls it in between."""

import imaplib
import itertools
import ssl
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world.dovecot import PASSWORD, Dovecot
from tests.world.shop import CHECK, Shop, hours_ago, message
from watchdog.config import load
from watchdog.ledger import Ledger
from watchdog.model import CheckName, InquiryStatus, MailboxName, Traced
from watchdog.stages.inquiries import Tracing, Unread
from watchdog.stages.matching import EARLIEST, all_traced

OFFICE = MailboxName("office")
USERS = itertools.count(1)
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        Path(folder).chmod(0o755)
        server = Dovecot.start(Path(folder))
        yield server
        server.stop()


@pytest.fixture
def user() -> str:
    return f"shop{next(USERS)}@example.test"


@pytest.fixture
def shop(tmp_path: Path, dovecot: Dovecot, user: str) -> Shop:
    password = tmp_path / "password"
    password.touch(mode=0o600)
    password.write_text(PASSWORD)
    lines = (
        'kind = "imap"',
        'host = "localhost"',
        f"port = {dovecot.imaps_port}",
        f'user = "{user}"',
        f'password = {{ file = "{password}" }}',
        f'ca = "{dovecot.ca}"',
    )
    return Shop.opened(tmp_path / "shop", "\n".join(lines))


async def traced(
    shop: Shop,
    ledger: Ledger,
    tell: Callable[[str], None] = lambda _: None,
    name: MailboxName = OFFICE,
) -> Sequence[Unread]:
    path = shop.config
    path.write_text(path.read_text().replace(OFFICE, name))
    config = load(path)
    tracing = Tracing(
        config=config,
        ledger=ledger,
        name=name,
        checks=config.check,
        clock=lambda: datetime.now(UTC),
        tell=tell,
    )
    return await tracing.run(since=lambda _: EARLIEST, again_since=EARLIEST)


async def statuses(ledger: Ledger) -> dict[str, InquiryStatus | None]:
    found = await kept(ledger)
    return {one.inquiry.entry: one.status for one in found}


async def kept(ledger: Ledger) -> Sequence[Traced]:
    return await all_traced(ledger, [CheckName(CHECK)])


def put(dovecot: Dovecot, user: str, row: Row, at: datetime, folder: str) -> None:
    """Let an inquiry's message have come into a folder then."""
    context = ssl.create_default_context(cafile=dovecot.ca)
    port = dovecot.imaps_port
    with imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as imap:
        imap.login(user, PASSWORD)
        imap.create(folder)
        imap.append(folder, "", at, message(row, at, to=user))


def lost_and_found(shop: Shop, dovecot: Dovecot, user: str) -> None:
    """Let three people write, of whom the second is lost and the third junked."""
    for number, folder in ((1, "INBOX"), (2, ""), (3, "Junk")):
        at = hours_ago(1)
        row = shop.write(number, at)
        if folder:
            put(dovecot, user, row, at, folder)


EXPECTED = {
    "1": InquiryStatus.ARRIVED,
    "2": InquiryStatus.MISSING,
    "3": InquiryStatus.JUNKED,
}


async def test_a_real_mailbox_is_read_and_nothing_in_it_marked(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    lost_and_found(shop, dovecot, user)
    told: list[str] = []

    assert await traced(shop, ledger, told.append) == []

    assert await statuses(ledger) == EXPECTED
    assert f"{CHECK}: reading the store" in told
    assert "mailbox office: reading INBOX" in told
    seen = dovecot.doveadm("search", "-u", user, "mailbox", "INBOX", "seen")
    assert seen == ""


async def test_numbers_that_begin_anew_lose_and_double_nothing(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    lost_and_found(shop, dovecot, user)
    await traced(shop, ledger)
    before = await ledger.mails(OFFICE, since=EARLIEST, until=datetime.now(UTC))

    dovecot.doveadm(
        "mailbox", "update", "-u", user, "--uid-validity", "7654321", "INBOX"
    )
    at = hours_ago(0.5)
    put(dovecot, user, shop.write(4, at), at, "INBOX")
    await traced(shop, ledger)

    after = await ledger.mails(OFFICE, since=EARLIEST, until=datetime.now(UTC))
    assert len(after) == len(before) + 1
    assert await statuses(ledger) == EXPECTED | {"4": InquiryStatus.ARRIVED}


async def test_folders_renamed_and_mail_moved_change_nothing(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    lost_and_found(shop, dovecot, user)
    await traced(shop, ledger)
    everything = ("mailbox", "INBOX", "all")

    dovecot.doveadm("mailbox", "create", "-u", user, "Customers")
    dovecot.doveadm("move", "-u", user, "Customers", *everything)
    await traced(shop, ledger)
    dovecot.doveadm("mailbox", "rename", "-u", user, "Customers", "Old customers")
    await traced(shop, ledger)

    assert await statuses(ledger) == EXPECTED
    bookmarks = await ledger.mail_bookmarks(OFFICE)
    assert "Old customers" in bookmarks
    assert "Customers" not in bookmarks


async def test_a_mail_deleted_after_it_was_noted_has_arrived(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    at = hours_ago(1)
    put(dovecot, user, shop.write(1, at), at, "INBOX")
    config = load(shop.config)
    tracing = Tracing(
        config=config,
        ledger=ledger,
        name=OFFICE,
        checks=config.check,
        clock=lambda: datetime.now(UTC),
        tell=lambda _: None,
    )
    await tracing.note_mails()
    dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "all")

    await traced(shop, ledger)

    assert await statuses(ledger) == {"1": InquiryStatus.ARRIVED}


async def test_what_had_come_is_not_missing_since_the_mailbox_has_another_name(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    shop.write(2, hours_ago(2))
    at = hours_ago(1)
    put(dovecot, user, shop.write(1, at), at, "INBOX")
    await traced(shop, ledger)
    dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "all")

    await traced(shop, ledger, name=MailboxName("reception"))

    assert await statuses(ledger) == {
        "1": InquiryStatus.ARRIVED,
        "2": InquiryStatus.MISSING,
    }


async def test_a_mailbox_that_breaks_off_is_read_on_from_there(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    lost_and_found(shop, dovecot, user)

    def break_off(words: str) -> None:
        if "Junk" in words and not broken:
            broken.append(words)
            dovecot.stop()

    broken: list[str] = []
    try:
        [unread] = await traced(shop, ledger, break_off)
        blind = await statuses(ledger)
    finally:
        dovecot.go_on()

    assert broken
    assert not unread.is_store
    assert blind["2"] is InquiryStatus.UNVERIFIABLE
    assert not any(one.case for one in await kept(ledger))
    assert await traced(shop, ledger) == []
    assert await statuses(ledger) == EXPECTED


async def test_a_store_that_breaks_off_hides_nobody_who_is_known(
    shop: Shop, dovecot: Dovecot, user: str, ledger: Ledger
) -> None:
    lost_and_found(shop, dovecot, user)
    await traced(shop, ledger)
    (shop.folder / "inquiries.csv").unlink()

    [unread] = await traced(shop, ledger)

    assert unread.is_store
    assert unread.checks == [CHECK]
    assert await statuses(ledger) == EXPECTED
