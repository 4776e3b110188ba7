"""`incidents`, `ack`, `silence` and `status`: how things stand, for all to read."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.world import command
from tests.world.facts import answered, submission, verdict
from watchdog.ledger import open_ledger
from watchdog.model import CheckName, Health, Incident, IncidentKind, Outcome, Presence

NAME = CheckName("Contact form")
CONFIG = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "it@example.test"

[mailbox.box]
kind = "maildir"
path = "box"

[[check]]
name = "Contact form"
mailbox = "box"
form.url = "http://127.0.0.1:9/contact"
"""
HOUR = timedelta(hours=1)
IMAGE = b"\xff\xd8\xff an image"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give a ledger in which a daemon died three hours ago, with an incident open."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    asyncio.run(_fill(tmp_path))
    return path


async def _fill(folder: Path) -> None:
    now = datetime.now(UTC)
    async with open_ledger(f"sqlite:///{folder}/watchdog.db") as ledger:
        await ledger.record_incident(
            Incident(
                kind=IncidentKind.LOSS,
                shared="site:shop",
                checks=frozenset({NAME}),
                outcome=Outcome.MISSING,
                health=Health.CRITICAL,
                opened_at=now - 4 * HOUR,
                window_from=None,
            )
        )
        await ledger.record_presence(
            Presence(daemon="shop:1", started_at=now - 9 * HOUR, seen_at=now - 3 * HOUR)
        )


def test_status_tells_of_the_incident_and_that_nobody_watches(config: Path) -> None:
    text = command.run(config, "status")
    data = command.run(config, "status", "--json")

    assert "The daemon is not running: last seen 3 h ago." in text.out
    assert "Incident 1: Contact form: missing since" in text.out
    assert "\x1b" not in text.out
    assert text.code == data.code == 2
    told = json.loads(data.out)
    assert told["daemon"]["is_running"] is False
    assert told["checks"][0]["last_24_hours"] == [None] * 48
    assert told["checks"][0]["last_delivered_at"] is None


def test_an_incident_is_acknowledged_once_by_its_number(config: Path) -> None:
    first = command.run(config, "ack", "1", "--by", "Ada")
    again = command.run(config, "ack", "1", "--by", "Bob")
    other = command.run(config, "ack", "7")
    shown = command.run(config, "incidents", "--json")

    assert first.code == again.code == 0
    assert "already by Ada" in again.talk
    assert other.code == 3
    (incident,) = json.loads(shown.out)
    assert incident["acknowledged_by"] == "Ada"
    assert shown.code == 2


async def _lose(folder: Path) -> None:
    """Let a browser have seen how a message of the incident was lost."""
    seen = {"browser": True, "console_errors": ["send is not\x1b defined"]}
    async with open_ledger(f"sqlite:///{folder}/watchdog.db") as ledger:
        await ledger.claim_beat(submission(check=NAME))
        await ledger.record_answer(answered(evidence=seen), IMAGE)
        await ledger.record_verdict(verdict(check=NAME, evidence=seen))


def test_one_incident_is_shown_with_what_the_browser_saw_of_it(
    config: Path, tmp_path: Path
) -> None:
    asyncio.run(_lose(tmp_path))
    file = tmp_path / "seen.jpg"

    text = command.run(config, "incidents", "1")
    data = command.run(config, "incidents", "1", "--json", "--screenshot", str(file))
    again = command.run(config, "incidents", "1", "--screenshot", str(file))

    assert "The page's own scripts failed: send is not  defined." in text.out
    assert "incidents 1 --screenshot FILE" in text.out
    assert text.code == data.code == 2
    (incident,) = json.loads(data.out)
    (trouble,) = incident["troubles"]
    assert trouble["evidence"]["console_errors"] == ["send is not\x1b defined"]
    assert file.read_bytes() == IMAGE
    assert file.stat().st_mode & 0o777 == 0o600
    assert again.code == 3
    assert "is there already" in again.talk


def test_an_incident_that_no_browser_saw_has_no_screenshot(
    config: Path, tmp_path: Path
) -> None:
    file = str(tmp_path / "seen.jpg")

    none = command.run(config, "incidents", "1", "--screenshot", file)
    unknown = command.run(config, "incidents", "7")
    which = command.run(config, "incidents", "--screenshot", file)

    assert "No screenshot of incident 1 is kept." in none.talk
    assert "There is no incident 7." in unknown.talk
    assert "needs the number" in which.talk
    assert none.code == unknown.code == which.code == 3


@pytest.mark.parametrize("words", [("ack",), ("silence", "--end")])
def test_a_number_that_nothing_can_have_is_refused(
    config: Path, words: tuple[str, ...]
) -> None:
    refused = command.run(config, *words, "99999999999999999999")

    assert refused.code == 3
    assert "2147483647" in refused.talk


def test_a_silence_is_planned_shown_and_ended(config: Path) -> None:
    made = command.run(config, "silence", "Contact*", "--for", "2h", "--words", "Move")
    shown = command.run(config, "silence", "--list", "--json")
    ended = command.run(config, "silence", "--end", "1")
    left = command.run(config, "silence", "--list")

    assert "Silence 1: Contact* from" in made.out
    (silence,) = json.loads(shown.out)
    length = datetime.fromisoformat(silence["until_at"]) - datetime.fromisoformat(
        silence["from_at"]
    )
    assert length == 2 * HOUR
    assert silence["words"] == "Move"
    assert ended.code == 0
    assert left.out == "No alarm is held back.\n"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        pytest.param((), "a silence has an end", id="no end"),
        pytest.param(("--cron", "0 2 * * SUN"), "how long", id="no length"),
        pytest.param(("--cron", "no", "--for", "1h"), "cron fields", id="no cron"),
        pytest.param(("--for", "soon"), "duration", id="no duration"),
    ],
)
def test_a_silence_without_sense_is_refused(
    config: Path, options: tuple[str, ...], complaint: str
) -> None:
    refused = command.run(config, "silence", "*", *options)

    assert refused.code == 3
    assert complaint in refused.talk
    assert refused.out == ""
