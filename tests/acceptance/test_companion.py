"""The companion plugin on a real WordPress: signed tests pass, all is recorded."""

import time
from pathlib import Path

import pytest

from tests.world import command
from tests.world.companion import KEY, configured, recorded, write, write_elsewhere
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.wordpress import Sendmail, WordPress
from watchdog.companion.archive import archive


def test_a_signed_check_passes_where_an_unsigned_one_is_held_for_spam(
    companion_site: WordPress, inbox: Inbox, tmp_path: Path
) -> None:
    companion_site.guard()
    exempted = configured(tmp_path, companion_site, imap(inbox), waits="20s")
    (tmp_path / "plain").mkdir()
    watched = Watched(url=companion_site.feedback_url, mailbox=imap(inbox))
    plain = write_config(tmp_path / "plain", watched)

    held = command.check(plain)
    passed = command.check(exempted)

    assert held.rows["Contact form"]["outcome"] == "blocked"
    assert passed.rows["Contact form"]["outcome"] == "delivered"
    states = [
        (one["is_spam"], one["is_test"], one["mail"])
        for one in recorded(companion_site)
    ]
    assert states == [(True, False, "unknown"), (False, True, "sent")]


def test_no_puzzle_is_asked_of_a_signed_message(companion_site: WordPress) -> None:
    companion_site.ask_puzzle()

    statuses = [
        write_elsewhere(companion_site, is_signed=signs) for signs in (False, True)
    ]

    assert statuses == [403, 200]


def test_signed_tests_are_kept_out_of_the_forms_own_record_where_it_is_wanted(
    wordpress: WordPress, inbox: Inbox, tmp_path: Path
) -> None:
    plugin = tmp_path / "plugin.zip"
    plugin.write_bytes(archive(KEY, keep_tests_out=True, keep_days=90))
    wordpress.take_in(plugin)

    write(wordpress, message="Kept.")
    write(wordpress, message="Kept out.", is_signed=True)
    wordpress.delete_plugin()

    kept = (wordpress.folder / "flamingo").read_text().splitlines()
    assert "Kept." in kept
    assert "Kept out." not in kept
    assert len(inbox.settled_mail()) == 2


@pytest.mark.parametrize(
    ("sendmail", "answer", "state"),
    [
        (Sendmail.WORKING, "mail_sent", "sent"),
        (Sendmail.FAILING, "mail_failed", "failed"),
    ],
)
def test_what_people_write_is_recorded_whatever_becomes_of_its_mail(
    companion_site: WordPress, inbox: Inbox, sendmail: Sendmail, answer: str, state: str
) -> None:
    companion_site.mail_by(sendmail)

    assert write(companion_site, message="Schöne Grüße 🍋") == answer

    (one,) = recorded(companion_site)
    assert (one["system"], one["form"], one["mail"]) == ("cf7", "5", state)
    assert (one["mail_error"] != "") is (state == "failed")
    assert one["mail_to"] == [inbox.address]
    assert [each["value"] for each in one["fields"]] == [
        "Ada Visitor",
        "ada@visitor.example",
        "Schöne Grüße 🍋",
    ]


def test_whom_a_choice_stands_for_is_not_taken_for_the_visitor(
    companion_site: WordPress, inbox: Inbox
) -> None:
    write(companion_site, message="Hello.", more={"your-department": "Sales"})

    (one,) = recorded(companion_site)
    assert (one["mail"], one["mail_to"]) == ("sent", [inbox.address])


def test_a_message_that_is_never_mailed_is_told(companion_site: WordPress) -> None:
    companion_site.skip_mail()

    assert write(companion_site, message="Are you there?") == "mail_sent"

    assert [one["mail"] for one in recorded(companion_site)] == ["none"]


def test_a_form_that_no_hook_knows_is_recorded_by_its_mail(
    companion_site: WordPress,
) -> None:
    write_elsewhere(companion_site, is_signed=False)

    own = companion_site.database.execute(
        "SELECT MAX(form_id) FROM wordpress.wp_db7_forms"
    )
    assert (companion_site.folder / "kept").read_text() == own.strip()
    (one,) = recorded(companion_site)
    fields = {each["name"]: each["value"] for each in one["fields"]}
    assert (one["system"], one["mail"]) == ("mail", "sent")
    assert fields["email"] == "ada@visitor.example"
    assert "Rye bread?" in fields["message"]


def test_missed_lists_those_whose_mail_failed(
    companion_site: WordPress, inbox: Inbox, tmp_path: Path
) -> None:
    config = configured(tmp_path, companion_site, imap(inbox), waits="2s")
    command.run(config, "missed")  # from now on, the mailbox has been watched
    companion_site.mail_by(Sendmail.FAILING)
    write(companion_site, message="Do you have a room in May?")
    write(companion_site, message="An exempted test of delivery.", is_signed=True)
    time.sleep(2.1)  # the deadline

    ended = command.run(config, "missed")

    assert ended.code == 2, ended.talk
    assert "ada@visitor.example" in ended.out
    assert "Do you have a room in May?" in ended.out
    assert "its mail failed: Could not instantiate mail function." in ended.out
    assert "exempted test" not in ended.out
