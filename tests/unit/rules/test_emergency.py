"""That the ledger fails is told soon, ever more rarely, and once when it is over."""

from dataclasses import replace
from datetime import timedelta

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.config.catalogue import catalogue
from watchdog.rules.catalogue import ENGLISH
from watchdog.rules.emergency import (
    CALM,
    CRY_AFTER,
    Emergency,
    all_clear,
    cry,
    is_due,
    is_over,
    noticed,
)

MINUTE = timedelta(minutes=1)
AT_NOON = Emergency(failing_since=NOON, failed_at=NOON)


def cries(minutes: int, *, patience: timedelta) -> list[int]:
    """Return after how many minutes people hear, if all is looked at each minute."""
    known, found = None, []
    for minute in range(minutes):
        now = after(minutes=minute)
        known = noticed(known, now=now)
        if is_due(known, now=now, patience=patience):
            found.append(minute)
            known = replace(known, cries=known.cries + 1, cried_at=now)
    return found


def test_people_hear_at_once_and_then_after_ever_longer_gaps() -> None:
    days = 3 * 24 * 60
    gaps = [0, 60, 180, 360, 720, 1440, 1440]
    moments = [sum(gaps[: count + 1]) for count in range(len(gaps))]

    assert cries(days, patience=timedelta()) == [at for at in moments if at < days]


def test_what_lasts_less_than_a_minute_makes_nobody_jump() -> None:
    assert cries(1, patience=CRY_AFTER) == []
    assert cries(2, patience=CRY_AFTER) == [1]


def test_a_clock_that_was_ahead_makes_nobody_wait() -> None:
    ahead = Emergency(
        failing_since=after(days=9),
        failed_at=after(days=9),
        cries=1,
        cried_at=after(days=9),
    )

    known = noticed(ahead, now=NOON)

    assert known.failing_since == NOON
    assert is_due(known, now=NOON, patience=MINUTE)
    assert is_over(ahead, now=NOON)


def test_it_works_again_when_it_has_worked_for_a_while() -> None:
    assert not is_over(AT_NOON, now=NOON + CALM - MINUTE)
    assert is_over(AT_NOON, now=NOON + CALM)


def test_each_form_is_named_in_the_language_of_alarms() -> None:
    german = catalogue("de")

    begun = cry("Der Datenträger ist voll.", [RIVERSIDE], german, is_kept=True)
    ended = all_clear(AT_NOON, [RIVERSIDE], german, now=after(hours=2))

    assert begun.subject == "Der Wächter Ihrer Kontaktformulare kann nicht arbeiten"
    assert begun.text == (
        "Derzeit überwacht niemand Ihre Kontaktformulare: Der Wächter kann nichts"
        " aufzeichnen.\n\n"
        "Der Datenträger ist voll.\n\n"
        "Bis das behoben ist, kann ein Formular Nachrichten verlieren, ohne dass ein"
        " Alarm kommt. Es geht um diese Formulare:\n"
        "- Riverside Studio contact form\n"
    )
    assert "konnte er es nicht: 2 Std." in ended.text


def test_whoever_cannot_remember_says_so() -> None:
    said = cry("The disk is full.", [RIVERSIDE], ENGLISH, is_kept=False)

    assert "more often than you need" in said.text
