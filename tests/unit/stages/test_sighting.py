"""What a letter's bytes prove of our message: only the site's own mail, an arrival."""

from datetime import UTC, datetime

import pytest

from probes.mail.mailbox import Letter, Role
from watchdog.rules import marker
from watchdog.rules.sighting import Sighting
from watchdog.stages.sighting import Seen, sightings

KEY = b"k" * 32
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = marker.make(KEY, at=NOON, salt=b"salty")
VISITOR = f"it+{MARK}@agency.example"


def kind_of(header: str, text: str = MARK) -> Sighting:
    return seen_in(header, text).kind


def seen_in(header: str, text: str = MARK) -> Seen:
    raw = f"{header}\nTo: office@cafe.example\nSubject: New\n\n{text}\n".encode()
    letter = Letter(
        folder="INBOX",
        role=Role.INBOX,
        validity=1,
        uid=1,
        arrived_at=NOON,
        size=len(raw),
        raw=raw,
    )
    (seen,) = sightings(letter, KEY)
    assert seen.marker == MARK
    return seen


@pytest.mark.parametrize(
    "header",
    [
        "From: web@cafe.example",
        f"From: web@cafe.example\nReply-To: {VISITOR}\nIn-Reply-To: <ticket-1@cafe>",
        f"From: web@cafe.example\nReply-To: {VISITOR}\nAuto-Submitted: auto-replied",
        f"From: web@cafe.example\nReply-To: {VISITOR}\nReturn-Path: <>",
        "From: web@cafe.example\nAuto-Submitted: auto-generated\nPrecedence: bulk",
    ],
)
def test_the_sites_own_mail_is_an_arrival(header: str) -> None:
    assert kind_of(header) is Sighting.ARRIVAL


def test_who_sent_it_is_kept_but_no_visitor_in_whose_name_the_site_writes() -> None:
    evidence = seen_in("From: web@cafe.example").evidence
    assert (evidence["from"], evidence["to"]) == (
        "web@cafe.example",
        "office@cafe.example",
    )
    evidence = seen_in(f"From: {VISITOR}").evidence
    assert "from" not in evidence
    assert evidence["from_visitor"] is True


def test_the_way_that_it_came_is_kept() -> None:
    evidence = seen_in(
        "Received: from web.example (web.example [203.0.113.9]) by mx.cafe.example;"
        " Sun, 22 Nov 2026 12:05:01 +0000\n"
        "Received: by web.example (Postfix, from userid 33);"
        " Sun, 22 Nov 2026 12:00:00 +0000\n"
        "X-PHP-Originating-Script: 33:mail.php\nFrom: web@cafe.example"
    ).evidence

    assert evidence["slowest_hop"] == "mx.cafe.example"
    assert evidence["slowest_seconds"] == 301
    assert evidence["sent_by"] == "web.example"
    assert evidence["sender_ip"] == "203.0.113.9"
    assert evidence["by_script"] is True


@pytest.mark.parametrize(
    "header",
    [
        "From: bob@cafe.example\nIn-Reply-To: <one@cafe.example>",
        "From: bob@cafe.example\nX-Autoreply: yes",
        "From: bob@cafe.example\nPrecedence: auto_reply",
        "From: Sistema <MAILER-DAEMON@cafe.example>",
        "From: it@cafe.example\nReturn-Path: <>",
    ],
)
def test_answers_and_notices_in_any_language_are_no_arrivals(header: str) -> None:
    assert kind_of(header, f"Rechazado.\n{MARK}") is Sighting.QUOTE


@pytest.mark.parametrize("field", ["Delivered-To", "X-Original-To", "Envelope-To"])
def test_what_was_brought_to_the_visitor_is_his_copy(field: str) -> None:
    header = f"{field}: {VISITOR}\nFrom: web@cafe.example\nReply-To: {VISITOR}"

    assert kind_of(header) is Sighting.COPY
