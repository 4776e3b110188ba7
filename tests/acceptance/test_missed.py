"""`missed` finds the people whose messages never reached the owner."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.world import process
from tests.world.command import Ended, run
from tests.world.config import imap
from tests.world.mail_host import Inbox
from tests.world.shop import CHECK, Shop, answer, hours_ago, ids, message

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop.opened(tmp_path / "shop")


def told(ended: Ended) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(ended.out)
    return found


def arrives(shop: Shop, number: int, hours: float, folder: str = "INBOX") -> None:
    """Let an inquiry be written, and its message come into a folder."""
    at = hours_ago(hours)
    row = shop.write(number, at)
    shop.file(message(row, at), at + MINUTE, folder)


def test_every_fate_of_an_inquiry_is_told(shop: Shop) -> None:
    arrives(shop, 1, 9)
    arrives(shop, 2, 8, "Junk")
    shop.write(3, hours_ago(7))
    at = hours_ago(6)
    shop.file(answer(shop.write(4, at), at), at + MINUTE, "Sent")
    late = shop.write(5, hours_ago(5))
    shop.file(message(late, hours_ago(5)), hours_ago(3))
    shop.write(6, hours_ago(4), status="spam", message="Cheap pills and more pills")
    shop.write(7, hours_ago(0.01), message="Are you open today until six o'clock?")
    arrives(shop, 8, 2)
    shop.write(9, hours_ago(1.9), **shop.rows[-1] | {"id": "9"})

    ended = run(shop.config, "missed", "--json", "--all")

    found = told(ended)["inquiries"]
    statuses = {one["id"]: one["status"] for one in found}
    assert statuses == {
        "1": "arrived",
        "2": "junked",
        "3": "missing",
        "4": "arrived",
        "5": "late",
        "6": "spam",
        "7": "pending",
        "8": "arrived",
        "9": "duplicate",
    }
    assert ended.code == 2
    assert ended.talk == ""


def test_without_all_only_the_missed_are_told_the_missing_first(shop: Shop) -> None:
    arrives(shop, 1, 9)
    arrives(shop, 2, 8, "Junk")
    shop.write(3, hours_ago(7), phone="+1 555 0100")
    arrives(shop, 4, 6)

    picture = told(run(shop.config, "missed", "--json"))

    missing, junked = picture["inquiries"]
    assert missing["check"] == CHECK
    assert missing["id"] == "3"
    assert missing["email"] == "dora@visitor.example"
    assert missing["phone"] == "+1 555 0100"
    assert missing["case"] == junked["case"] == "open"
    assert junked["status"] == "junked"
    assert picture["counts"]["arrived"] == 2
    assert picture["window"] == {
        "proven_from": hours_ago_of(shop, "3"),
        "proven_to": hours_ago_of(shop, "4"),
        "possible_from": hours_ago_of(shop, "1"),
        "possible_to": hours_ago_of(shop, "4"),
    }


def hours_ago_of(shop: Shop, number: str) -> str:
    """Return when an inquiry was written, as JSON tells it."""
    return next(row["submitted_at"] for row in shop.rows if row["id"] == number)


def test_where_all_have_arrived_nobody_is_missed(shop: Shop) -> None:
    arrives(shop, 1, 9)

    ended = run(shop.config, "missed")

    assert "Nobody was missed, of 1 inquiry." in ended.out
    assert ended.code == 0


def test_what_only_lies_in_the_spam_folder_is_a_warning(shop: Shop) -> None:
    arrives(shop, 1, 9)
    arrives(shop, 2, 8, "Junk")

    assert run(shop.config, "missed").code == 1


def test_a_message_that_turns_up_ends_its_case(shop: Shop) -> None:
    arrives(shop, 1, 9)
    lost = shop.write(2, hours_ago(8))
    arrives(shop, 3, 7)
    first = run(shop.config, "missed", "--json")

    shop.file(message(lost, hours_ago(8)), hours_ago(1))
    then = run(shop.config, "missed", "--json", "--all")

    assert ids(told(first)["inquiries"], "missing") == {"2"}
    [found] = [one for one in told(then)["inquiries"] if one["id"] == "2"]
    assert (found["status"], found["case"]) == ("late", "closed")
    assert (first.code, then.code) == (2, 1)


def test_a_mailbox_on_a_mail_host_is_read(tmp_path: Path, inbox: Inbox) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    (tmp_path / "secret").write_text("secret")
    shop = Shop.opened(tmp_path / "shop", imap(inbox, password=f"{tmp_path}/secret"))
    shop.deadline = "3s"
    at = hours_ago(0)
    dovecot = inbox.host.dovecot
    came = message(shop.write(1, at), at, to=inbox.address)
    dovecot.deliver(inbox.address, came, "INBOX")
    shop.write(2, hours_ago(1))

    ended = run(shop.config, "missed", "--json", "--all")

    found = told(ended)["inquiries"]
    assert ids(found, "missing") == {"2"}
    assert len(found) == 2
    assert ended.code == 2


def test_asked_again_it_says_the_same(shop: Shop) -> None:
    arrives(shop, 1, 9)
    shop.write(2, hours_ago(8))
    arrives(shop, 3, 7)

    first, again = (told(run(shop.config, "missed", "--json")) for _ in range(2))

    assert first["counts"] == again["counts"]
    assert ids(first["inquiries"], "missing") == ids(again["inquiries"], "missing")


def test_a_mail_moved_to_another_folder_is_neither_lost_nor_two(shop: Shop) -> None:
    arrives(shop, 1, 9)
    arrives(shop, 2, 8)
    before = run(shop.config, "missed", "--json", "--all")

    mails = shop.folder / "mail"
    (mails / "INBOX.mbox").rename(mails / "Archive.mbox")
    (mails / "INBOX.mbox").touch()
    after = run(shop.config, "missed", "--json", "--all")

    assert told(before)["counts"] == told(after)["counts"]
    assert told(after)["counts"]["arrived"] == 2
    assert after.code == 0


def test_a_mail_that_is_deleted_later_has_arrived_all_the_same(shop: Shop) -> None:
    arrives(shop, 1, 9)
    arrives(shop, 2, 8)
    run(shop.config, "missed")

    (shop.folder / "mail" / "INBOX.mbox").write_bytes(b"")

    assert run(shop.config, "missed").code == 0


def test_our_own_tests_are_no_inquiries(shop: Shop) -> None:
    arrives(shop, 1, 9)
    tag = "cwd" + "a" * 32
    shop.write(2, hours_ago(8), email=f"it+{tag}@example.test", message="A test")

    picture = told(run(shop.config, "missed", "--json", "--all"))

    assert [one["id"] for one in picture["inquiries"]] == ["1"]


def test_a_store_that_cannot_be_read_is_said(shop: Shop) -> None:
    arrives(shop, 1, 9)
    config = shop.config
    (shop.folder / "inquiries.csv").unlink()

    ended = run(config, "missed")

    assert ended.code == 3
    assert f"The store of “{CHECK}” cannot be read" in ended.talk
    assert "Nobody was missed" not in ended.out


def test_a_row_that_nobody_can_understand_is_said(shop: Shop) -> None:
    arrives(shop, 1, 9)
    shop.write(2, hours_ago(8), submitted_at="some day in May")

    ended = run(shop.config, "missed")

    assert ended.code == 3
    assert "not all in it can be understood" in ended.talk
    assert "line 3" in ended.talk
    assert "Nobody was missed" not in ended.out


def test_a_mailbox_that_cannot_be_read_is_said_and_proves_nothing(shop: Shop) -> None:
    arrives(shop, 1, 9)
    (shop.folder / "mail" / "INBOX.mbox").rename(shop.folder / "elsewhere")
    (shop.folder / "mail").rmdir()

    ended = run(shop.config, "missed", "--json", "--all")

    assert ended.code == 3
    assert "The mailbox of" in ended.talk
    [one] = told(ended)["inquiries"]
    assert (one["status"], one["case"]) == ("unverifiable", None)


def test_what_was_missing_stays_so_while_the_mailbox_cannot_be_read(
    shop: Shop,
) -> None:
    arrives(shop, 1, 9)
    shop.write(2, hours_ago(8))
    run(shop.config, "missed")
    (shop.folder / "mail").rename(shop.folder / "elsewhere")
    shop.deadline = "1s"
    written_at = hours_ago(0)
    shop.write(3, written_at)
    process.wait_until(lambda: hours_ago(0) > written_at + 2 * SECOND, "its deadline")

    ended = run(shop.config, "missed", "--json", "--all")

    statuses = {one["id"]: one["status"] for one in told(ended)["inquiries"]}
    assert statuses == {"1": "arrived", "2": "missing", "3": "unverifiable"}
    assert ended.code == 2


def test_a_check_without_a_store_is_told_what_to_do(shop: Shop) -> None:
    config = shop.config
    config.write_text(config.read_text().partition("[check.store]")[0])

    ended = run(config, "missed")

    assert ended.code == 3
    assert "[check.store]" in ended.talk


def test_a_stretch_of_time_can_be_asked_for(shop: Shop) -> None:
    arrives(shop, 1, 30 * 24)
    shop.write(2, hours_ago(29 * 24))
    arrives(shop, 3, 3 * 24)
    shop.write(4, hours_ago(2 * 24))
    arrives(shop, 5, 24)

    since = told(run(shop.config, "missed", "--json", "--since", "4d"))
    until = told(
        run(
            shop.config,
            *("missed", "--json", "--until", f"{hours_ago(20 * 24):%Y-%m-%d}"),
        )
    )
    whole = told(run(shop.config, "missed", CHECK, "--json"))

    assert ids(since["inquiries"], "missing") == {"4"}
    assert since["counts"]["arrived"] == 2
    assert ids(until["inquiries"], "missing") == {"2"}
    assert ids(whole["inquiries"], "missing") == {"2", "4"}
    bad = run(shop.config, "missed", "--since", "yesterday")
    assert (bad.code, bad.out) == (3, "")
