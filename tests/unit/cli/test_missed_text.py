"""What a person reads of the missed: the gravest first, and nothing made up."""

from dataclasses import replace
from typing import Any

import pytest

from tests.world.facts import NOON, RIVERSIDE, after
from tests.world.kept import finding, inquiry
from watchdog.account import Account
from watchdog.cli import missed_text
from watchdog.model import (
    Case,
    CaseId,
    CaseState,
    Certainty,
    CheckName,
    Health,
    InquiryId,
    Traced,
)
from watchdog.rules.window import Window
from watchdog.stages.inquiries import Unread


def traced(status: str, name: str = "Ada", **changes: Any) -> Traced:
    found = Traced(
        inquiry=inquiry(name, id=InquiryId(1), name=name),
        finding=finding(status, evidence={"because": ["It is so."]}),
    )
    return replace(found, **changes)


def account(*found: Traced, **changes: Any) -> Account:
    bare = Account(
        traced=found, window=Window(), unread=(), without_store=(), now=after(hours=2)
    )
    return replace(bare, **changes)


def case(state: CaseState) -> Case:
    return Case(id=CaseId(7), inquiry=InquiryId(1), state=state, opened_at=NOON)


UNREAD = Unread(checks=[RIVERSIDE], is_store=True, sentence="It is gone.")


@pytest.mark.parametrize(
    ("picture", "health"),
    [
        (account(), Health.OK),
        (account(traced("arrived"), traced("pending"), traced("spam")), Health.OK),
        (account(traced("late")), Health.WARNING),
        (account(traced("junked"), traced("arrived")), Health.WARNING),
        (account(traced("unverifiable"), traced("junked")), Health.UNKNOWN),
        (account(traced("arrived"), unread=[UNREAD]), Health.UNKNOWN),
        (account(traced("missing"), unread=[UNREAD]), Health.CRITICAL),
        (account(traced("missing", case=case(CaseState.CONTACTED))), Health.CRITICAL),
        (account(traced("missing", case=case(CaseState.DISMISSED))), Health.OK),
        (account(without_store=[RIVERSIDE]), Health.UNKNOWN),
        (account(traced("arrived"), without_store=[RIVERSIDE]), Health.OK),
    ],
)
def test_the_exit_code_tells_the_worst(picture: Account, health: Health) -> None:
    assert picture.health is health


def test_the_surest_stand_first_and_the_possibly_real_apart() -> None:
    likely = replace(finding(), certainty=Certainty.LIKELY)
    text = missed_text.as_text(
        account(
            traced("spam", "Spam"),
            traced("missing", "Likely", finding=likely),
            traced("missing", "Certain", case=case(CaseState.OPEN)),
            traced("arrived", "Arrived"),
        ),
        every=False,
    )

    places = [text.find(word) for word in ("Certain ·", "Likely ·", "Spam ·")]
    assert places == sorted(places)
    assert places[0] > 0
    assert "case 7, open" in text
    assert "possibly real (1)" in text
    assert "Arrived ·" not in text
    assert "It is so." in text


def test_with_all_everybody_is_told() -> None:
    every = missed_text.as_text(account(traced("arrived", "Bo")), every=True)

    assert "Bo ·" in every


def test_where_we_could_not_see_nobody_is_said_to_be_fine() -> None:
    picture = account(traced("arrived"), unread=[UNREAD])

    text = missed_text.as_text(picture, every=False)

    assert "Nobody was missed" not in text
    assert "could not see" in text
    assert [*missed_text.troubles(picture)] == [
        f"The store of “{RIVERSIDE}” cannot be read: It is gone."
    ]


def test_a_check_without_a_store_is_told_what_to_do() -> None:
    [sentence] = missed_text.troubles(account(without_store=[CheckName("a\x1b[2Jb")]))

    assert "[check.store]" in sentence
    assert "\x1b" not in sentence


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (Window(), []),
        (
            Window(proven_from=NOON),
            ["nothing has arrived", "nothing that arrived before"],
        ),
        (
            Window(
                proven_from=NOON,
                proven_to=after(hours=1),
                possible_from=after(hours=-1),
                possible_to=after(hours=1),
            ),
            ["for certain", "Perhaps since"],
        ),
    ],
)
def test_the_window_says_what_is_proven_and_what_is_possible(
    window: Window, words: list[str]
) -> None:
    lines = " ".join(missed_text.window_lines(window))

    assert bool(lines) is bool(words)
    assert all(word in lines for word in words)


def test_a_long_list_says_how_many_more_there_are() -> None:
    many = [traced("missing") for _ in range(missed_text.MOST_LISTED + 5)]

    text = missed_text.as_text(account(*many), every=False)

    assert "5 more" in text


def test_of_an_empty_store_nothing_is_promised() -> None:
    first, *_ = missed_text.summary(account())

    assert first.startswith("No inquiry of that time is in the store")
