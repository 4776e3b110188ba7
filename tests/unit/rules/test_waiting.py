"""What the owner is reminded of while somebody waits."""

from zoneinfo import ZoneInfo

from tests.world.cases import missed
from tests.world.facts import after
from watchdog.config.catalogue import catalogue
from watchdog.model import CaseState
from watchdog.rules.catalogue import ENGLISH
from watchdog.rules.waiting import MOST_NAMED, waiting, words

ZONE = ZoneInfo("UTC")


def test_only_those_who_wait_are_told_the_longest_first() -> None:
    old, fresh = missed(2, submitted_at=after(hours=-5)), missed(3)
    over = [missed(4, state=state) for state in CaseState if state != "open"]

    assert waiting([fresh, *over, old]) == [old, fresh]


def test_a_mail_names_them_and_a_text_message_does_not() -> None:
    cases = [missed(), missed(2, name="Bob\r\nBcc: x", phone="030 123456")]

    told = words(cases, is_named=True, zone=ZONE, now=after(hours=2))

    assert told.subject == "2 people wait for your answer."
    assert "- Anna Probe, anna@example.org (2026-11-22 12:00 UTC)" in told.text
    assert "- Bob Bcc: x, anna@example.org, 030 123456" in told.text
    assert told.short == (
        "2 people wait for your answer. Since 2026-11-22 12:00 UTC, for 2 h."
    )
    unnamed = words(cases, is_named=False, zone=ZONE, now=after(hours=2))
    assert "Anna" not in f"{unnamed.text}{unnamed.html}{unnamed.short}"


def test_of_many_it_tells_the_number() -> None:
    cases = [missed(number) for number in range(MOST_NAMED + 2)]

    assert "- and 2 more" in words(cases, is_named=True, zone=ZONE, now=after()).text


def test_what_they_filled_in_is_escaped() -> None:
    evil = missed(name="<script>alert(1)</script>")

    assert "<script" not in words([evil], is_named=True, zone=ZONE, now=after()).html


def test_it_is_told_in_german_too() -> None:
    texts = catalogue("de")

    told = words([missed()], is_named=True, zone=ZONE, now=after(hours=2), texts=texts)
    english = words([missed()], is_named=True, zone=ZONE, now=after(), texts=ENGLISH)

    assert told.subject == "1 Person wartet auf Ihre Antwort."
    assert english.subject == "1 person waits for your answer."
