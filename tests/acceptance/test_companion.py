"""The companion plugin on a real WordPress: signed tests pass, all is recorded."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world import command
from tests.world.companion import (
    KEY,
    SUBMISSIONS,
    ask,
    recorded,
    root_of,
    signed,
    write,
    write_elsewhere,
)
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.wordpress import Sendmail, WordPress

A_TABLE = "wp_contact_watchdog_submissions"


def configured(folder: Path, site: WordPress, mailbox: str, *, waits: str) -> Path:
    """Write a configuration whose check has the key, and the companion for a store."""
    watched = Watched(
        url=site.feedback_url, mailbox=mailbox, expected=waits, deadline=waits
    )
    config = write_config(folder, watched)
    key = folder / "key"
    key.touch(mode=0o600)
    key.write_text(KEY)
    with config.open("a") as file:
        file.write(
            f'\nform.exemption = {{ file = "{key}" }}\n'
            '[check.store]\nkind = "companion"\n'
        )
    return config


@pytest.fixture(scope="module")
def plugin(
    wordpress_server: WordPress, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Make the plugin by the command."""
    folder = tmp_path_factory.mktemp("companion")
    anywhere = f'kind = "maildir"\npath = "{folder}"'
    config = configured(folder, wordpress_server, anywhere, waits="1m")
    ended = command.run(config, "companion", "wordpress", "--output", "plugin.zip")
    assert ended.code == 0, ended.talk
    return folder / "plugin.zip"


@pytest.fixture
def site(wordpress: WordPress, plugin: Path) -> Iterator[WordPress]:
    """Let the site take the plugin in, for a while."""
    wordpress.take_in(plugin)
    yield wordpress
    wordpress.mend_form()
    wordpress.delete_plugin()
    assert "Companion" not in (wordpress.folder / "php.log").read_text()


def test_a_signed_check_passes_where_an_unsigned_one_is_held_for_spam(
    site: WordPress, inbox: Inbox, tmp_path: Path
) -> None:
    site.guard()
    exempted = configured(tmp_path, site, imap(inbox), waits="20s")
    (tmp_path / "plain").mkdir()
    watched = Watched(url=site.feedback_url, mailbox=imap(inbox))
    plain = write_config(tmp_path / "plain", watched)

    held = command.check(plain)
    passed = command.check(exempted)

    assert held.rows["Contact form"]["outcome"] == "blocked"
    assert passed.rows["Contact form"]["outcome"] == "delivered"
    states = [(one["is_spam"], one["is_test"], one["mail"]) for one in recorded(site)]
    assert states == [(True, False, "unknown"), (False, True, "sent")]


def test_no_puzzle_is_asked_of_a_signed_message(site: WordPress) -> None:
    site.ask_puzzle()

    statuses = [write_elsewhere(site, is_signed=signs) for signs in (False, True)]

    assert statuses == [403, 200]


@pytest.mark.parametrize(
    ("sendmail", "answer", "state"),
    [
        (Sendmail.WORKING, "mail_sent", "sent"),
        (Sendmail.FAILING, "mail_failed", "failed"),
    ],
)
def test_what_people_write_is_recorded_whatever_becomes_of_its_mail(
    site: WordPress, inbox: Inbox, sendmail: Sendmail, answer: str, state: str
) -> None:
    site.mail_by(sendmail)

    assert write(site, message="Schöne Grüße 🍋") == answer

    (one,) = recorded(site)
    assert (one["system"], one["form"], one["mail"]) == ("cf7", "5", state)
    assert (one["mail_error"] != "") is (state == "failed")
    assert one["mail_to"] == [inbox.address]
    assert [each["value"] for each in one["fields"]] == [
        "Ada Visitor",
        "ada@visitor.example",
        "Schöne Grüße 🍋",
    ]


def test_a_message_that_is_never_mailed_is_told(site: WordPress) -> None:
    site.skip_mail()

    assert write(site, message="Are you there?") == "mail_sent"

    assert [one["mail"] for one in recorded(site)] == ["none"]


def test_a_form_that_no_hook_knows_is_recorded_by_its_mail(site: WordPress) -> None:
    write_elsewhere(site, is_signed=False)

    own = site.database.execute("SELECT MAX(form_id) FROM wordpress.wp_db7_forms")
    assert (site.folder / "kept").read_text() == own.strip()
    (one,) = recorded(site)
    fields = {each["name"]: each["value"] for each in one["fields"]}
    assert (one["system"], one["mail"]) == ("mail", "sent")
    assert fields["email"] == "ada@visitor.example"
    assert "Rye bread?" in fields["message"]


def test_missed_lists_those_whose_mail_failed(
    site: WordPress, inbox: Inbox, tmp_path: Path
) -> None:
    config = configured(tmp_path, site, imap(inbox), waits="2s")
    command.run(config, "missed")  # from now on, the mailbox has been watched
    site.mail_by(Sendmail.FAILING)
    write(site, message="Do you have a room in May?")
    write(site, message="An exempted test of delivery.", is_signed=True)
    time.sleep(2.1)  # the deadline

    ended = command.run(config, "missed")

    assert ended.code == 2, ended.talk
    assert "ada@visitor.example" in ended.out
    assert "Do you have a room in May?" in ended.out
    assert "its mail failed: Could not instantiate mail function." in ended.out
    assert "exempted test" not in ended.out


def test_the_record_is_told_to_nobody_who_does_not_sign(site: WordPress) -> None:
    url = f"{root_of(site)}{SUBMISSIONS}"
    write(site, message="For the owner's eyes.")
    once = signed(url)

    first, again = ask(url, once), ask(url, once)
    refused = [
        ask(url),
        ask(url, {"X-Contact-Watchdog": "v1 t=1 n=2 s=3"}),
        ask(url, signed(url, key=KEY[::-1])),
        ask(url, signed(url, method="POST")),
        ask(url, signed(f"{root_of(site)}/contact/")),
        ask(url, signed("http://elsewhere.example/")),
        ask(url, signed(url, ago=timedelta(seconds=320))),
        ask(url, signed(url, ago=timedelta(seconds=-320))),
        again,
    ]

    assert "For the owner's eyes." in first.body
    assert first.headers["Cache-Control"] == "no-store, private"
    assert [one.status for one in refused] == [403] * len(refused)
    assert not any("owner" in one.body for one in refused)
    assert {one.headers["Cache-Control"] for one in refused} == {"no-store, private"}


def test_the_record_is_told_in_pieces(site: WordPress) -> None:
    for number in range(3):
        write(site, message=f"Message {number}")
    url = f"{root_of(site)}{SUBMISSIONS}"

    first = ask(f"{url}&limit=2", signed(url)).told
    last = first["submissions"][-1]["id"]
    second = ask(f"{url}&limit=2&after={last}", signed(url)).told
    none = ask(f"{url}&since={int(time.time()) + 3600}", signed(url)).told

    assert (len(first["submissions"]), first["more"]) == (2, True)
    assert (len(second["submissions"]), second["more"]) == (1, False)
    assert none == {"submissions": [], "more": False}


def test_what_is_old_is_forgotten_each_day(site: WordPress) -> None:
    write(site, message="An old one.")
    site.database.execute(
        f"UPDATE wordpress.{A_TABLE} SET submitted_at = submitted_at - INTERVAL 91 DAY"
    )
    write(site, message="A new one.")

    site.act("run", "contact_watchdog_daily")

    assert [one["fields"][-1]["value"] for one in recorded(site)] == ["A new one."]


def test_a_person_is_told_and_forgotten_by_wordpress_own_tools(
    site: WordPress,
) -> None:
    write(site, message="It was me.")

    other = site.act("erase", "a@visitor.example")
    told = site.act("export", "ada@visitor.example")
    gone = site.act("erase", "ADA@visitor.example")

    assert '"items_removed":0' in other
    assert "It was me." in told
    assert '"items_removed":1' in gone
    assert recorded(site) == []


def test_a_broken_record_does_not_break_the_form(site: WordPress, inbox: Inbox) -> None:
    site.database.execute(f"DROP TABLE wordpress.{A_TABLE}")
    site.database.execute("DROP TABLE wordpress.wp_contact_watchdog_nonces")
    url = f"{root_of(site)}{SUBMISSIONS}"

    assert write(site, message="Are you there?") == "mail_sent"
    assert write(site, message="A test.", is_signed=True) == "mail_sent"
    assert len(inbox.settled_mail()) == 2
    assert ask(url, signed(url)).status == 403


def test_visitors_see_the_same_pages(wordpress: WordPress, plugin: Path) -> None:
    before = ask(wordpress.feedback_url)
    wordpress.take_in(plugin)

    after = ask(wordpress.feedback_url)
    wordpress.delete_plugin()

    assert after.body == before.body


def test_deleting_the_plugin_leaves_nothing(wordpress: WordPress, plugin: Path) -> None:
    wordpress.take_in(plugin)
    write(wordpress, message="Forget me.")
    traces = (
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_name LIKE '%watchdog%'"
        " UNION SELECT option_name FROM wordpress.wp_options"
        " WHERE CONCAT(option_name, option_value) LIKE '%watchdog%'"
    )
    there = wordpress.database.execute(traces)

    wordpress.delete_plugin()

    assert "wp_contact_watchdog_submissions" in there
    assert "cron" in there
    assert wordpress.database.execute(traces) == ""
