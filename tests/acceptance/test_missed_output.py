"""What strangers wrote does no harm in any list of the missed, and lists can go."""

import csv
import io
import json
import sqlite3
import unicodedata
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.world.command import Ended, run
from tests.world.shop import Shop, hours_ago, message

MARKUP = '<script>alert(1)</script><img src="http://evil.example/x">'
TERMINAL = "\x1b[2J\x1b]0;owned\x07\u202egnp.exe\x9b31m"
FORMULA = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Open a shop to which somebody hostile wrote, whose message was lost."""
    shop = Shop.opened(tmp_path / "shop")
    at = hours_ago(9)
    shop.file(message(shop.write(1, at), at), at)
    shop.write(
        2,
        hours_ago(8),
        name=f"Mallory {MARKUP} {TERMINAL}",
        email="mallory@visitor.example\r\nBcc: all@visitor.example",
        phone="+49 30 1234567",
        message=f"{FORMULA}\n{MARKUP}\n{{{{ 7 * 7 }}}} {{% x %}}\n{TERMINAL} [red]",
    )
    return shop


def controls(text: str) -> set[str]:
    """Return the signs in a text that a terminal may obey."""
    return {
        sign
        for sign in text
        if unicodedata.category(sign) in {"Cc", "Cf"} and sign != "\n"
    }


class Tags(HTMLParser):
    """Collects the elements of a page, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one."""
        self.names.add(tag)
        self.loaded += [name for name, _ in attrs if name in {"src", "href", "style"}]


def test_a_terminal_obeys_nobody_and_no_line_is_too_wide(shop: Shop) -> None:
    ended = run(shop.config, "missed", "--all", COLUMNS="80")

    assert "Mallory" in ended.out
    assert controls(ended.out) == set()
    assert max(map(len, ended.out.splitlines())) <= 80
    assert ended.code == 2


def test_files_are_safe_and_for_the_owner_alone(shop: Shop) -> None:
    config = shop.config
    table, page = shop.folder / "list.csv", shop.folder / "list.html"

    ended = run(config, "missed", "--csv", str(table), "--html", str(page), "--json")

    assert {path.stat().st_mode & 0o777 for path in (table, page)} == {0o600}
    raw = table.read_bytes().decode()
    assert raw.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(raw.removeprefix("\ufeff")))
    assert row["message"].startswith(f"'{FORMULA}")
    assert row["phone"] == "'+49 30 1234567"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert (row["status"], row["case"]) == ("missing", "open")
    html = page.read_text()
    tags = Tags()
    tags.feed(html)
    assert not tags.names & {"script", "img", "iframe", "object", "link", "form", "a"}
    assert tags.loaded == []
    assert "{{ 7 * 7 }}" in html
    assert "alert(1)" in html
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert controls(html) == set()
    [one] = json.loads(ended.out)["inquiries"]
    assert one["message"].startswith(FORMULA)
    assert "\u202e" in one["message"]
    assert controls(ended.out) == set()


def test_a_file_that_cannot_be_written_is_told(shop: Shop) -> None:
    ended = run(shop.config, "missed", "--csv", str(shop.folder / "no" / "list.csv"))

    assert ended.code == 3
    assert "cannot be written" in ended.talk
    assert "Traceback" not in ended.talk


def contents(ledger: Path) -> list[bytes]:
    """Return what a ledger's file and its journal hold."""
    return [file.read_bytes() for file in ledger.parent.glob(f"{ledger.name}*")]


def purged(shop: Shop, *arguments: str) -> Ended:
    return run(shop.config, "purge", *arguments)


def test_a_person_is_purged_when_that_is_meant(shop: Shop) -> None:
    run(shop.config, "missed")

    asked = purged(shop, "--person", "BO@visitor.example")
    done = purged(shop, "--person", "BO@visitor.example", "--yes")
    by_phone = purged(shop, "--person", "0049 30 1234567", "--yes")
    again = purged(shop, "--person", "bo@visitor.example", "--yes")

    assert asked.code == 3
    assert "1 inquiry and 1 mail" in asked.talk
    assert "Nothing was deleted" in asked.talk
    assert done.code == by_phone.code == 0
    assert "Deleted." in by_phone.talk
    assert "0 inquiries and 0 mails" in again.talk
    left = json.loads(run(shop.config, "missed", "--all", "--json").out)
    assert left["inquiries"] == []


def test_what_is_old_is_purged(shop: Shop) -> None:
    run(shop.config, "missed")

    done = purged(shop, "--before", f"{hours_ago(8.5):%Y-%m-%dT%H:%M:%S%z}", "--yes")

    assert "1 inquiry and 1 mail" in done.talk
    left = json.loads(run(shop.config, "missed", "--all", "--json").out)
    assert [one["id"] for one in left["inquiries"]] == ["2"]


@pytest.mark.parametrize(
    "whom", [("--person", "bo@visitor.example"), ("--before", "1h")]
)
def test_who_comes_back_from_the_store_after_a_purge_is_not_taken_for_missing(
    shop: Shop, whom: tuple[str, str]
) -> None:
    run(shop.config, "missed")
    purged(shop, *whom, "--yes")

    (shop.folder / "inquiries.csv").rename(shop.folder / "moved.csv")
    config = shop.config
    config.write_text(config.read_text().replace("inquiries.csv", "moved.csv"))
    found = json.loads(run(config, "missed", "--all", "--json").out)["inquiries"]

    assert {one["id"]: one["status"] for one in found} == {
        "1": "arrived",
        "2": "missing",
    }


def test_a_person_with_only_a_number_is_purged_with_the_mail(shop: Shop) -> None:
    at = hours_ago(7)
    row = shop.write(3, at, email="", phone="030 7654321", name="Dora Fink")
    shop.file(message(row, at), at)
    run(shop.config, "missed")

    done = purged(shop, "--person", "+49 30 7654321", "--yes")

    assert "1 inquiry and 1 mail" in done.talk


def test_no_file_tells_of_a_purged_person_while_another_has_the_ledger_open(
    shop: Shop,
) -> None:
    run(shop.config, "missed")
    ledger = shop.config.with_name("watchdog.db")

    with closing(sqlite3.connect(ledger)) as other:
        assert other.execute("SELECT count(*) FROM inquiry").fetchall() == [(2,)]
        assert any(b"bo@visitor.example" in told for told in contents(ledger))
        purged(shop, "--person", "bo@visitor.example", "--yes")
        left = contents(ledger)

    assert not any(b"bo@visitor.example" in told for told in left)


def test_a_purge_that_says_not_whom_deletes_nothing(shop: Shop) -> None:
    assert purged(shop, "--yes").code == 3
    assert purged(shop, "--person", "nobody", "--yes").code == 3
    with_name = "Bo Ek <bo@visitor.example>"
    assert purged(shop, "--person", with_name, "--yes").code == 3
