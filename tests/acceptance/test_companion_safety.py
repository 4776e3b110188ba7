"""The companion plugin tells strangers nothing, breaks nothing, and leaves nothing."""

import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world.companion import (
    KEY,
    SUBMISSIONS,
    ask,
    logged,
    recorded,
    root_of,
    signed,
    write,
)
from tests.world.mail_host import Inbox
from tests.world.wordpress import WordPress

A_TABLE = "wp_contact_watchdog_submissions"
FAILING = """<?php namespace ContactWatchdog;
function fields_of() { throw new \\Exception("Are you there?"); }
"""


def test_the_record_is_told_to_nobody_who_does_not_sign(
    companion_site: WordPress,
) -> None:
    url = f"{root_of(companion_site)}{SUBMISSIONS}"
    write(companion_site, message="For the owner's eyes.")
    once = signed(url)

    first, again = ask(url, once), ask(url, once)
    refused = [
        ask(url),
        ask(url, {"X-Contact-Watchdog": "v1 t=1 n=2 s=3"}),
        ask(url, signed(url, key=KEY[::-1])),
        ask(url, signed(url, method="POST")),
        ask(url, signed(f"{root_of(companion_site)}/contact/")),
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


def test_the_record_is_told_in_pieces(companion_site: WordPress) -> None:
    for number in range(3):
        write(companion_site, message=f"Message {number}")
    url = f"{root_of(companion_site)}{SUBMISSIONS}"

    first = ask(f"{url}&limit=2", signed(url)).told
    last = first["submissions"][-1]["id"]
    second = ask(f"{url}&limit=2&after={last}", signed(url)).told
    none = ask(f"{url}&since={int(time.time()) + 3600}", signed(url)).told

    assert (len(first["submissions"]), first["more"]) == (2, True)
    assert (len(second["submissions"]), second["more"]) == (1, False)
    assert none == {"submissions": [], "more": False}


def test_what_is_old_is_forgotten_each_day(companion_site: WordPress) -> None:
    write(companion_site, message="An old one.")
    companion_site.database.execute(
        f"UPDATE wordpress.{A_TABLE} SET submitted_at = submitted_at - INTERVAL 91 DAY"
    )
    write(companion_site, message="A new one.")

    companion_site.act("run", "contact_watchdog_daily")

    assert [one["fields"][-1]["value"] for one in recorded(companion_site)] == [
        "A new one."
    ]


def test_a_person_is_told_and_forgotten_by_wordpress_own_tools(
    companion_site: WordPress,
) -> None:
    write(companion_site, message="It was me.")

    other = companion_site.act("erase", "a@visitor.example")
    told = companion_site.act("export", "ada@visitor.example")
    gone = companion_site.act("erase", "ADA@visitor.example")

    assert '"items_removed":0' in other
    assert "It was me." in told
    assert '"items_removed":1' in gone
    assert recorded(companion_site) == []


def test_a_broken_record_does_not_break_the_form(
    companion_site: WordPress, inbox: Inbox
) -> None:
    companion_site.database.execute(f"DROP TABLE wordpress.{A_TABLE}")
    companion_site.database.execute("DROP TABLE wordpress.wp_contact_watchdog_nonces")
    url = f"{root_of(companion_site)}{SUBMISSIONS}"

    assert write(companion_site, message="Are you there?") == "mail_sent"
    assert write(companion_site, message="A test.", is_signed=True) == "mail_sent"
    assert len(inbox.settled_mail()) == 2
    assert ask(url, signed(url)).status == 403


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("<?php no php at all", "does not start: ParseError"),
        (
            FAILING,
            "Exception in fields.php:2",
        ),
    ],
    ids=["a part that is no PHP", "a part that fails"],
)
def test_a_broken_plugin_does_not_break_the_site(
    wordpress: WordPress, inbox: Inbox, companion_zip: Path, broken: str, words: str
) -> None:
    before = ask(wordpress.feedback_url).body
    wordpress.take_in(companion_zip)
    part = wordpress.plugin_folder / "includes/fields.php"
    part.write_text(broken)
    os.utime(part, (0, 0))  # PHP looks whether it is another than before

    status = write(wordpress, message="Are you there?")
    after = ask(wordpress.feedback_url).body
    wordpress.delete_plugin()

    assert (status, after) == ("mail_sent", before)
    assert len(inbox.settled_mail()) == 1
    assert words in "\n".join(logged(wordpress))
    assert "Are you there?" not in "\n".join(logged(wordpress))


def test_a_second_copy_of_the_plugin_breaks_nothing(
    companion_site: WordPress, companion_zip: Path
) -> None:
    with zipfile.ZipFile(companion_zip) as packed:
        packed.extractall(companion_site.folder / "second")
    copy = companion_site.folder / "second/contact-watchdog-companion"
    must_use = companion_site.folder / "content/mu-plugins/second.php"
    must_use.write_text(f"<?php require '{copy}/contact-watchdog-companion.php';")
    try:
        assert write(companion_site, message="Are you there?") == "mail_sent"
        assert len(recorded(companion_site)) == 1
    finally:
        must_use.unlink()


def test_visitors_see_the_same_pages(wordpress: WordPress, companion_zip: Path) -> None:
    before = ask(wordpress.feedback_url)
    wordpress.take_in(companion_zip)

    after = ask(wordpress.feedback_url)
    wordpress.delete_plugin()

    assert after.body == before.body


def test_deleting_the_plugin_leaves_nothing(
    wordpress: WordPress, companion_zip: Path
) -> None:
    wordpress.take_in(companion_zip)
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
