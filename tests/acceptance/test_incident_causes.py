"""`incidents N` says why, and `--support` what a support desk needs to know."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.world import command
from tests.world.facts import NOON, answered, bounce, submission, verdict
from watchdog.ledger import open_ledger
from watchdog.model import (
    Cause,
    CheckName,
    Conclusion,
    Diagnosis,
    Experiment,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Outcome,
    Sureness,
    Trial,
)
from watchdog.rules import marker

NAME = CheckName("Contact form")
TRIAL = CheckName("Contact form\tdirect 1")
CONFIG = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "it@example.test"
language = "{language}"
[mailbox.box]
kind = "maildir"
path = "box"
[[check]]
name = "Contact form"
mailbox = "box"
form.url = "https://shop.example/contact"
"""
HOUR = timedelta(hours=1)
SAID = "550 5.1.1 <old@shop.example>: no such user\x1b[2J\r\nBcc: all@shop.example"
WRONG = Conclusion(
    cause=Cause.WRONG_RECIPIENT,
    sureness=Sureness.PROVEN,
    words="The form sends to an address that takes no mail{quoted}.",
    values={"quoted": ": “550 no such user”"},
    evidence={"words": SAID},
)


async def fill(folder: Path) -> str:
    """Let an incident be open, its cause found; return a marker of its messages."""
    now = datetime.now(UTC)
    async with open_ledger(f"sqlite:///{folder}/watchdog.db") as ledger:
        await ledger.record_incident(
            Incident(
                kind=IncidentKind.LOSS,
                shared="site:shop",
                checks=frozenset({NAME}),
                outcome=Outcome.BOUNCED,
                health=Health.CRITICAL,
                opened_at=now - 4 * HOUR,
                window_from=NOON - HOUR,
            )
        )
        key = await ledger.key()
        mark = marker.make(key, at=now, salt=bytes(marker.SALT_BYTES))
        returned = f"{SAID} visitor+{mark}@example.test"
        await ledger.claim_beat(submission(mark, check=NAME))
        await ledger.record_answer(answered(mark))
        await ledger.record_news(
            submission().mailbox, [], [], [bounce(mark, words=returned)]
        )
        evidence = {"bounce_status": "5.1.1", "bounce_words": returned}
        told = verdict(mark, check=NAME, outcome=Outcome.BOUNCED, evidence=evidence)
        await ledger.record_verdict(told)
        before = {"beat": NOON - 3 * HOUR, "submitted_at": NOON - 3 * HOUR}
        await ledger.claim_beat(submission("older", check=NAME, **before))
        await ledger.record_verdict(verdict("older", check=NAME))
        await ledger.claim_trial(
            Trial(
                incident=IncidentId(1),
                experiment=Experiment.DIRECT,
                check=NAME,
                name=TRIAL,
                claimed_at=now,
            )
        )
        await ledger.claim_beat(submission("trial", check=TRIAL))
        came = {"answer_words": "250 2.0.0 Ok: queued as 4bXyZ1"}
        its = verdict("trial", check=TRIAL, evidence=came)
        await ledger.record_verdict(replace(its, outcome=Outcome.DELIVERED))
        await ledger.record_diagnosis(
            Diagnosis(
                incident=IncidentId(1),
                check=NAME,
                outcome=Outcome.BOUNCED,
                conclusion=WRONG,
                diagnosed_at=now,
            )
        )
    return mark


def configured(folder: Path, language: str = "en") -> Path:
    path = folder / "config.toml"
    path.write_text(CONFIG.format(language=language))
    return path


def test_an_incident_says_why_it_is_and_what_to_do(tmp_path: Path) -> None:
    config = configured(tmp_path)
    asyncio.run(fill(tmp_path))

    text = command.run(config, "incidents", "1")
    data = command.run(config, "incidents", "1", "--json")

    told = " ".join(text.out.split())
    assert "Proven: The form sends to an address that takes no mail" in told
    assert "What to do: Look up in the form's settings" in told
    assert told.count("What to do:") == 1
    assert "\x1b" not in text.out
    (incident,) = json.loads(data.out)
    assert incident["cause_name"] == "wrong_recipient"
    diagnosis = incident["diagnosis"]
    assert diagnosis["cause_name"] == "wrong_recipient"
    assert diagnosis["sureness"] == "proven"
    assert diagnosis["evidence"]["words"] == SAID


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "Please tell us to which address the form's mail was sent"),
        ("de", "Bitte sagen Sie uns, an welche Adresse die Mail des Formulars"),
    ],
)
def test_a_support_desk_gets_the_facts_and_is_asked_for_what_helps(
    tmp_path: Path, language: str, wanted: str
) -> None:
    config = configured(tmp_path, language)
    mark = asyncio.run(fill(tmp_path))

    told = command.run(config, "incidents", "1", "--support")

    assert told.code == 0
    assert wanted in told.out
    for fact in (
        "https://shop.example/contact",
        "2026-11-22 12:00:00 UTC",
        "DSN: 5.1.1",
        "queued as 4bXyZ1",
        mark[:19],
    ):
        assert fact in told.out
    assert mark not in told.out
    assert "09:00:00 UTC" not in told.out, "from before the last that came well"
    assert "\x1b" not in told.out
    assert not any(line.startswith("Bcc:") for line in told.out.splitlines())


def test_there_is_no_text_without_a_message_that_shows_the_trouble(
    tmp_path: Path,
) -> None:
    config = configured(tmp_path)

    unknown = command.run(config, "incidents", "7", "--support")
    which = command.run(config, "incidents", "--support")

    assert unknown.code == which.code == 3
    assert "Nothing is kept of incident 7" in unknown.talk
    assert "needs the number" in which.talk
