"""The text for a support desk has the facts, on lines of its own making."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.world.facts import NOON, after, submission, verdict
from watchdog.config.catalogue import catalogue
from watchdog.model import (
    Cause,
    Conclusion,
    Evidence,
    Experiment,
    Marker,
    Outcome,
    Sureness,
)
from watchdog.rules.diagnosis import (
    arrival,
    expiry,
    page,
    recipient,
    sender,
    site_mail,
)
from watchdog.rules.diagnosis.sentences import SEEN
from watchdog.rules.diagnosis.support import Sent, SupportCase, shortened, support_text

CONCLUDING = (arrival, expiry, page, recipient, sender, site_mail)
MARK = Marker("cwd" + "abcdefgh" * 4)
FULL = Conclusion(
    cause=Cause.MAILBOX,
    sureness=Sureness.PROVEN,
    words="The mailbox is full ({percent}).",
    values={"percent": "100%"},
    evidence={"room_used": 1.0},
)


def sent(evidence: Evidence, **changes: Any) -> Sent:
    told = verdict(MARK, evidence=evidence)
    return Sent(submission=submission(MARK), verdict=replace(told, **changes))


CASE = SupportCase(
    address="https://riverside.example/contact",
    recipient="office@riverside.example",
    visitor="it@agency.example",
    since=NOON,
    last_good_at=after(hours=-1),
    symptom="The message is in no folder.",
    conclusion=FULL,
    sent=[sent({"bounce_status": "5.2.2", "bounce_words": "Over quota"})],
)


def test_it_says_what_happens_since_when_and_what_is_asked() -> None:
    lines = support_text(CASE).splitlines()

    for line in (
        "Proven: The mailbox is full (100%).",
        "Since: 2026-11-22 12:00:00 UTC",
        "The last message that came well: 2026-11-22 11:00:00 UTC",
        "Room used: 1.0",
        "- 2026-11-22 12:00:00 UTC: missing.",
        "    DSN: 5.2.2",
        "    Bounce: Over quota",
    ):
        assert line in lines
    assert lines[-1].startswith("Please check the mailbox")


def test_what_others_said_makes_no_lines_of_its_own_and_no_whole_marker() -> None:
    hostile = f"no\r\nTo: all@shop.example\x1b[2J {MARK} " + "x" * 9_000
    case = replace(CASE, symptom=hostile, sent=[sent({"bounce_words": hostile})])

    text = support_text(case)

    assert not any(line.startswith("To:") for line in text.splitlines())
    assert f"Bounce: no To: all@shop.example [2J {shortened(MARK)}…" in text
    assert "\x1b" not in text
    assert len(text) < 4_000


def test_a_trial_says_in_what_it_differed() -> None:
    direct = replace(sent({}, outcome=Outcome.DELIVERED), experiment=Experiment.DIRECT)

    text = support_text(replace(CASE, sent=[direct]))

    assert "delivered. (Straight to the mailbox's mail host, past the form.)" in text


def test_without_a_cause_the_desk_is_asked_to_look() -> None:
    text = support_text(replace(CASE, conclusion=None, last_good_at=None))

    assert "Proven" not in text
    assert "came well" not in text
    assert "Please look for these messages in the log" in text


def test_it_is_written_in_the_owners_language() -> None:
    text = support_text(CASE, catalogue("de"))

    assert "Erwiesen: Das Postfach ist voll (100%)." in text
    assert "Bitte prüfen Sie das Postfach" in text
    assert "Belegter Platz: 1.0" in text
    assert "Unzustellbar: Over quota" in text


def test_all_that_a_cause_is_concluded_from_has_a_name() -> None:
    named = {name for module in CONCLUDING for name in concluded_from(module)}

    assert named == set(SEEN)


def concluded_from(module: ModuleType) -> Iterator[str]:
    """Yield the names of the evidence that a module hands to its conclusions."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        called = getattr(node, "func", None)
        if isinstance(called, ast.Name) and called.id in {"proven", "likely", "found"}:
            yield from (str(keyword.arg) for keyword in getattr(node, "keywords", []))
