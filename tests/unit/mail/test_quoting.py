"""A writer's own words, apart from those that he answers or forwards."""

import pytest

from probes.mail.quoting import split

ATTRIBUTIONS = [
    "On Sun, May 3, 2026 at 10:00 AM Anna Probe <anna@example.org> wrote:",
    "Am So., 3. Mai 2026 um 10:00 Uhr schrieb Anna Probe <anna@example.org>:",
    "Am 03.05.26 um 10:00 schrieb Anna Probe:",
    "Le dim. 3 mai 2026 à 10:00, Anna Probe <anna@example.org> a écrit :",
    "El dom, 3 may 2026 a las 10:00, Anna Probe (<anna@example.org>) escribió:",
    "Il giorno dom 3 mag 2026 alle ore 10:00 Anna <anna@example.org> ha scritto:",
    "Op zo 3 mei 2026 om 10:00 schreef Anna Probe <anna@example.org>:",
    "Op 3 mei 2026, om 10:00 heeft Anna Probe het volgende geschreven:",
    "Em dom., 3 de mai. de 2026 às 10:00, Anna <anna@example.org> escreveu:",
    "niedz., 3 maj 2026 o 10:00 Anna Probe <anna@example.org> napisał(a):",
    "W dniu 3.05.2026 o 10:00, Anna Probe pisze:",
    "On Sun, May 3, 2026 at 10:00 AM Anna Probe <anna@example.org>\nwrote:",
]

BANNERS = [
    "-----Original Message-----",
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "-----Ursprüngliche Nachricht-----",
    "Anfang der weitergeleiteten Nachricht:",
    "-----Message d'origine-----",
    "Début du message réexpédié :",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Mensagem original-----",
    "-----Wiadomość oryginalna-----",
    "________________________________\nFrom: Anna\nSent: Sunday, May 3, 2026 10:00",
    "________________________________\nVon: Anna\nGesendet: Sonntag, 3. Mai 2026",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_below_an_attribution_another_speaks(line: str) -> None:
    own, quoted = split(f"Yes, we have.\n\n{line}\n\nHave you rye?\n")

    assert own == "Yes, we have."
    assert quoted.endswith("Have you rye?")


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_below_marked_lines_the_writer_speaks_again(line: str) -> None:
    own, quoted = split(f"{line}\n> Have you rye?\n>> Hello\n\nYes, we have.")

    assert own == "Yes, we have."
    assert quoted.endswith("Have you rye?\nHello")


@pytest.mark.parametrize("line", BANNERS)
def test_below_a_banner_another_speaks(line: str) -> None:
    own, quoted = split(f"See below.\n\n{line}\nSubject: Rye\n\nHave you rye?")

    assert own == "See below."
    assert quoted.endswith("Have you rye?")


@pytest.mark.parametrize(
    "text",
    [
        "From: Anna anna@example.org\nSubject: Rye\n\nMessage Body:\nHave you rye?",
        "On 3 May my boss wrote:\nwe need 20 loaves",
        "On Friday we need rye.\nOn Monday we wrote: nothing",
        "Our offer\n----------\n20 loaves\n__________\nAnna",
        "-- \nAnna",
        "Le pain, 3 euros, a écrit",
    ],
)
def test_a_visitors_words_are_his_own(text: str) -> None:
    assert split(text) == (text, "")


def test_empty_stretches_are_one_empty_line() -> None:
    assert split("Name\n \n\t\n\n\nAnna") == ("Name\n\nAnna", "")
