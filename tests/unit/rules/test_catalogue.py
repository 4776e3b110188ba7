"""Each language has all sentences of alarms, with the same things in their places."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from probes.channels.sms_text import ALPHABET, MOST_SEPTETS, fit, plain, septets
from tests.world.facts import NOON, RIVERSIDE, after, submission, verdict
from watchdog import entrance
from watchdog.config.catalogue import catalogue
from watchdog.config.common import Common
from watchdog.ledger import engine, errors, file, revision
from watchdog.model import (
    Alarm,
    ChannelName,
    Facts,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Leg,
    Outcome,
    Reason,
)
from watchdog.rules import (
    astray,
    cause,
    commonality,
    emergency,
    guard_cause,
    headline,
    mail_cause,
    replies,
    roll,
    sentences,
    trend,
    unread,
    waiting,
    warning,
    wording,
)
from watchdog.rules import catalogue as catalogues
from watchdog.rules.catalogue import ENGLISH
from watchdog.rules.cause import explain
from watchdog.rules.diagnosis import (
    arrival,
    expiry,
    page,
    recipient,
    sender,
    site_mail,
    support,
)
from watchdog.rules.diagnosis import sentences as of_causes
from watchdog.rules.wording import Known, drill, words

GERMAN = catalogue("de")
BERLIN = ZoneInfo("Europe/Berlin")
LANGUAGES = get_args(Common.model_fields["language"].annotation)
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH.language]
ALARM = Alarm(
    channel=ChannelName("owner"),
    step=0,
    reason=Reason.OPENED,
    created_at=NOON,
    due_at=NOON,
)
LOSS = Incident(
    id=IncidentId(7),
    kind=IncidentKind.LOSS,
    shared=RIVERSIDE,
    checks=frozenset({RIVERSIDE}),
    outcome=Outcome.MISSING,
    health=Health.CRITICAL,
    opened_at=NOON,
    window_from=after(hours=-1),
)


SPEAKING = (
    astray,
    catalogues,
    cause,
    commonality,
    emergency,
    guard_cause,
    headline,
    mail_cause,
    replies,
    roll,
    sentences,
    trend,
    unread,
    waiting,
    warning,
    wording,
)
"""The modules that hold sentences of alarms."""
CONCLUDING = (arrival, expiry, of_causes, page, recipient, sender, site_mail, support)
"""Those that say why messages are lost."""
FAILING = (engine, entrance, errors, file, revision)
"""Those that say what is wrong with the ledger; our people hear it in an alarm."""
TABLES = (cause, errors, guard_cause, mail_cause, of_causes, replies, sentences)
"""Those that keep some in tables, and say them by name."""


def literals(module: object) -> Iterator[str]:
    """Yield what a module says by name, or keeps in its tables to be said."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_saying(node.func):
            yield from strings(node.args[0])
    for node in tree.body if module in TABLES else []:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            for value in node.value.values:
                yield from strings(value)
        elif isinstance(node, ast.Assign):
            yield from strings(node.value)


def is_saying(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in {"LedgerError", "LedgerLost", "Said"}
    return isinstance(called, ast.Attribute) and called.attr == "say"


def strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


KEYS = {*Outcome}
KEYS |= {
    said for module in (*SPEAKING, *CONCLUDING, *FAILING) for said in literals(module)
}
KEYS -= {"{said}", "{called}"}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_missing_and_none_is_left_over(language: str) -> None:
    assert set(catalogue(language).sentences) == KEYS


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_translation_has_the_same_places(language: str) -> None:
    wrong = {
        english
        for english, said in catalogue(language).sentences.items()
        if places(english) != places(said)
    }

    assert wrong == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_signs_of_each_translation_fit_an_sms(language: str) -> None:
    for said in catalogue(language).sentences.values():
        assert ALPHABET.issuperset(plain(said))
        assert plain(said).count("?") == said.count("?"), "the sign of what is lacking"


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    assert replace(GERMAN, sentences={}).say("Since {moment}.", moment="noon") == (
        "Since noon."
    )


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=0.61), "0,61 Sek."),
        (timedelta(seconds=45), "45 Sek."),
        (timedelta(minutes=2), "2 Min."),
        (timedelta(hours=1, minutes=30), "1 Std. 30 Min."),
    ],
)
def test_lengths_are_written_as_germans_write_them(
    length: timedelta, said: str
) -> None:
    assert GERMAN.span(length) == said


def test_a_german_alarm_is_german_from_the_first_word_to_the_last() -> None:
    told = explain(Outcome.MISSING, Facts(submission=submission()), GERMAN)
    missing = verdict(leg=Leg.MAIL, cause=told.cause, advice=told.advice)

    said = words(
        ALARM,
        LOSS,
        Known(troubles={RIVERSIDE: missing}),
        now=after(hours=1, minutes=30),
        zone=BERLIN,
        texts=GERMAN,
    )

    assert said.subject == (
        "Nachrichten über „Riverside Studio contact form“ kommen nicht bei Ihnen an."
    )
    assert said.text == (
        "Nachrichten über „Riverside Studio contact form“ kommen nicht bei Ihnen an.\n"
        "\n"
        "Bemerkt: 22.11.2026 13:00 CET, Dauer 1 Std. 30 Min.\n"
        "\n"
        "Ungewiss: Die letzte richtig angekommene Nachricht wurde am 22.11.2026"
        " 12:00 CET gesendet; was seither geschrieben wurde, kann verloren sein.\n"
        "\n"
        "Wo: Zwischen Website und Postfach.\n"
        "\n"
        "Was wir sahen: Die Antwort des Formulars war unklar, und die Nachricht"
        " liegt nach 15 Min. in keinem Ordner des Postfachs: Sie ging zwischen"
        " Website und Postfach verloren.\n"
        "\n"
        "Was zu tun ist: Prüfen Sie, an welche Adresse das Formular sendet; bitten"
        " Sie dann Ihren Webhoster, diese Nachricht im Postausgang der Website zu"
        " suchen, und lassen Sie die Website über ein angemeldetes SMTP-Konto"
        " senden.\n"
        "\n"
        "Wenn Sie es wissen: „contact-watchdog ack 7“ beendet die Erinnerungen.\n"
    )
    assert '<html lang="de">' in said.html
    assert fit(said.short) == (
        'Nachrichten über "Riverside Studio contact form" kommen nicht bei Ihnen an.'
        " Seit 22.11.2026 13:00 CET. (#7)"
    )
    assert septets(fit(said.short)) <= MOST_SEPTETS


def test_a_warning_is_german_too() -> None:
    [sign] = warning.of_domain(
        "riverside.example",
        [RIVERSIDE],
        expires_at=after(days=9),
        now=NOON,
        texts=GERMAN,
    )

    assert sign.words == (
        "Die Registrierung von riverside.example läuft am 01.12.2026 ab, in 9 Tagen."
    )
    assert sign.advice.startswith("Verlängern Sie sie bei Ihrem Registrar, ")


def test_a_german_drill_says_that_all_is_well() -> None:
    assert drill(GERMAN).short == (
        "Das ist nur ein Probealarm: Es ist alles in Ordnung."
    )
