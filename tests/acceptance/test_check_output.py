"""`check` speaks to people, scripts and Nagios; and of what makes it unusable."""

import json
import re
from pathlib import Path

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.pages import Fault, Site

KEYS = [
    *("check", "outcome", "health", "submitted_at", "arrived_at", "latency_seconds"),
    *("folder", "stage", "cause", "advice", "evidence"),
]


@pytest.fixture
def config(site: Site, inbox: Inbox, tmp_path: Path) -> Path:
    """Watch a site that is well, and a page that is gone."""
    box = imap(inbox)
    return write_config(
        tmp_path,
        Watched(name="Well", url=site.url, mailbox=box),
        Watched(name="Gone", url=f"{site.url}-us", mailbox=box),
    )


def refused(ended: command.Ended) -> str:
    """Return the one sentence of a command that could not be done."""
    assert (ended.code, ended.out) == (3, "")
    (sentence,) = ended.talk.splitlines()
    return sentence


def test_scripts_get_every_key_of_every_check(config: Path) -> None:
    ended = command.check(config)

    assert (ended.code, ended.talk) == (2, "")
    rows = json.loads(ended.out)
    assert [list(row) for row in rows] == [KEYS, KEYS]
    well, gone = rows
    assert well["latency_seconds"] > 0
    assert well["arrived_at"] > well["submitted_at"]
    assert gone["latency_seconds"] is gone["arrived_at"] is gone["folder"] is None


def test_people_get_a_line_or_a_cause_and_what_to_do(config: Path) -> None:
    ended = command.run(config, "check")

    assert (ended.code, ended.talk) == (2, "")
    well, gone, *told = ended.out.splitlines()
    assert re.fullmatch(r"✓ Well: delivered to the inbox in [\d.]+ s", well)
    assert gone == "✗ Gone: refused"
    assert all(line.startswith("  ") for line in told)
    words = " ".join(" ".join(told).split())
    assert "404" in words
    assert "What to do: " in words


def test_a_terminal_without_our_signs_gets_others_like_them(
    config: Path, site: Site
) -> None:
    latin = {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}

    ended = command.run(config, "check", **latin)
    sent = command.run(config, "check", "--no-wait", "Well", **latin)

    assert (ended.code, ended.talk) == (2, "")
    assert "+ Well: delivered to the inbox" in ended.out
    assert "x Gone: refused" in ended.out
    assert sent.out == "... Well: sent, and not looked for yet\n"
    assert len(site.received) == 2


def test_scripts_get_exact_words_in_any_encoding(config: Path, site: Site) -> None:
    site.fault = Fault.INVALID

    ended = command.check(config, "Well", PYTHONIOENCODING="latin-1", LC_ALL="C")

    assert "“" in ended.rows["Well"]["cause"]


def test_nagios_gets_a_summary_figures_and_details(config: Path) -> None:
    ended = command.run(config, "check", "--output", "nagios")

    assert (ended.code, ended.talk) == (2, "")
    summary, details = ended.out.splitlines()
    figures = r"'Well'=[\d.]+s;20;20;0 'Gone'=U;20;20;0"
    assert re.fullmatch(rf"CONTACT FORM CRITICAL - Gone: refused \| {figures}", summary)
    assert "404" in details


def test_a_rehearsal_shows_the_fields_and_sends_nothing(
    config: Path, site: Site
) -> None:
    ended = command.run(config, "check", "--dry-run", "--json", "Well")

    assert (ended.code, ended.talk) == (0, "")
    ((row),) = json.loads(ended.out)
    assert (row["check"], row["problems"]) == ("Well", [])
    form = row["form"]
    assert form["url"] == site.url
    assert form["action"].endswith("/cgi-bin/contact")
    assert (form["method"], form["system"], form["how"]) == ("post", "form", "http")
    means = {field["name"]: field["means"] for field in form["fields"]}
    assert means == {
        "nonce": "hidden",
        "realname": "name",
        "email": "email",
        "phone": "phone",
        "comments": "message",
        "send": "submit",
    }
    assert all(field["value"] for field in form["fields"])
    assert site.received == []


def test_a_rehearsal_names_what_is_in_the_way(config: Path, site: Site) -> None:
    site.fault = Fault.CAPTCHA

    ended = command.run(config, "check", "--dry-run")

    assert (ended.code, ended.talk) == (2, "")
    assert "reCAPTCHA" in ended.out
    assert "404" in ended.out
    assert site.received == []


def test_without_waiting_nothing_is_claimed(config: Path, site: Site) -> None:
    ended = command.run(config, "check", "--no-wait", "Well")

    assert (ended.code, ended.talk) == (0, "")
    assert ended.out == "… Well: sent, and not looked for yet\n"
    assert len(site.received) == 1


def test_a_name_given_twice_is_checked_once(config: Path, site: Site) -> None:
    ended = command.check(config, "Well", "Well")

    assert (ended.code, list(ended.rows)) == (0, ["Well"])
    assert len(site.received) == 1


def test_a_name_that_no_check_has_is_answered_with_the_nearest(config: Path) -> None:
    said = refused(command.check(config, "Wel"))

    assert "no check `Wel`" in said
    assert "did you mean `Well`?" in said


def test_a_damaged_ledger_is_named(config: Path, site: Site) -> None:
    (config.parent / "watchdog.db").write_bytes(b"not a database" * 100)

    assert "watchdog.db is no SQLite database" in refused(command.check(config))
    assert site.received == []


def test_a_ledger_where_none_can_be_is_named(config: Path, site: Site) -> None:
    (config.parent / "watchdog.db").mkdir()

    assert "watchdog.db" in refused(command.check(config))
    assert site.received == []
